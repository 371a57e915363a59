#include "report/parcel_limits.hpp"

#include <double11/core/outcome.hpp>
#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "report/suggestion.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// Something that held parcels up, and how many of them.
struct HeldUp {
  double parcels;
  std::string reason;
  std::string setting;
};

std::string count_of(double parcels) {
  return grouped(std::llround(parcels));
}

// Parcels per second that the shifts of a warehouse pick, over a day.
double shifts_pick_per_s(const scenario::Warehouse& warehouse, const Scenario& scenario) {
  constexpr Duration kDay = std::chrono::hours(24);
  double parcels = 0;
  for (const scenario::Shift& shift : scenario.logistics.shifts) {
    if (!shift.warehouse.empty() && shift.warehouse != warehouse.name) continue;
    const Duration lasts =
        shift.to > shift.from ? shift.to - shift.from : shift.to - shift.from + kDay;
    parcels +=
        seconds_of(lasts) * (static_cast<double>(shift.people.posts) * shift.people.rate_per_s +
                             static_cast<double>(shift.robots.posts) * shift.robots.rate_per_s);
  }
  return parcels / seconds_of(kDay);
}

// More hands in the first shift of the warehouse that has any.
std::string more_hands(const scenario::Warehouse& warehouse, double times,
                       const Scenario& scenario) {
  const auto& shifts = scenario.logistics.shifts;
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    if (!shifts[i].warehouse.empty() && shifts[i].warehouse != warehouse.name) continue;
    const bool robots = shifts[i].people.posts == 0 && shifts[i].robots.posts > 0;
    const std::int64_t posts = robots ? shifts[i].robots.posts : shifts[i].people.posts;
    return suggestion(scenario,
                      fmt::format("logistics.shifts[{}].{}", i, robots ? "robots" : "people"),
                      static_cast<double>(posts) * times * kRoom, posts);
  }
  return "";
}

// What a warehouse was behind with when the traffic ended.
HeldUp held_by_picking(std::size_t index, const Scenario& scenario, const RunRecord& record) {
  const scenario::Warehouse& warehouse = scenario.logistics.warehouses[index];
  const auto parcels = static_cast<double>(record.parcels.by_warehouse[index]);
  const double span_s = seconds_of(record.traffic_end.time_since_epoch());
  const double shifts = shifts_pick_per_s(warehouse, scenario);
  const bool by_shifts = shifts > 0 && shifts < warehouse.capacity_per_s;
  const double picks = by_shifts ? shifts : warehouse.capacity_per_s;
  const double needed = span_s > 0 ? parcels / span_s : 0;
  const std::string path = fmt::format("logistics.warehouses[{}].capacity", index);
  const std::string setting =
      by_shifts ? more_hands(warehouse, needed / picks, scenario)
                : rate_suggestion(scenario, path, std::max(needed * kRoom, picks * kMore));
  return {parcels - picks * span_s,
          fmt::format("warehouse {} picks {} of {} on average", warehouse.name, short_rate(picks),
                      short_rate(needed)),
          setting};
}

HeldUp held_by_carrier(std::size_t index, const Scenario& scenario, const RunRecord& record) {
  const scenario::Carrier& carrier = scenario.logistics.carriers[index];
  const measure::CarrierCounts& counts = record.fulfilment.carriers[index];
  const std::string path = fmt::format("logistics.carriers[{}]", index);
  if (counts.over_capacity >= counts.after_cut_off) {
    return {static_cast<double>(counts.over_capacity),
            fmt::format("carrier {} put {} of {} parcels off because a day was full", carrier.name,
                        grouped(counts.over_capacity), grouped(counts.parcels)),
            suggestion(scenario, path + ".parcels_per_day", static_cast<double>(counts.parcels),
                       carrier.parcels_per_day)};
  }
  constexpr Duration kDay = std::chrono::hours(24);
  const Duration later = std::min(kDay, carrier.cut_off + (kDay - carrier.cut_off) / 2);
  return {static_cast<double>(counts.after_cut_off),
          fmt::format("{} of {} parcels were ready after the cut-off of carrier {}",
                      grouped(counts.after_cut_off), grouped(counts.parcels), carrier.name),
          fmt::format("{}.cut_off={}", path, text_of_duration(later))};
}

// Nothing of the above: the way itself.
HeldUp held_by_distance(const Scenario& scenario) {
  const scenario::Logistics& logistics = scenario.logistics;
  const bool far = logistics.speed_km_per_h == 0 && logistics.transit_far > logistics.transit_near;
  return {0, "nothing holds parcels up but the way to the buyers",
          far ? halved("logistics.transit_far", logistics.transit_far)
              : halved("logistics.transit_near", logistics.transit_near)};
}

// Where the stock lies: not where it is asked for, or units of an order far from one another.
HeldUp held_by_stock(const Scenario& scenario, const RunRecord& record) {
  const scenario::Stock& stock = scenario.logistics.stock;
  const auto warehouses = static_cast<double>(scenario.logistics.warehouses.size());
  const auto parcels = static_cast<double>(record.parcels.parcels);
  const std::string by_demand = "logistics.stock.policy=forecast";
  if (stock.policy == scenario::StockPolicy::central && warehouses > 1) {
    return {parcels,
            fmt::format("all {} parcels start from warehouse {}, as all stock lies there",
                        count_of(parcels), scenario.logistics.warehouses.front().name),
            by_demand};
  }
  if (stock.policy == scenario::StockPolicy::uniform && warehouses > 1) {
    // A guess: one part in as many as there are warehouses.
    return {parcels / warehouses,
            fmt::format("the stock for {} parcels lies evenly in {} warehouses, not by the demand",
                        count_of(parcels), scenario.logistics.warehouses.size()),
            by_demand};
  }
  const auto waited = static_cast<double>(record.fulfilment.transferred_parcels);
  return {waited,
          fmt::format("{} of {} parcels waited for units from another warehouse", count_of(waited),
                      count_of(parcels)),
          halved("logistics.stock.transfer", stock.transfer)};
}

}  // namespace

Candidate parcel_candidate(const Scenario& scenario, const RunRecord& record) {
  HeldUp worst = held_by_distance(scenario);
  const auto consider = [&](HeldUp other) {
    if (other.parcels > worst.parcels) worst = std::move(other);
  };
  consider(held_by_stock(scenario, record));
  for (std::size_t i = 0; i < record.parcels.by_warehouse.size(); ++i)
    consider(held_by_picking(i, scenario, record));
  for (std::size_t i = 0; i < record.fulfilment.carriers.size(); ++i)
    consider(held_by_carrier(i, scenario, record));
  return {std::string(name_of(Stage::logistics)), 0, 0, worst.reason, worst.setting};
}

}  // namespace double11::report
