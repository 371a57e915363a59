#include <double11/core/random.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {

Logistics::Logistics(const scenario::Scenario& scenario, std::uint32_t shards)
    : transit_near_(scenario.logistics.transit_near), transit_far_(scenario.logistics.transit_far) {
  const auto& regions = scenario.traffic.regions;
  for (const scenario::Warehouse& warehouse : scenario.logistics.warehouses) {
    const auto found = std::find_if(regions.begin(), regions.end(), [&](const auto& region) {
      return region.name == warehouse.region;
    });
    const double pick_ns = 1e9 * shards / warehouse.capacity_per_s;
    lines_.push_back({Instant{}, Duration(std::llround(pick_ns)),
                      static_cast<std::uint32_t>(found - regions.begin())});
  }
  counts_.by_warehouse.resize(lines_.size());
}

Parcel Logistics::dispatch(const Order& order) {
  Parcel best{0, kNever};
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    const Duration transit = line.region == order.region ? transit_near_ : transit_far_;
    const Instant eta = std::max(line.free_at, order.at) + line.pick_time + transit;
    // Two choices instead of a branch: which warehouse is best is hard to guess.
    const bool is_better = eta < best.eta;
    best.warehouse = is_better ? i : best.warehouse;
    best.eta = is_better ? eta : best.eta;
  }
  Line& chosen = lines_[best.warehouse];
  chosen.free_at = std::max(chosen.free_at, order.at) + chosen.pick_time;
  ++counts_.by_warehouse[best.warehouse];
  ++counts_.parcels;
  counts_.id_sum += order.id.value;
  counts_.id_prints += mix(order.id.value);
  return best;
}

}  // namespace double11::stages
