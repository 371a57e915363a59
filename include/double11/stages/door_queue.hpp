#pragma once
// Orders that wait at the door until one more may be in flight: who is next, and who is turned away
// instead. A buyer does not wait for ever, and a queue that serves buyers who are gone makes the
// work of an overload useless; the disciplines differ in how they avoid that. One thread at a time;
// instants never go back.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/stages/codel.hpp>
#include <double11/stages/ring.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class DoorQueue {
 public:
  enum class Discipline : std::uint8_t {
    fifo,          ///< first come first served
    lifo,          ///< last come first served
    drop_expired,  ///< first come, without those whose buyers are gone
    codel,         ///< first come, without those who waited long while the queue stands
    /// Facebook's (Maurer, "Fail at Scale", ACM Queue, 2015): first come, and last come while the
    /// queue has not been empty for an interval. Who comes then may wait for the target, who comes
    /// before for the interval.
    adaptive_lifo,
  };

  struct Settings {
    Discipline discipline = Discipline::fifo;
    /// Most orders that wait, 0 or more.
    std::int64_t limit = 0;
    /// Of drop_expired: how long before its deadline an order is given up, 0 or more. Without it an
    /// overload serves those who are all but gone, and most of them are when it is done.
    Duration margin{0};
    /// Of codel and adaptive_lifo, above 0.
    Duration target{5'000'000};
    Duration interval{100'000'000};
  };

  explicit DoorQueue(const Settings& settings);

  /// False when the queue is full. The order comes back with `at` = `now` and `until` = when it is
  /// given up: at `deadline`, when its buyer leaves, or before.
  bool push(const Order& order, Instant deadline, Instant now);

  /// True with who is next in `order`. Those who are turned away on the way are added to `dropped`;
  /// it may be that nobody is left.
  bool next(Instant now, Order& order, std::vector<Order>& dropped);

  [[nodiscard]] std::size_t size() const { return queue_.size(); }
  /// Longest the queue ever was.
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  [[nodiscard]] bool is_overloaded(Instant now) const {
    return now - last_empty_ > settings_.interval;
  }
  Order pop(Instant now);
  [[nodiscard]] bool drops(const Order& order, Instant now);

  Settings settings_;
  Codel codel_;
  Ring<Order> queue_;
  Instant last_empty_{};
  std::size_t most_ = 0;
};

}  // namespace double11::stages
