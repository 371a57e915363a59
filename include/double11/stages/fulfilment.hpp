#pragma once
// Logistics over days: where a parcel comes from when warehouses have shifts, places and a stock of
// their own, and how it goes on when carriers have cut-offs and full days. The parcel goes from the
// warehouse that has all of the order and the earliest ETA; if none has all, from the one that has
// most, and what it lacks comes from the others first.
//
//   paid -> picked (shifts) -> complete (transfer) -> truck -> carrier (cut-off, capacity) -> ETA
//
// Not divided between shards: stock, crews and carriers are kept here. One thread at a time, orders
// in about the order in which they were paid.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/fulfilment_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/carrier_days.hpp>
#include <double11/stages/parcel.hpp>
#include <double11/stages/picking_row.hpp>
#include <double11/stages/regional_stock.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace double11::stages {

class Fulfilment {
 public:
  /// `scenario` must outlive it.
  explicit Fulfilment(const scenario::Scenario& scenario);

  /// The parcel of an order that was paid at order.at.
  Parcel dispatch(const Order& order);

  /// What it came to, with the labour of all shifts until everything is picked and the return of
  /// what still lies at the last mile. Walks over all SKUs.
  [[nodiscard]] measure::FulfilmentCounts counts() const;

 private:
  // One of the carriers that serve a region: it gets what draws below, and not below the one
  // before.
  struct Choice {
    std::uint64_t below;
    std::size_t carrier;
  };
  struct Plan {
    std::size_t warehouse = 0;
    std::int64_t found = -1;  // units that are there
    Instant picked;
    CarrierDays::Handover handover;
    Instant eta;
  };

  // From the first warehouse, and then from the others.
  [[nodiscard]] const Duration* times_to(std::size_t region) const {
    return &times_[region * lines_.size()];
  }
  [[nodiscard]] std::int64_t fen_of(std::size_t warehouse, std::size_t region) const {
    return fen_[region * lines_.size() + warehouse];
  }
  [[nodiscard]] std::size_t carrier_for(const Order& order) const;
  std::optional<Parcel> dispatch_quickly(const Order& order, std::size_t carrier);
  void look_ahead(Instant at);
  [[nodiscard]] CarrierDays::Handover handover(std::size_t carrier, Instant complete);
  Plan plan(const Order& order, std::size_t warehouse, std::int64_t found, std::int64_t wanted,
            std::size_t carrier);
  Plan earliest(const Order& order, std::size_t carrier);
  Plan fullest(const Order& order, const RegionalStock::Needs& needs, std::size_t carrier);
  void take_stock(const Plan& plan, const RegionalStock::Needs& needs);
  void carry_out(const Order& order, const Plan& plan, std::size_t carrier);
  void hand_over(const Order& order, std::size_t warehouse, std::size_t carrier,
                 const CarrierDays::Handover& handover);
  void transfer(RegionalStock::Source from, std::int64_t units, std::size_t to);

  const scenario::Scenario& scenario_;
  Duration period_;  // between trucks; 0: they leave at once
  Duration transfer_;
  std::size_t regions_;
  PickingRow lines_;                               // of the warehouses
  std::vector<Duration> times_;                    // of the way, [region * warehouses + warehouse]
  std::vector<std::int64_t> fen_;                  // what it costs, the same
  std::vector<std::int64_t> transfer_fen_;         // [from * warehouses + to]
  std::vector<std::vector<std::uint32_t>> homes_;  // by region, its nearest warehouses
  std::vector<std::vector<Choice>> choices_;       // by region
  std::vector<CarrierDays> carriers_;
  RegionalStock stock_;
  std::vector<Instant> soonest_;  // by warehouse, for the present order: pick and way
  // For dispatch_quickly(): by region, and by carrier, whose last one is nobody. `stretches_` has
  // kLanes places for each.
  bool is_quick_ = false;
  std::uint32_t slow_ones_left_ = 0;
  std::vector<PickingRow::Lanes> ways_;
  std::vector<PickingRow::Lanes> opens_;
  std::vector<CarrierDays::Handover> stretches_;
  measure::FulfilmentCounts counts_;
};

}  // namespace double11::stages
