#pragma once
// A queue of orders in one ring that doubles when full and never shrinks, so a
// steady state allocates nothing. Bounded by its user. One thread at a time.

#include <double11/core/order.hpp>

#include <cstddef>
#include <vector>

namespace double11::stages {

class OrderQueue {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const Order& order) {
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_) & (ring_.size() - 1)] = order;
    ++size_;
  }

  /// The oldest order; the queue must not be empty.
  [[nodiscard]] const Order& front() const { return ring_[head_]; }

  /// The youngest order; the queue must not be empty.
  [[nodiscard]] const Order& back() const {
    return ring_[(head_ + size_ - 1) & (ring_.size() - 1)];
  }

  /// Takes the oldest order out; the queue must not be empty.
  Order pop() {
    const Order order = ring_[head_];
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
    return order;
  }

  /// Takes the youngest order out; the queue must not be empty.
  Order pop_last() {
    --size_;
    return ring_[(head_ + size_) & (ring_.size() - 1)];
  }

 private:
  void grow() {
    std::vector<Order> larger(ring_.empty() ? kBatch : ring_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) {
      larger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
    }
    ring_.swap(larger);
    head_ = 0;
  }

  std::vector<Order> ring_;  // size is zero or a power of two
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace double11::stages
