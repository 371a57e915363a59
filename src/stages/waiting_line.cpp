#include <double11/stages/waiting_line.hpp>

#include <algorithm>

namespace double11::stages {

void WaitingLine::push_impatient(const Order& order, Instant deadline) {
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
  heap_.push_back({deadline, order.id, place, stamp_});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

Order WaitingLine::pop_impatient() {
  const Order order = take(lifo_ ? last_ : first_);
  forget_served();
  return order;
}

Order WaitingLine::pop_overdue() {
  const Order order = take(heap_.front().place);
  forget_served();
  return order;
}

Order WaitingLine::take(std::uint32_t place) {
  const Place links = places_[place];
  (links.before == kNone ? first_ : places_[links.before].after) = links.after;
  (links.after == kNone ? last_ : places_[links.after].before) = links.before;
  places_[place].stamp = 0;
  unused_.push_back(place);
  --size_;
  return orders_[place];
}

// The front of the heap is somebody who waits; and no more than half of it is not.
void WaitingLine::forget_served() {
  const auto is_served = [this](const Entry& entry) {
    return places_[entry.place].stamp != entry.stamp;
  };
  if (heap_.size() > 2 * size_ + 64) {
    std::erase_if(heap_, is_served);
    std::make_heap(heap_.begin(), heap_.end(), later);
  }
  while (!heap_.empty() && is_served(heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
  }
}

}  // namespace double11::stages
