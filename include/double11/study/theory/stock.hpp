#pragma once
// Stock as servers: a unit is held by one reservation at a time.

#include <cstdint>

namespace double11::study::theory {

struct Reservation {
  double expired = 0;    ///< share that reaches the time to live unpaid
  double paid = 0;       ///< the others
  double mean_hold = 0;  ///< time a unit is held, paid or not
};
/// A buyer pays at `pay_rate` > 0 (exponential) unless `ttl` > 0 comes first:
/// hold = min(exponential, ttl), mean (1 - exp(-mu ttl)) / mu.
[[nodiscard]] Reservation reservation(double pay_rate, double ttl);

/// Share of Poisson arrivals that find no unit when each of `stock` units returns after `mean_hold`
/// on average: Erlang B, insensitive to the law of holding.
[[nodiscard]] double out_of_stock(std::int64_t stock, double arrival_rate, double mean_hold);

struct SellOut {
  double mean_time = 0;              ///< until the last unit is paid
  double mean_unit_time = 0;         ///< until a given unit is paid
  double reservations_per_sale = 0;  ///< geometric: 1 / share paid
};
/// Demand without end: a unit that comes back is reserved again at once, so its time to sale is
/// exponential whatever the `ttl`, and the last of `stock` >= 1 is sold at H_stock / pay_rate.
[[nodiscard]] SellOut sell_out(std::int64_t stock, double pay_rate, double ttl);

}  // namespace double11::study::theory
