#pragma once
// M/M/1 and M/M/c, first come first served. `arrival_rate` > 0 and `service_rate` > 0 (of one
// server), `servers` >= 1 up to millions; shares lie strictly between 0 and 1.

#include <double11/study/theory/queue_means.hpp>

#include <cstdint>

namespace double11::study::theory {

/// Exact means (Erlang 1917).
[[nodiscard]] QueueMeans mmc(double arrival_rate, double service_rate, std::int64_t servers);
[[nodiscard]] inline QueueMeans mm1(double arrival_rate, double service_rate) {
  return mmc(arrival_rate, service_rate, 1);
}

/// Mean wait of those who wait, 1 / (c mu - lambda); infinite when unstable.
[[nodiscard]] double mmc_mean_wait_of_waiters(double arrival_rate, double service_rate,
                                              std::int64_t servers);

/// The wait that the share `share` of customers does not exceed: 0 for those served at once, else
/// by P(wait > t) = C exp(-(c mu - lambda) t). Infinite when unstable.
[[nodiscard]] double mmc_wait_quantile(double arrival_rate, double service_rate,
                                       std::int64_t servers, double share);

/// P(sojourn > t), t >= 0: a wait as above followed by an independent exponential service. 1 when
/// unstable.
[[nodiscard]] double mmc_sojourn_above(double arrival_rate, double service_rate,
                                       std::int64_t servers, double t);

/// The sojourn that the share `share` does not exceed, relative error below 1e-12. Infinite when
/// unstable.
[[nodiscard]] double mmc_sojourn_quantile(double arrival_rate, double service_rate,
                                          std::int64_t servers, double share);

/// P(N >= count) of M/M/1, `count` >= 0: rho^count.
[[nodiscard]] double mm1_at_least(double arrival_rate, double service_rate, std::int64_t count);

struct BusyPeriod {
  double mean = 0;
  double variance = 0;
};
/// Time from the arrival at an empty M/M/1 until it is empty again; infinite when unstable
/// (Takacs 1962): mean 1/(mu - lambda), variance (1 + rho) / (mu^2 (1 - rho)^3).
[[nodiscard]] BusyPeriod mm1_busy_period(double arrival_rate, double service_rate);

/// Variance of the mean of n successive waits of M/M/1, times n, as n grows: what sets the length
/// of a run. rho (2 + 5 rho - 4 rho^2 + rho^3) / (mu^2 (1 - rho)^4), infinite when unstable
/// (Daley 1968; Whitt 1989).
[[nodiscard]] double mm1_mean_wait_asymptotic_variance(double arrival_rate, double service_rate);

/// Time in which M/M/1 (or M/M/c, one server's rate times c) forgets its beginning by a factor of
/// e: 1 / (mu (1 - sqrt(rho))^2) (Cohen 1982). The yardstick for warm-ups; infinite when unstable.
[[nodiscard]] double mm1_relaxation_time(double arrival_rate, double service_rate);

}  // namespace double11::study::theory
