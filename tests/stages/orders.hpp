#pragma once
// Orders made by hand, for tests of stages.

#include <double11/core/order.hpp>

#include <cstdint>
#include <initializer_list>

namespace double11::stages {

struct Line {
  std::uint32_t sku;
  std::uint8_t quantity = 1;
};

/// An order with this id, these lines and everything else zero.
inline Order order_of(std::uint64_t id, std::initializer_list<Line> lines = {{0, 1}}) {
  Order order;
  order.id = OrderId(id);
  for (const Line& line : lines) {
    order.sku[order.lines] = SkuId{line.sku};
    order.quantity[order.lines] = line.quantity;
    ++order.lines;
  }
  return order;
}

/// `count` nanoseconds after the start of the scenario.
inline Instant at_ns(std::int64_t count) {
  return Instant(Duration(count));
}

}  // namespace double11::stages
