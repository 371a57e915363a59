#pragma once
// Logistics: every paid order gets a warehouse, a parcel and an ETA. The warehouse with the
// earliest ETA wins: time until it has picked what it already took, one pick, the wait for the next
// truck if trucks leave by a timetable, and transit (near within its region, far otherwise). So a
// near warehouse is used until its backlog costs more than the longer way. Each shard has its share
// of every warehouse's capacity; one thread at a time.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <vector>

namespace double11::stages {

/// What a dispatched order gets.
struct Parcel {
  std::uint32_t warehouse = 0;  ///< index into logistics.warehouses
  Instant eta;                  ///< when it reaches the buyer
};

class Logistics {
 public:
  /// A shard that has 1/`shards` of the capacity of every warehouse.
  Logistics(const scenario::Scenario& scenario, std::uint32_t shards);

  /// The parcel of an order that was paid at order.at.
  Parcel dispatch(const Order& order);

  [[nodiscard]] const measure::ParcelCounts& counts() const { return counts_; }

 private:
  struct Line {
    std::int64_t free_at_ns;  // when all that was taken is picked
    std::int64_t pick_ns;     // per parcel, at this shard's share of the capacity
    std::int64_t near_ns;     // pick, when no truck is waited for, and transit within the region
    std::int64_t far_ns;      // the same to another region
    std::uint32_t region;
  };

  template <bool kTrucks>
  Parcel best_line(const Order& order);

  std::int64_t period_ns_;  // between trucks; 0: they leave at once
  std::vector<Line> lines_;
  measure::ParcelCounts counts_;
};

}  // namespace double11::stages
