#include <double11/core/random.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
namespace {

constexpr std::int64_t kLongestNs = Duration(std::chrono::years(100)).count();

}  // namespace

Logistics::Logistics(const scenario::Scenario& scenario, std::uint32_t shards, bool in_use)
    : way_(!is_plain_logistics(scenario)                        ? Way::over_days
           : scenario.logistics.departure_period == Duration(0) ? Way::at_once
                                                                : Way::by_truck),
      period_ns_(scenario.logistics.departure_period.count()) {
  const auto& regions = scenario.traffic.regions;
  for (const scenario::Warehouse& warehouse : scenario.logistics.warehouses) {
    const auto found = std::find_if(regions.begin(), regions.end(), [&](const auto& region) {
      return region.name == warehouse.region;
    });
    const Duration pick(std::llround(1e9 * shards / warehouse.capacity_per_s));
    const Duration before = period_ns_ == 0 ? pick : Duration(0);
    lines_.push_back({0, pick.count(), (before + scenario.logistics.transit_near).count(),
                      (before + scenario.logistics.transit_far).count(),
                      static_cast<std::uint32_t>(found - regions.begin())});
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
  std::int64_t eta_ns = INT64_MAX;
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    const std::int64_t then_ns = line.region == order.region ? line.near_ns : line.far_ns;
    std::int64_t leaves_ns = std::max(line.free_at_ns, at_ns);
    if constexpr (kTrucks) {
      const std::int64_t picked_ns = leaves_ns + line.pick_ns;
      leaves_ns = (picked_ns + period_ns_ - 1) / period_ns_ * period_ns_;
    }
    const std::int64_t line_eta_ns = leaves_ns + then_ns;
    const auto better =
        static_cast<std::uint32_t>(-static_cast<std::int32_t>(line_eta_ns < eta_ns));
    best ^= (best ^ i) & better;
    eta_ns = std::min(eta_ns, line_eta_ns);
  }
  Line& chosen = lines_[best];
  // A backlog of a century is told from a longer one by nobody, and stays countable.
  chosen.free_at_ns = std::min(std::max(chosen.free_at_ns, at_ns) + chosen.pick_ns, kLongestNs);
  count(order, best);
  return {best, Instant(Duration(eta_ns))};
}

}  // namespace double11::stages
