// Rules between the keys of the group `inventory`.
#include <double11/core/units.hpp>

#include <algorithm>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

constexpr Duration kLongestWait = std::chrono::hours(400 * 24);

}  // namespace

void check_inventory(const Scenario& scenario, const Complain& complain) {
  const Row& row = scenario.inventory.row;
  if (row.model == RowModel::none) return;
  // All orders in flight at one row, with all their lines.
  const Duration each =
      std::max(row.lock, row.lock_crowded) + row.update + row.commit + row.round_trip;
  const auto lines = static_cast<double>(largest_basket(scenario.traffic).lines);
  const double wait_ns = static_cast<double>(each.count()) * lines *
                         static_cast<double>(scenario.admission.in_flight_limit);
  if (wait_ns > static_cast<double>(kLongestWait.count())) {
    complain("inventory.row",
             fmt::format("an update takes up to {}; with {} orders in flight the last would wait "
                         "longer than 400d",
                         text_of_duration(each), text_of_count(scenario.admission.in_flight_limit)),
             {"inventory.row", "admission.in_flight_limit", "traffic.basket", "traffic.segments"});
  }
}

}  // namespace double11::scenario
