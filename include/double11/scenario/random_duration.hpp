#pragma once
// A random length of time as a scenario describes it. stages/service_time.hpp draws from it.

#include <double11/core/time.hpp>

#include <cstdint>

namespace double11::scenario {

/// The law of a random duration, and the members of RandomDuration that describe it.
enum class Distribution : std::uint8_t {
  constant,          ///< mean
  exponential,       ///< mean
  lognormal,         ///< p50, p99
  uniform,           ///< least, most
  erlang,            ///< mean, shape (whole): sum of `shape` exponentials
  gamma,             ///< mean, shape
  lognormal_mean,    ///< mean, sigma (of the logarithm)
  weibull,           ///< mean, shape
  pareto,            ///< mean, shape (above 1): P(X > x) = (x_min / x)^shape
  hyperexponential,  ///< mean, scv (above 1): two exponentials with balanced means
  empirical,         ///< network.histogram
  none,              ///< never: no patience, no retrial
};

/// Which members count depends on the distribution, see there.
struct RandomDuration {
  Distribution distribution = Distribution::exponential;
  Duration mean{std::chrono::milliseconds(80)};
  Duration p50{std::chrono::milliseconds(60)};
  Duration p99{std::chrono::milliseconds(250)};
  Duration least{0};
  Duration most{std::chrono::milliseconds(160)};
  double shape = 2;
  double sigma = 1;
  /// Variance over the square of the mean.
  double scv = 4;
};

}  // namespace double11::scenario
