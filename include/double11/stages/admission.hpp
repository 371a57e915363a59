#pragma once
// Admission: an arrival needs a credit (permission to be in flight). Without one it waits, first
// come first served, in a bounded queue; when that is full it is shed. One shard per worker; one
// thread at a time. Reads no clock.

#include <double11/core/order.hpp>
#include <double11/stages/ring.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::stages {

class Admission {
 public:
  /// 0 or more arrivals may wait here.
  explicit Admission(std::int64_t queue_limit)
      : queue_limit_(static_cast<std::size_t>(queue_limit)) {}

  /// An arrival that found no credit: true when it may wait, false when it is shed.
  bool wait(const Order& order) {
    if (queue_.size() >= queue_limit_) return false;
    queue_.push(order);
    queue_most_ = std::max(queue_most_, queue_.size());
    return true;
  }

  /// Moves the oldest waiting arrivals to `admitted`, one credit each; returns how many.
  std::size_t admit_waiting(std::span<Order> admitted) {
    const std::size_t count = std::min(queue_.size(), admitted.size());
    for (Order& order : admitted.first(count)) order = queue_.pop();
    return count;
  }

  [[nodiscard]] std::size_t waiting() const { return queue_.size(); }
  /// Longest the queue ever was.
  [[nodiscard]] std::size_t queue_most() const { return queue_most_; }

 private:
  std::size_t queue_limit_;
  std::size_t queue_most_ = 0;
  Ring<Order> queue_;
};

}  // namespace double11::stages
