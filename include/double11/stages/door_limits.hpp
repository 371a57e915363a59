#pragma once
// What the door remembers to turn clicks away without a queue: clicks and units by buyer, and what
// is sold out. One thread at a time.

#include <double11/core/id_table.hpp>
#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class DoorLimits {
 public:
  explicit DoorLimits(const scenario::Scenario& scenario);

  /// Counts a click of the buyer in the window of `now`; false when there were too many.
  bool count_click(const Order& order, Instant now);

  /// Counts the units of the order for its buyer; false, and none counted, when that would be too
  /// many.
  bool take_units(const Order& order);
  /// The units of an order that was not dispatched.
  void return_units(const Order& order);

  /// Whether a line asks for what the last buyer of as many units did not get.
  [[nodiscard]] bool is_sold_out(const Order& order) const;
  /// What an order that reached the shelves and ended so at order.at tells about them. Of baskets
  /// with several lines nobody knows which one there was too little of.
  void learn(const Order& order, Outcome outcome);

 private:
  struct Clicks {
    std::int64_t count = 0;
  };
  struct Shelf {
    Instant returned_at;            // units last went back
    std::uint8_t refused_from = 0;  // so many units were refused since; 0: none
  };

  std::int64_t clicks_most_;
  Duration window_;
  std::int64_t present_window_ = -1;
  IdTable<Clicks> clicks_;  // by buyer, of the present window
  std::int64_t units_most_;
  IdTable<std::int64_t> units_;  // by buyer
  std::vector<Shelf> shelves_;   // by SKU; empty without the short cut
};

}  // namespace double11::stages
