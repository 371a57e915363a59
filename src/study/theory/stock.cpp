#include <double11/core/ensure.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/fork_join.hpp>
#include <double11/study/theory/stock.hpp>

#include <cmath>

namespace double11::study::theory {

Reservation reservation(double pay_rate, double ttl) {
  ensure(pay_rate > 0 && ttl > 0, "a reservation has a rate of payment and a time to live");
  const double paid = -std::expm1(-pay_rate * ttl);
  return {std::exp(-pay_rate * ttl), paid, paid / pay_rate};
}

double out_of_stock(std::int64_t stock, double arrival_rate, double mean_hold) {
  return erlang_b(stock, arrival_rate * mean_hold);
}

SellOut sell_out(std::int64_t stock, double pay_rate, double ttl) {
  return {mean_of_largest(stock, pay_rate), 1 / pay_rate, 1 / reservation(pay_rate, ttl).paid};
}

}  // namespace double11::study::theory
