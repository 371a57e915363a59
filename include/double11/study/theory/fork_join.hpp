#pragma once
// Orders that split into parts and are complete when the last part is. Every branch is a single
// exponential server of `service_rate`; `arrival_rate` > 0.

#include <double11/study/theory/queue_means.hpp>

#include <cstdint>

namespace double11::study::theory {

/// H_n = 1 + 1/2 + ... + 1/n, n >= 0.
[[nodiscard]] double harmonic(std::int64_t n);

/// Mean response of two branches with queues of their own: (12 - rho) / (8 (mu - lambda)), exact
/// (Flatto and Hahn 1984; Nelson and Tantawi 1988). Infinite when unstable.
[[nodiscard]] double fork_join_2(double arrival_rate, double service_rate);

struct ForkJoin {
  double approximation = 0;  ///< within 5 % (Nelson and Tantawi 1988, up to 32 branches)
  double lower_bound = 0;    ///< H_n / mu: no queueing
  double upper_bound = 0;    ///< H_n / (mu - lambda): branches as if independent
};
/// Mean response of `branches` >= 2.
[[nodiscard]] ForkJoin fork_join(double arrival_rate, double service_rate, std::int64_t branches);

/// Split-merge: the next order starts only when all parts of the last are done, so M/G/1 with the
/// largest of `branches` >= 1 exponentials as service; exact.
[[nodiscard]] QueueMeans split_merge(double arrival_rate, double service_rate,
                                     std::int64_t branches);

/// Mean of the largest of `count` exponentials of rate `rate`: H_count / rate. An order of several
/// parcels without queues.
[[nodiscard]] double mean_of_largest(std::int64_t count, double rate);

}  // namespace double11::study::theory
