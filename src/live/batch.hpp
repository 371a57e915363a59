#pragma once
// Orders that travel together.

#include <double11/core/order.hpp>

#include <array>
#include <cstddef>
#include <span>

namespace double11::live {

class Batch {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] bool full() const { return size_ == kBatch; }
  void push(const Order& order) { orders_[size_++] = order; }
  [[nodiscard]] std::span<Order> orders() { return {orders_.data(), size_}; }
  void clear() { size_ = 0; }
  /// The whole storage, for a bulk read that replaces the contents.
  [[nodiscard]] std::span<Order, kBatch> room() { return orders_; }

 private:
  std::array<Order, kBatch> orders_;
  std::size_t size_ = 0;
};

}  // namespace double11::live
