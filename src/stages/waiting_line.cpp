#include <double11/stages/waiting_line.hpp>

#include <algorithm>

namespace double11::stages {
namespace {

// Takes entries out whose order is gone: those at the front, and all when they are the most.
template <typename Entry, typename Gone, typename Less>
void forget_gone(std::vector<Entry>& heap, std::size_t left, Gone gone, Less less) {
  if (heap.size() > 2 * left + 64) {
    std::erase_if(heap, gone);
    std::make_heap(heap.begin(), heap.end(), less);
  }
  while (!heap.empty() && gone(heap.front())) {
    std::pop_heap(heap.begin(), heap.end(), less);
    heap.pop_back();
  }
}

}  // namespace

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
  deadlines_.push_back({deadline, order.id, place, stamp_});
  std::push_heap(deadlines_.begin(), deadlines_.end(), later);
  if (next_ != Next::smallest_rank) return;
  ranks_.push_back({rank, place, stamp_});
  std::push_heap(ranks_.begin(), ranks_.end(), after);
}

std::uint32_t WaitingLine::next_place() const {
  if (next_ == Next::smallest_rank) return ranks_.front().place;
  return next_ == Next::last_come ? last_ : first_;
}

Order WaitingLine::pop_listed() {
  return take(next_place());
}

Order WaitingLine::pop_overdue() {
  return take(deadlines_.front().place);
}

Order WaitingLine::take(std::uint32_t place) {
  const Place links = places_[place];
  (links.before == kNone ? first_ : places_[links.before].after) = links.after;
  (links.after == kNone ? last_ : places_[links.after].before) = links.before;
  places_[place].stamp = 0;
  unused_.push_back(place);
  --size_;
  const auto gone = [this](const auto& entry) { return places_[entry.place].stamp != entry.stamp; };
  forget_gone(deadlines_, size_, gone, later);
  forget_gone(ranks_, size_, gone, after);
  return orders_[place];
}

}  // namespace double11::stages
