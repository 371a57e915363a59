#pragma once
// Logistics: every paid order gets a warehouse, a parcel and an ETA. The warehouse with the
// earliest ETA wins: time until it has picked what it already took, one pick, the wait for the next
// truck if trucks leave by a timetable, and transit (near within its region, far otherwise). So a
// near warehouse is used until its backlog costs more than the longer way. Each shard has its share
// of every warehouse's capacity; one thread at a time. Where a scenario gives warehouses more than
// a place and a capacity, Fulfilment decides instead, and there is one shard.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/fulfilment_counts.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/fulfilment.hpp>
#include <double11/stages/parcel.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace double11::stages {

class Logistics {
 public:
  /// A shard that has 1/`shards` of the capacity of every warehouse; `scenario` must outlive it.
  /// One that will get no orders (`in_use`) needs no memory for stock.
  Logistics(const scenario::Scenario& scenario, std::uint32_t shards, bool in_use = true);

  /// The parcel of an order that was paid at order.at.
  Parcel dispatch(const Order& order);

  [[nodiscard]] const measure::ParcelCounts& counts() const { return counts_; }

  /// What only logistics over days counts; empty where logistics is plain. Not cheap.
  [[nodiscard]] measure::FulfilmentCounts fulfilment_counts() const;

 private:
  // How the warehouse is chosen: decided once.
  enum class Way : std::uint8_t { at_once, by_truck, over_days };

  struct Line {
    std::int64_t free_at_ns;  // when all that was taken is picked
    std::int64_t pick_ns;     // per parcel, at this shard's share of the capacity
    std::int64_t near_ns;     // pick, when no truck is waited for, and transit within the region
    std::int64_t far_ns;      // the same to another region
    std::uint32_t region;
  };

  template <bool kTrucks>
  Parcel best_line(const Order& order);
  Parcel over_days(const Order& order);
  void count(const Order& order, std::uint32_t warehouse);

  Way way_;
  std::int64_t period_ns_;  // between trucks; 0: they leave at once
  std::vector<Line> lines_;
  measure::ParcelCounts counts_;
  std::unique_ptr<Fulfilment> fulfilment_;  // over days, and in use
};

}  // namespace double11::stages
