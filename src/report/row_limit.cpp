#include "report/row_limit.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/demand.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/suggestion.hpp"

namespace double11::report {

namespace {

// Lines are not counted. Of orders from outside the units are, which are at least as many.
double lines_per_order(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  if (!is_from_outside(scenario.traffic)) return scenario::lines_per_order(scenario.traffic);
  const measure::ReservationCounts& counts = record.reservations;
  return ratio(static_cast<double>(counts.units_granted), static_cast<double>(counts.granted));
}

}  // namespace

double row_limit(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  const scenario::Row& row = scenario.inventory.row;
  if (row.model == scenario::RowModel::none) return 0;
  const double updates_per_order = lines_per_order(scenario, record) * record.books.top_share(1);
  const std::int64_t together = row.model == scenario::RowModel::group
                                    ? std::min(row.group_most, scenario.admission.in_flight_limit)
                                    : 1;
  const Duration group =
      (row.crowd > 0 ? row.lock_crowded : row.lock) + row.commit + row.update * together;
  if (updates_per_order <= 0 || group.count() == 0) return 0;
  return static_cast<double>(together) / seconds_of(group) / updates_per_order;
}

std::string row_reason(const measure::RunRecord& record, const StageLimit& limit,
                       double needed_per_s) {
  return fmt::format("the row of the hottest SKU ({:.3g}% of the units) carries {}, needed {}",
                     record.books.top_share(1) * 100, short_rate(limit.modelled_per_s),
                     short_rate(needed_per_s));
}

std::string row_setting(const scenario::Scenario& scenario) {
  const scenario::Row& row = scenario.inventory.row;
  if (row.model != scenario::RowModel::group) return "inventory.row.model=group";
  return row.update.count() > 0 ? halved("inventory.row.update", row.update)
                                : halved("inventory.row.commit", row.commit);
}

}  // namespace double11::report
