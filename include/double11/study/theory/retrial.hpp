#pragma once
// Customers who come again: the orbit of M/M/c/c, and a limited number of attempts.

#include <cstdint>

namespace double11::study::theory {

struct Retrials {
  double all_busy = 0;      ///< share of first attempts that are blocked
  double mean_orbit = 0;    ///< customers who will try again
  double busy_servers = 0;  ///< mean
  double lost = 0;          ///< share of customers that give up
};
/// M/M/c/c with retrials: a blocked first attempt always joins the orbit, from which each customer
/// tries again at `retry_rate` > 0; a failed retry stays with probability `persistence` (0 to 1).
/// With persistence 1 the load per server must be below 1. Two-dimensional chain, levels of the
/// orbit solved from the top down in positive terms, cut below 1e-14
/// (Falin and Templeton 1997, chapter 2).
[[nodiscard]] Retrials mmcc_retrial(double arrival_rate, double service_rate, std::int64_t servers,
                                    double retry_rate, double persistence);

struct Attempts {
  double success = 0;  ///< share of customers with a successful attempt
  double mean = 0;     ///< attempts per customer: the amplification of load
};
/// At most `most` >= 1 attempts, each failing with `failure` (0 <= failure < 1) independently.
[[nodiscard]] Attempts limited_attempts(double failure, std::int64_t most);

}  // namespace double11::study::theory
