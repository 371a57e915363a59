#pragma once
// What logistics over days counted for itself: money, transfers, carriers, what is left in the
// warehouses. Plain sums; merging adds. All of it stays empty where logistics is plain.

#include <double11/core/money.hpp>
#include <double11/measure/minute_counts.hpp>

#include <cstdint>
#include <vector>

namespace double11::measure {

struct CarrierCounts {
  std::int64_t parcels = 0;
  std::int64_t after_cut_off = 0;  ///< of these, ready when the carrier had gone for the day
  std::int64_t over_capacity = 0;  ///< of these, put off because a day was full

  CarrierCounts& operator+=(const CarrierCounts& other);
};

struct FulfilmentCounts {
  MoneyFen labour;     ///< all shifts until the traffic is over and everything is picked
  MoneyFen transport;  ///< of parcels to buyers
  MoneyFen transfers;  ///< of units between warehouses, each like a parcel
  MoneyFen ahead;      ///< of units sent ahead to the last mile
  MoneyFen returns;    ///< of those that nobody ordered there

  std::int64_t transferred_parcels = 0;  ///< that waited for units from another warehouse
  std::int64_t transferred_units = 0;
  std::int64_t ahead_units = 0;    ///< sent ahead to the last mile
  std::int64_t ahead_parcels = 0;  ///< that were there already
  std::int64_t returned_units = 0;
  std::int64_t missing_units = 0;  ///< dispatched though no warehouse had them: none, by law

  MinuteCounts handed{Duration(0)};     ///< parcels given to their carriers
  std::vector<CarrierCounts> carriers;  ///< in the scenario's order
  /// By SKU, in all warehouses and last miles; empty when stock is not kept by warehouse.
  std::vector<std::int32_t> units_left;

  [[nodiscard]] MoneyFen cost() const { return labour + transport + transfers + ahead + returns; }

  FulfilmentCounts& operator+=(const FulfilmentCounts& other);
};

}  // namespace double11::measure
