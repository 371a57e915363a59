#pragma once
// One inbox: many producers, exactly one consumer, orders by value. Built on
// moodycamel::ConcurrentQueue with a token per producer and one for the consumer, bulk calls only.
// First-in-first-out per producer, no order between producers. It does not bound itself: an order
// in it holds a credit (credits.hpp), so the credits do. There is no empty(): with this queue it
// would only be eventually true, so the end of a run is found by counting (run_state.hpp).

#include <double11/core/order.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace double11::live {

class Inbox {
 public:
  /// For producers 0 to `producers`-1. Must outlive all senders and the receiver.
  explicit Inbox(std::uint32_t producers);
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Sends all orders. Each producer number is used by one thread at a time. Throws std::bad_alloc
  /// when memory is exhausted.
  void send(std::uint32_t producer, std::span<const Order> orders);

  /// Receives up to orders.size() orders; returns how many. One thread at a time.
  std::size_t receive(std::span<Order> orders);

  /// Roughly how many orders are inside; for reports only. Any thread.
  [[nodiscard]] std::size_t depth() const;

 private:
  struct Queue;
  std::unique_ptr<Queue> queue_;
};

}  // namespace double11::live
