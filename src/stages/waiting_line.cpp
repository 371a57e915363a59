#include <double11/core/prefetch.hpp>
#include <double11/stages/waiting_line.hpp>

#include <algorithm>

namespace double11::stages {
namespace {

// So many entries more than orders are not worth going through them.
constexpr std::size_t kSpare = 64;

// Deadlines that are fetched before their turn.
constexpr std::size_t kAhead = 8;

// Takes entries out whose order is gone: those at the front, and all when they are the most.
template <typename Entry, typename Gone, typename Less>
void forget_in_heap(std::vector<Entry>& heap, std::size_t left, Gone gone, Less less) {
  if (heap.size() > 2 * left + kSpare) {
    std::erase_if(heap, gone);
    std::make_heap(heap.begin(), heap.end(), less);
  }
  while (!heap.empty() && gone(heap.front())) {
    std::pop_heap(heap.begin(), heap.end(), less);
    heap.pop_back();
  }
}

}  // namespace

void WaitingLine::push_behind(const Order& order, Instant deadline) {
  if (queue_.size() > 2 * size_ + kSpare) close_gaps();
  if (size_ == 0) latest_ = {};
  queue_.push(order);
  ++size_;
  note_deadline({deadline, order.id, kNone, ++stamp_});
}

Order WaitingLine::pop_front() {
  const Order order = queue_.front();
  drop_front();
  return order;
}

void WaitingLine::drop_front() {
  do {
    queue_.drop();
    ++front_stamp_;
  } while (!queue_.empty() && is_gap(queue_.front()));
  --size_;
  forget_gone();
}

// An entry that is not gone says where.
Order WaitingLine::take_from_ring(std::uint64_t stamp) {
  if (stamp == front_stamp_) return pop_front();
  Order& place = queue_.at(stamp - front_stamp_);
  const Order order = place;
  place.step = Step::none;
  --size_;
  forget_gone();
  return order;
}

// With new stamps for all, and for their deadlines.
void WaitingLine::close_gaps() {
  std::vector<std::uint64_t> stamps;
  stamps.reserve(queue_.size());
  stamp_ = front_stamp_ - 1;
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    stamps.push_back(is_gap(queue_.at(i)) ? 0 : ++stamp_);
  }
  const auto stamp_now = [&](const Entry& entry) {
    return entry.stamp < front_stamp_ ? 0 : stamps[entry.stamp - front_stamp_];
  };
  for (std::size_t left = rising_.size(); left > 0; --left) {
    Entry entry = rising_.pop();
    entry.stamp = stamp_now(entry);
    if (entry.stamp != 0) rising_.push(entry);
  }
  std::erase_if(heap_, [&](Entry& entry) { return (entry.stamp = stamp_now(entry)) == 0; });
  std::make_heap(heap_.begin(), heap_.end(), later);
  for (std::size_t left = queue_.size(); left > 0; --left) {
    const Order order = queue_.pop();
    if (!is_gap(order)) queue_.push(order);
  }
}

void WaitingLine::push_listed(const Order& order, Instant deadline, std::uint32_t rank) {
  if (unused_.empty()) {
    unused_.push_back(static_cast<std::uint32_t>(orders_.size()));
    orders_.emplace_back();
    places_.emplace_back();
  }
  const std::uint32_t place = unused_.back();
  unused_.pop_back();
  orders_[place] = order;
  places_[place] = {last_, kNone, ++stamp_};
  (last_ == kNone ? first_ : places_[last_].after) = place;
  last_ = place;
  ++size_;
  note_deadline({deadline, order.id, place, stamp_});
  if (next_ != Next::smallest_rank) return;
  ranks_.push_back({rank, place, stamp_});
  std::push_heap(ranks_.begin(), ranks_.end(), after);
}

void WaitingLine::note_deadline(const Entry& entry) {
  if (lists_few_) {
    if (!later({latest_.at, latest_.id, kNone, 0}, entry)) {
      latest_ = {entry.at, entry.id};
    } else {
      heap_.push_back(entry);
      std::push_heap(heap_.begin(), heap_.end(), later);
    }
    return;
  }
  if (rising_.empty() || !later(rising_.back(), entry)) {
    rising_.push(entry);
  } else {
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
}

void WaitingLine::forget_gone() {
  // Of few listed ones the first is gone only when the front of the ring has passed it, or from a
  // gap; the others can wait.
  if (lists_few_ && (heap_.empty() || !is_gone(heap_.front()))) return;
  const auto gone = [this](const auto& entry) { return is_gone(entry); };
  if (rising_.size() > 2 * size_ + kSpare) {
    for (std::size_t left = rising_.size(); left > 0; --left) {
      const Entry entry = rising_.pop();
      if (!gone(entry)) rising_.push(entry);
    }
  }
  while (!rising_.empty() && gone(rising_.front())) rising_.pop();
  if (!rising_.empty()) rising_.prefetch(kAhead);
  forget_in_heap(heap_, size_, gone, later);
  forget_in_heap(ranks_, size_, gone, after);
}

std::uint32_t WaitingLine::next_place() const {
  if (next_ == Next::smallest_rank) return ranks_.front().place;
  return next_ == Next::last_come ? last_ : first_;
}

// A line of millions is in no cache.
void WaitingLine::prefetch_next() const {
  if (size_ < 2 || next_ == Next::smallest_rank) return;
  const bool from_back = next_ == Next::last_come;
  const Place& next = places_[from_back ? last_ : first_];
  const std::uint32_t after_next = from_back ? next.before : next.after;
  prefetch_to_write(&places_[after_next]);
  prefetch_to_read(&orders_[after_next]);
}

Order WaitingLine::pop_listed() {
  return take(next_place());
}

Order WaitingLine::pop_overdue() {
  if (lists_few_ && (heap_.empty() || is_front_first())) return pop_front();
  const Entry& first = first_entry();
  return has_gaps_ ? take_from_ring(first.stamp) : take(first.place);
}

Order WaitingLine::take(std::uint32_t place) {
  const Place links = places_[place];
  (links.before == kNone ? first_ : places_[links.before].after) = links.after;
  (links.after == kNone ? last_ : places_[links.after].before) = links.before;
  places_[place].stamp = 0;
  unused_.push_back(place);
  --size_;
  forget_gone();
  prefetch_next();
  return orders_[place];
}

}  // namespace double11::stages
