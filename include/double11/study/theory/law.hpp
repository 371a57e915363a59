#pragma once
// Laws of service and interarrival times, as far as formulas of queues need them: three moments,
// and the Laplace-Stieltjes transform where it has a closed form.

#include <cstdint>
#include <functional>
#include <span>

namespace double11::study::theory {

struct Law {
  double mean = 0;
  double second_moment = 0;  ///< infinite for heavy tails
  double third_moment = 0;   ///< infinite for heavy tails
  /// E exp(-s X) for s >= 0; empty where there is no closed form (lognormal, Pareto, Weibull).
  std::function<double(double s)> transform;

  [[nodiscard]] double variance() const { return second_moment - mean * mean; }
  /// Squared coefficient of variation.
  [[nodiscard]] double scv() const { return variance() / (mean * mean); }
};

// All parameters > 0; the mean is the mean of the law.

[[nodiscard]] Law exponential_law(double mean);
[[nodiscard]] Law deterministic_law(double value);
/// Sum of `stages` >= 1 exponentials.
[[nodiscard]] Law erlang_law(std::int64_t stages, double mean);
[[nodiscard]] Law gamma_law(double shape, double mean);
/// `sigma` of the logarithm.
[[nodiscard]] Law lognormal_law(double sigma, double mean);
/// 0 <= `low` < `high`.
[[nodiscard]] Law uniform_law(double low, double high);
/// Pareto of the first kind, from minimum = mean (alpha - 1) / alpha up; `alpha` > 1.
[[nodiscard]] Law pareto_law(double alpha, double mean);
[[nodiscard]] Law weibull_law(double shape, double mean);

struct ExponentialBranch {
  double probability = 0;
  double mean = 0;
};
/// Mixture of exponentials; probabilities add up to 1.
[[nodiscard]] Law hyperexponential_law(std::span<const ExponentialBranch> branches);
/// Two branches with the given squared coefficient of variation `scv` > 1 and balanced means
/// (p1 m1 = p2 m2), the usual choice (Whitt 1982).
[[nodiscard]] Law balanced_hyperexponential_law(double scv, double mean);

/// Largest of `count` >= 1 independent exponentials of rate `rate` each: mean H_count / rate. The
/// transform is the product of the gaps between order statistics (Renyi 1953).
[[nodiscard]] Law largest_exponential_law(std::int64_t count, double rate);

}  // namespace double11::study::theory
