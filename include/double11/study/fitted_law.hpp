#pragma once
// Which law of the scenario language comes nearest to measured durations.

#include <double11/scenario/random_duration.hpp>
#include <double11/study/timings.hpp>

#include <vector>

namespace double11::study {

struct FittedLaw {
  scenario::RandomDuration law;
  /// Kolmogorov-Smirnov distance, 0 to 1: the largest difference between the share of durations up
  /// to some length as measured and by the law (Kolmogorov 1933; Massey, JASA 46(253), 1951).
  double distance = 1;
  /// Where that is, with both shares.
  double at_ns = 0;
  double measured_share = 0;
  double law_share = 0;
};

/// The share of draws from `law` (not empirical or none) that are at most `value_ns`.
double share_up_to(const scenario::RandomDuration& law, double value_ns);

/// Every law of the language that can be fitted, the nearest first. Each is fitted once by the
/// usual estimate: exponential, erlang and hyperexponential by moments; gamma, weibull,
/// lognormal_mean and pareto by maximum likelihood (gamma: Minka, "Estimating a Gamma
/// distribution", 2002); lognormal by p50 and p99; uniform by the shortest and the longest. Laws
/// that durations of 0 or a single value rule out are left out; constant is always there. `timings`
/// has at least one duration.
std::vector<FittedLaw> fitted_laws(const Timings& timings);

}  // namespace double11::study
