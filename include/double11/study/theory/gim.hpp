#pragma once
// GI/M/c: any law of interarrival times with a transform, exponential services, first come first
// served. Exact (Kendall 1953 for one server, Takacs 1962 for several).

#include <double11/study/theory/law.hpp>
#include <double11/study/theory/queue_means.hpp>

#include <cstdint>

namespace double11::study::theory {

struct GeneralArrivals {
  QueueMeans means;
  /// Root in (0, 1) of sigma = A(c mu (1 - sigma)), A the transform of an interarrival time.
  double sigma = 0;
  /// P(wait > t) = means.wait_probability * exp(-decay_rate t); decay_rate = c mu (1 - sigma).
  double decay_rate = 0;
};

/// `interarrival` has a transform; `service_rate` > 0, `servers` >= 1. Unstable: infinite means,
/// sigma 1, decay_rate 0.
[[nodiscard]] GeneralArrivals gimc(const Law& interarrival, double service_rate,
                                   std::int64_t servers);

/// The wait that the share `share`, strictly between 0 and 1, does not exceed.
[[nodiscard]] double gimc_wait_quantile(const GeneralArrivals& queue, double share);

}  // namespace double11::study::theory
