#pragma once
// All arrivals of a sale, slice after slice.

#include <double11/traffic/arrivals.hpp>

#include <cstdint>
#include <vector>

namespace double11::traffic {

inline std::vector<Order> all_orders(const Arrivals& arrivals) {
  std::vector<Order> orders;
  ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  return orders;
}

}  // namespace double11::traffic
