// Rules between the keys of logistics.
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// "a, b, c": the names of the elements.
template <typename Element>
std::string names_of(const std::vector<Element>& elements) {
  std::string names;
  for (const Element& element : elements) names += (names.empty() ? "" : ", ") + element.name;
  return names;
}

template <typename Element>
bool has_name(const std::vector<Element>& elements, const std::string& name) {
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Element& element) { return element.name == name; });
}

void check_warehouses(const Scenario& scenario, const Complain& complain) {
  const auto& regions = scenario.traffic.regions;
  for (std::size_t i = 0; i < scenario.logistics.warehouses.size(); ++i) {
    const Warehouse& warehouse = scenario.logistics.warehouses[i];
    if (!has_name(regions, warehouse.region)) {
      complain(fmt::format("logistics.warehouses[{}].region", i),
               fmt::format("found \"{}\"; allowed: the traffic.regions: {}", warehouse.region,
                           names_of(regions)),
               {"traffic.regions"});
    }
  }
}

void check_shifts(const Scenario& scenario, const Complain& complain) {
  const Logistics& logistics = scenario.logistics;
  for (std::size_t i = 0; i < logistics.shifts.size(); ++i) {
    const Shift& shift = logistics.shifts[i];
    const std::string path = fmt::format("logistics.shifts[{}]", i);
    if (!shift.warehouse.empty() && !has_name(logistics.warehouses, shift.warehouse)) {
      complain(path + ".warehouse",
               fmt::format("found \"{}\"; allowed: the logistics.warehouses: {}", shift.warehouse,
                           names_of(logistics.warehouses)),
               {"logistics.warehouses"});
    }
    if (shift.from == shift.to) {
      complain(path + ".to",
               fmt::format("found {}; must not be the time at which the shift begins; all day is "
                           "from 0s to 24h",
                           text_of_duration(shift.to)),
               {path + ".from"});
    }
  }
  for (std::size_t i = 0; i < logistics.warehouses.size(); ++i) {
    const Warehouse& warehouse = logistics.warehouses[i];
    bool has_shift = false;
    bool has_crew = false;
    for (const Shift& shift : logistics.shifts) {
      if (!works_at(shift, warehouse.name)) continue;
      has_shift = true;
      // From the end of the day to its start there is nothing to do.
      const bool empty = shift.from >= std::chrono::hours(24) && shift.to == Duration(0);
      has_crew = has_crew || (shift.people.posts + shift.robots.posts > 0 && !empty);
    }
    if (has_shift && !has_crew) {
      complain(
          "logistics.shifts",
          fmt::format("nobody picks at {}: a shift there needs people or robots", warehouse.name),
          {"logistics.warehouses"});
    }
  }
}

void check_carriers(const Scenario& scenario, const Complain& complain) {
  const auto& carriers = scenario.logistics.carriers;
  const auto& regions = scenario.traffic.regions;
  std::set<std::string> names;
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    const Carrier& carrier = carriers[i];
    const std::string path = fmt::format("logistics.carriers[{}]", i);
    if (!names.insert(carrier.name).second) {
      complain(
          path + ".name",
          fmt::format("found \"{}\" a second time; every carrier needs its own name", carrier.name),
          {"logistics.carriers"});
    }
    if (!carrier.region.empty() && !has_name(regions, carrier.region)) {
      complain(path + ".region",
               fmt::format("found \"{}\"; allowed: the traffic.regions: {}", carrier.region,
                           names_of(regions)),
               {"traffic.regions"});
    }
    if (carrier.cut_off <= carrier.opens) {
      complain(path + ".cut_off",
               fmt::format("found {}; must be after the carrier opens ({})",
                           text_of_duration(carrier.cut_off), text_of_duration(carrier.opens)),
               {path + ".opens"});
    }
  }
  if (carriers.empty()) return;
  for (const Region& region : regions) {
    const auto serves = [&](const Carrier& carrier) {
      return carrier.share > 0 && (carrier.region.empty() || carrier.region == region.name);
    };
    if (std::none_of(carriers.begin(), carriers.end(), serves)) {
      complain("logistics.carriers",
               fmt::format("nobody delivers to {}: it needs a carrier with a share above 0",
                           region.name),
               {"traffic.regions"});
    }
  }
}

void check_stock(const Scenario& scenario, const Complain& complain) {
  const Logistics& logistics = scenario.logistics;
  const std::int64_t by_warehouse =
      logistics.stock.policy == StockPolicy::none ? 0 : std::ssize(logistics.warehouses);
  const std::int64_t by_region =
      logistics.anticipatory.share == 0 ? 0 : std::ssize(scenario.traffic.regions);
  if (scenario.catalogue.skus * (by_warehouse + by_region) > kSkuPlacesMax) {
    complain("catalogue.skus",
             fmt::format("found {} in {} warehouses and last miles of {} regions; allowed: a "
                         "product up to {}",
                         text_of_count(scenario.catalogue.skus), by_warehouse, by_region,
                         text_of_count(kSkuPlacesMax)),
             {"logistics.warehouses", "traffic.regions", "logistics.stock.policy",
              "logistics.anticipatory.share"});
  }
}

void check_transit(const Logistics& logistics, const Complain& complain) {
  // Slower than a walk, half of the way around the earth takes more than time can count.
  if (logistics.speed_km_per_h > 0 && logistics.speed_km_per_h < 1) {
    complain("logistics.speed_km_per_h",
             fmt::format("found {}; must be 0 (positions do not count) or at least 1",
                         logistics.speed_km_per_h),
             {});
  }
}

}  // namespace

void check_logistics(const Scenario& scenario, const Complain& complain) {
  check_warehouses(scenario, complain);
  check_transit(scenario.logistics, complain);
  check_shifts(scenario, complain);
  check_carriers(scenario, complain);
  check_stock(scenario, complain);
}

}  // namespace double11::scenario
