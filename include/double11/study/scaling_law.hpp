#pragma once
// How throughput grows with capacity: Amdahl's law and Gunther's Universal Scalability Law,
//
//   X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)),
//
// fitted to measured points. lambda is what one unit of capacity does alone, sigma the part of the
// work that is serial (contention), kappa what keeping each pair of units consistent costs
// (coherency); Amdahl's law is the case kappa = 0. Sources: G. M. Amdahl, AFIPS 1967; N. J.
// Gunther, "Guerrilla Capacity Planning", Springer 2007.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace double11::study {

/// A measurement. Capacity from 1 up (workers, servers), throughput above 0 in any unit.
struct ScalingPoint {
  double capacity = 1;
  double throughput = 0;
  double weight = 1;  ///< of its squared residual; above 0
};

enum class ScalingLaw : std::uint8_t { amdahl, universal };

/// A value with its 95 % confidence interval.
struct Interval {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// One coefficient of a fit.
struct Coefficient {
  double value = 0;
  /// Nothing where the coefficient is at its bound 0 or the points do not determine it.
  std::optional<double> standard_error;
  /// 95 % interval by Student's t, not cut off at 0.
  std::optional<Interval> interval;
  /// The best fit has it at 0: below would fit better, and means nothing.
  bool at_bound = false;

  /// Whether 0 is as good a value as far as the points can tell.
  [[nodiscard]] bool may_be_none() const { return at_bound || !interval || interval->low <= 0; }
};

struct ScalingFit {
  ScalingLaw law = ScalingLaw::universal;
  Coefficient lambda;
  Coefficient sigma;
  Coefficient kappa;
  double squares = 0;                  ///< weighted sum of the squared residuals
  std::size_t freedom = 0;             ///< points less coefficients that were free
  double residual_standard_error = 0;  ///< sqrt(squares / freedom)
  /// Covariances of lambda, sigma and kappa; 0 for those at a bound.
  std::array<std::array<double, 3>, 3> covariance{};

  /// X(N) of the fit.
  [[nodiscard]] double throughput(double capacity) const;
  /// Whether throughput is highest at one unit: sigma is about 1 or more, or N* not above 1.
  [[nodiscard]] bool falls() const;
  /// N* = sqrt((1 - sigma) / kappa), where throughput is highest; its interval by the delta method
  /// on its logarithm. Nothing where kappa may be none or throughput falls().
  [[nodiscard]] std::optional<Interval> peak_capacity() const;
  /// X(N*), with its interval likewise.
  [[nodiscard]] std::optional<Interval> peak_throughput() const;
  /// Amdahl's ceiling lambda / sigma, which the throughput of any capacity stays below. Nothing
  /// where sigma may be none, or throughput falls().
  [[nodiscard]] std::optional<Interval> ceiling() const;
  /// 1 / sigma: the capacity at which lambda N, perfect scaling, would be at the ceiling. Nothing
  /// where there is no ceiling.
  [[nodiscard]] std::optional<double> optimum() const;
};

/// How many different capacities a fit needs: one more than the law has coefficients.
[[nodiscard]] constexpr std::size_t capacities_needed(ScalingLaw law) {
  return law == ScalingLaw::amdahl ? 3 : 4;
}

/// How many different capacities the points have.
[[nodiscard]] std::size_t different_capacities(std::span<const ScalingPoint> points);

/// Fits a law by weighted least squares in the throughput, with sigma and kappa of at least 0: the
/// method of R's nls and of its package usl, and with equal weights the one behind the published
/// fits. Standard errors are those of the linearised model. Nothing when the points have fewer
/// different capacities than needed. Points as described above are required. Any thread.
[[nodiscard]] std::optional<ScalingFit> fit(ScalingLaw law, std::span<const ScalingPoint> points);

}  // namespace double11::study
