#pragma once
// The arrivals of a file of orders, slice by slice. Ids are what they would be for planned
// arrivals: the slice and the place in it; so a replay of a recording has the ids of the recorded
// run, and with them its draws.

#include <double11/core/order.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/scenario/order_row.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace double11::traffic {

class ReplayWalk {
 public:
  /// Of a scenario with traffic.replayed, which must outlive it.
  explicit ReplayWalk(const scenario::Scenario& scenario);

  /// Appends the arrivals of `slice` that come before the end of the traffic. One thread. Reads on
  /// from where it stands, or from the last mark before the slice. Stops the program when the file
  /// has been changed since it was checked.
  void make(std::uint64_t slice, std::vector<Order>& into);

 private:
  void seek(std::int64_t offset);
  void read_row();
  void take_basket(OrderId id, Order& order);

  const scenario::Scenario& scenario_;
  const scenario::Replay& replay_;
  scenario::OrderRowReader reader_;
  std::optional<scenario::OrderLines> lines_;  // none before the first slice
  scenario::OrderRow row_;                     // the next one, if any
  bool has_row_ = false;
  std::int64_t offset_ = 0;  // of that row
  std::uint64_t slice_ = 0;  // no row of a slice before this one is still to come
};

}  // namespace double11::traffic
