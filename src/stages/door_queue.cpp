#include <double11/stages/door_queue.hpp>

#include <algorithm>

namespace double11::stages {

DoorQueue::DoorQueue(const Settings& settings)
    : settings_(settings), codel_(settings.target, settings.interval) {}

bool DoorQueue::push(const Order& order, Instant deadline, Instant now) {
  if (queue_.size() >= static_cast<std::size_t>(settings_.limit)) return false;
  if (queue_.empty()) last_empty_ = now;
  Order waiting = order;
  waiting.at = now;
  waiting.until = deadline;
  if (settings_.discipline == Discipline::drop_expired) {
    waiting.until -= settings_.margin;
  } else if (settings_.discipline == Discipline::adaptive_lifo) {
    const Duration longest = is_overloaded(now) ? settings_.target : settings_.interval;
    waiting.until = std::min(deadline, now + longest);
  }
  queue_.push(waiting);
  most_ = std::max(most_, queue_.size());
  return true;
}

bool DoorQueue::next(Instant now, Order& order, std::vector<Order>& dropped) {
  bool found = false;
  while (!found && !queue_.empty()) {
    const Order first = pop(now);
    if (drops(first, now)) {
      dropped.push_back(first);
    } else {
      order = first;
      found = true;
    }
  }
  if (queue_.empty()) last_empty_ = now;
  return found;
}

Order DoorQueue::pop(Instant now) {
  switch (settings_.discipline) {
    case Discipline::lifo:
      return queue_.pop_last();
    case Discipline::adaptive_lifo:
      // Those at the old end are over: they need not wait until the overload is.
      if (queue_.front().until <= now) return queue_.pop();
      return is_overloaded(now) ? queue_.pop_last() : queue_.pop();
    default:
      return queue_.pop();
  }
}

bool DoorQueue::drops(const Order& order, Instant now) {
  switch (settings_.discipline) {
    case Discipline::drop_expired:
    case Discipline::adaptive_lifo:
      return order.until <= now;
    case Discipline::codel:
      return codel_.drops(now, now - order.at);
    default:
      return false;
  }
}

}  // namespace double11::stages
