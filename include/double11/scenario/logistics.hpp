#pragma once
// The logistics of a scenario: warehouses, their shifts, carriers, stock by warehouse, promises.
// Part of scenario.hpp; every value there has passed the checks of load.hpp.

#include <double11/core/money.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::scenario {

struct Warehouse {
  std::string name = "central";
  std::string region = "everywhere";
  double capacity_per_s = 1e6;  ///< of the building; shifts may allow less
  double x_km = 0;
  double y_km = 0;
};

/// Who works at a kind of post, each with a productivity and a cost of its own.
struct Crew {
  std::int64_t posts = 0;
  double rate_per_s = 0;      ///< parcels that one of them picks
  MoneyFen cost_per_hour{0};  ///< of one of them, busy or not
};

/// Every day from one time of day to another; over midnight when `to` is not after `from`.
struct Shift {
  std::string warehouse;  ///< empty: every warehouse
  Duration from{0};
  Duration to{std::chrono::hours(24)};
  Crew people{0, 100.0 / 3600, {3'000}};
  Crew robots{0, 300.0 / 3600, {2'700}};
};

/// Whether the shift is worked at the warehouse of that name.
inline bool works_at(const Shift& shift, const std::string& warehouse) {
  return shift.warehouse.empty() || shift.warehouse == warehouse;
}

/// Takes parcels from the warehouses, each day until the cut-off or until it is full.
struct Carrier {
  std::string name = "carrier";
  std::string region;  ///< of the buyers it serves; empty: all regions
  double share = 1;    ///< against the others that serve the same region
  Duration opens{0};
  Duration cut_off{std::chrono::hours(24)};
  std::int64_t parcels_per_day = 0;  ///< 0: no limit
};

/// How the stock of a SKU lies in the warehouses before the sale.
enum class StockPolicy : std::uint8_t {
  none,      ///< not counted by warehouse: each can ship everything
  central,   ///< all of it in the first warehouse
  uniform,   ///< as much in each
  forecast,  ///< by the demand that is forecast, with an error
  perfect,   ///< by the demand that the scenario says
};

struct Stock {
  StockPolicy policy = StockPolicy::none;
  /// Standard deviation of the logarithm of a forecast, by SKU and region.
  double forecast_error = 0;
  Duration transfer{std::chrono::hours(24)};  ///< until missing units have come from elsewhere
};

/// Goods that are at the last mile before they are ordered.
struct Anticipatory {
  double share = 0;  ///< of the demand that is forecast
  Duration last_mile{std::chrono::minutes(30)};
};

/// From payment to the buyer's door.
struct Promise {
  Duration domestic{std::chrono::hours(24)};
  Duration overseas{std::chrono::hours(72)};
};

struct Logistics {
  std::vector<Warehouse> warehouses{Warehouse{}};
  Duration transit_near{std::chrono::hours(24)};
  Duration transit_far{std::chrono::hours(48)};
  /// Parcels leave a warehouse at whole multiples of this; 0: at once.
  Duration departure_period{0};
  Duration starts_at{0};      ///< time of day at which the scenario starts
  double speed_km_per_h = 0;  ///< 0: positions do not count, near and far do
  MoneyFen cost_near{0};
  MoneyFen cost_far{0};
  MoneyFen cost_per_100km{0};
  std::vector<Shift> shifts;
  std::vector<Carrier> carriers;
  Stock stock;
  Anticipatory anticipatory;
  Promise promise;
};

}  // namespace double11::scenario
