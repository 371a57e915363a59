#include <double11/core/random.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace double11::stages {
namespace {

constexpr std::int64_t kLongestNs = Duration(std::chrono::years(100)).count();

}  // namespace

Logistics::Logistics(const scenario::Scenario& scenario, std::uint32_t shards, bool in_use)
    : way_(!is_plain_logistics(scenario)                        ? Way::over_days
           : scenario.logistics.departure_period == Duration(0) ? Way::at_once
                                                                : Way::by_truck),
      period_ns_(scenario.logistics.departure_period.count()) {
  const auto& warehouses = scenario.logistics.warehouses;
  for (const scenario::Warehouse& warehouse : warehouses) {
    lines_.push_back({0, std::llround(1e9 * shards / warehouse.capacity_per_s)});
  }
  for (const scenario::Region& region : scenario.traffic.regions) {
    const auto first = roads_.size();
    for (std::uint32_t i = 0; i < warehouses.size(); ++i) {
      const Duration transit = warehouses[i].region == region.name ? scenario.logistics.transit_near
                                                                   : scenario.logistics.transit_far;
      roads_.push_back({transit.count() + (period_ns_ == 0 ? lines_[i].pick_ns : 0), i});
    }
    std::sort(roads_.begin() + static_cast<std::ptrdiff_t>(first), roads_.end(),
              [](const Road& a, const Road& b) {
                return std::pair(a.then_ns, a.warehouse) < std::pair(b.then_ns, b.warehouse);
              });
  }
  counts_.by_warehouse.resize(lines_.size());
  if (way_ == Way::over_days && in_use) fulfilment_ = std::make_unique<Fulfilment>(scenario);
}

Parcel Logistics::dispatch(const Order& order) {
  switch (way_) {
    case Way::at_once:
      return best_line<false>(order);
    case Way::by_truck:
      return best_line<true>(order);
    case Way::over_days:
      break;
  }
  return over_days(order);
}

Parcel Logistics::over_days(const Order& order) {
  const Parcel parcel = fulfilment_->dispatch(order);
  count(order, parcel.warehouse);
  return parcel;
}

void Logistics::count(const Order& order, std::uint32_t warehouse) {
  ++counts_.by_warehouse[warehouse];
  ++counts_.parcels;
  counts_.id_sum += order.id.value;
  counts_.id_prints += mix(order.id.value);
}

measure::FulfilmentCounts Logistics::fulfilment_counts() const {
  return fulfilment_ == nullptr ? measure::FulfilmentCounts() : fulfilment_->counts();
}

template <bool kTrucks>
Parcel Logistics::best_line(const Order& order) {
  // On plain integers and by mask, not by branch: which warehouse is best is hard to guess.
  const std::int64_t at_ns = nanoseconds_of(order.at);
  const Road* const roads = &roads_[order.region * lines_.size()];
  std::int64_t eta_ns = INT64_MAX;
  std::uint32_t best = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Road& road = roads[i];
    // Not even without any backlog, and those that follow have a longer way.
    if (at_ns + road.then_ns > eta_ns) break;
    const Line& line = lines_[road.warehouse];
    std::int64_t leaves_ns = std::max(line.free_at_ns, at_ns);
    if constexpr (kTrucks) {
      const std::int64_t picked_ns = leaves_ns + line.pick_ns;
      leaves_ns = (picked_ns + period_ns_ - 1) / period_ns_ * period_ns_;
    }
    const std::int64_t line_eta_ns = leaves_ns + road.then_ns;
    // Of equally early ones the first in the scenario.
    const bool is_better =
        (line_eta_ns < eta_ns) | ((line_eta_ns == eta_ns) & (road.warehouse < best));
    best ^= (best ^ road.warehouse) & static_cast<std::uint32_t>(-static_cast<int>(is_better));
    eta_ns = std::min(eta_ns, line_eta_ns);
  }
  Line& chosen = lines_[best];
  // A backlog of a century is told from a longer one by nobody, and stays countable.
  chosen.free_at_ns = std::min(std::max(chosen.free_at_ns, at_ns) + chosen.pick_ns, kLongestNs);
  count(order, best);
  return {best, Instant(Duration(eta_ns))};
}

}  // namespace double11::stages
