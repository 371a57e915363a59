#pragma once
// What a planner reads off the traffic curve before a single order has arrived: units of a SKU that
// its arrivals ask for on average. What people really order scatters around it. Nobody foresees
// reveals of live shows, the tastes of bots, how far a budget reaches, or the orders of a file that
// is replayed.

#include <double11/core/ids.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::scenario {

/// Lines of an order of the curve on average, by the basket of each segment.
double lines_per_order(const Traffic& traffic);

/// Orders that arrive on average, by the curve and its wave.
double expected_orders(const Scenario& scenario);

class Demand {
 public:
  explicit Demand(const Scenario& scenario);

  /// Units of `sku` that all orders of the curve together ask for on average. Pure; any thread.
  [[nodiscard]] double units(SkuId sku) const;

 private:
  std::int64_t hot_skus_;
  double exponent_;
  double hot_units_ = 0;         // of each hot SKU
  double units_per_weight_ = 0;  // of the others, whose weight is rank^-exponent
};

}  // namespace double11::scenario
