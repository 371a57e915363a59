#pragma once
// The exact order of the holds that end within one tick of the timing wheel.

#include <double11/core/order.hpp>
#include <double11/stages/hold_wheel.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

/// A hold that ends: events happen in the order of their instants, at the same instant in the order
/// of the orders' ids.
struct Due {
  std::int64_t at_ns;
  std::uint64_t id;
  const Order* order;

  bool operator<(const Due& other) const {
    return at_ns != other.at_ns ? at_ns < other.at_ns : id < other.id;
  }
};

/// How long a tick of the wheel is best, as a power of two in nanoseconds, where at most so many
/// holds end a second: long enough to hold several, short enough to put them in order in one go.
unsigned tick_bits_for(double holds_per_s);

/// How many of such ticks are best taken at once where holds are sparse.
stages::HoldWheel::Portion portion_for(Duration tick);

/// Replaces `due` by the holds in `taken` in their order; they end at order->at.
void put_in_order(std::span<const Order* const> taken, std::vector<Due>& due);

}  // namespace double11::virtual_time
