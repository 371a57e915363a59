#pragma once
// What the scenario's own numbers say about demand before a single order has arrived: units of a
// SKU that arrivals ask for on average. The best forecast there can be; what people really order
// scatters around it.

#include <double11/core/ids.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::scenario {

/// Orders that arrive on average, by the curve and its wave.
double expected_orders(const Scenario& scenario);

class Demand {
 public:
  explicit Demand(const Scenario& scenario);

  /// Units of `sku` that all orders together ask for on average. Pure; any thread.
  [[nodiscard]] double units(SkuId sku) const;

 private:
  std::int64_t hot_skus_;
  double exponent_;
  double hot_units_ = 0;         // of each hot SKU
  double units_per_weight_ = 0;  // of the others, whose weight is rank^-exponent
};

}  // namespace double11::scenario
