#include <double11/study/scaling_findings.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <boost/math/distributions/fisher_f.hpp>

namespace double11::study {
namespace {

// Residuals of a fit that are only roundings, relative to the points.
constexpr double kRoundings = 1e-24;

// Throughput that changes by no more than this share, while capacity grows by this factor or more.
constexpr double kStill = 0.01;
constexpr double kStillFrom = 1.5;
// Whatever the scatter, who sees more change than this sees no standstill.
constexpr double kStillMost = 0.05;

// One unit alone may do this many times the highest throughput measured: where throughput falls,
// the first points may be missing. More is what a fit makes of points that say nothing of it.
constexpr double kAloneMost = 2;

double size_of(std::span<const ScalingPoint> points) {
  double size = 0;
  for (const ScalingPoint& point : points) {
    size += point.weight * point.throughput * point.throughput;
  }
  return size;
}

// By the extra sum of squares: D. M. Bates, D. G. Watts, "Nonlinear Regression Analysis", 1988,
// section 3.10. Where kappa is at its bound, there is nothing extra.
double chance_of(const ScalingFit& amdahl, const ScalingFit& universal, double size) {
  const double extra = amdahl.squares - universal.squares;
  if (universal.kappa.at_bound || extra <= kRoundings * size) return 1;
  if (universal.squares <= kRoundings * size) return 0;
  const auto freedom = static_cast<double>(universal.freedom);
  const boost::math::fisher_f distribution(1, freedom);
  return cdf(complement(distribution, extra / (universal.squares / freedom)));
}

using Means = std::map<double, double>;  // throughput by capacity

Means means_of(std::span<const ScalingPoint> points) {
  std::map<double, std::vector<double>> throughputs;
  for (const ScalingPoint& point : points) throughputs[point.capacity].push_back(point.throughput);
  Means means;
  for (const auto& [capacity, values] : throughputs) {
    double& mean = means[capacity];
    for (const double value : values) mean += value / static_cast<double>(values.size());
  }
  return means;
}

// Twice the standard error of the difference of two means, by the relative scatter of all. Without
// repetitions nothing is known of scatter.
double tolerance_of(std::span<const ScalingPoint> points, const Means& means) {
  double squares = 0;
  for (const ScalingPoint& point : points) {
    squares += std::pow(point.throughput / means.at(point.capacity) - 1, 2);
  }
  const auto freedom = static_cast<double>(points.size() - means.size());
  const double each = static_cast<double>(points.size()) / static_cast<double>(means.size());
  const double scatter = freedom > 0 ? 2 * std::sqrt(squares / freedom * 2 / each) : 0;
  return std::max(kStill, scatter);
}

std::optional<Standstill> standstill_of(const Means& means, double tolerance) {
  Standstill still{means.rbegin()->first, tolerance};
  const double last = means.rbegin()->second;
  for (auto mean = means.rbegin(); mean != means.rend(); ++mean) {
    if (!(std::abs(mean->second - last) <= tolerance * last)) break;
    still.from = mean->first;
  }
  if (still.from * kStillFrom > means.rbegin()->first) return std::nullopt;
  return still;
}

// Whether the points say what one unit does alone. Where none is near it, N / X(N) is a line or a
// parabola whose value at one unit, 1 / lambda, may be lost in the noise: lambda and sigma grow
// together without end, and the fit stays as good. Then the interval of 1 / lambda reaches 0, and,
// as wide relatively, so does that of lambda.
bool tells_lambda(const ScalingFit& fit, const ScalingFindings& findings) {
  double most = 0;
  for (const ScalingPoint& point : findings.points) most = std::max(most, point.throughput);
  if (!(fit.lambda.value <= kAloneMost * most)) return false;
  if (findings.least_capacity <= 1) return true;
  return fit.lambda.interval && fit.lambda.interval->low > 0;
}

// Leaves out what is not determined.
void leave_out_unknown(ScalingFindings& findings) {
  const ScalingFit* const law = findings.preferred();
  if (law == nullptr) return;
  const bool known = tells_lambda(*law, findings);
  if (findings.universal && !(known && tells_lambda(*findings.universal, findings))) {
    findings.universal.reset();
  }
  if (!(known && tells_lambda(*findings.amdahl, findings))) findings.amdahl.reset();
}

bool declines_of(const Means& means, double tolerance) {
  const auto lower = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto best = std::max_element(means.begin(), means.end(), lower);
  return std::any_of(best, means.end(), [&](const auto& mean) {
    return mean.second < (1 - tolerance) * best->second;
  });
}

}  // namespace

const ScalingFit* ScalingFindings::preferred() const {
  if (universal && chance && *chance < kLawSignificance) return &*universal;
  return amdahl ? &*amdahl : nullptr;
}

std::optional<Interval> ScalingFindings::peak() const {
  const ScalingFit* const law = preferred();
  if (law == nullptr || law->law != ScalingLaw::universal || standstill || !declines) {
    return std::nullopt;
  }
  const std::optional<Interval> found = law->peak_capacity();
  return found && found->value <= kPeakBeyond * most_capacity ? found : std::nullopt;
}

std::optional<Interval> ScalingFindings::ceiling() const {
  const ScalingFit* const law = preferred();
  if (law == nullptr || standstill) return std::nullopt;
  double most = 0;
  for (const ScalingPoint& point : points) most = std::max(most, point.throughput);
  const std::optional<Interval> found = law->ceiling();
  return found && found->value <= kPeakBeyond * most ? found : std::nullopt;
}

ScalingFindings find_scaling(std::span<const ScalingPoint> points) {
  ScalingFindings findings;
  findings.points.assign(points.begin(), points.end());
  findings.capacities = different_capacities(points);
  const auto by_capacity = [](const ScalingPoint& a, const ScalingPoint& b) {
    return a.capacity < b.capacity;
  };
  const auto [least, most] = std::minmax_element(points.begin(), points.end(), by_capacity);
  findings.least_capacity = least->capacity;
  findings.most_capacity = most->capacity;
  findings.amdahl = fit(ScalingLaw::amdahl, points);
  findings.universal = fit(ScalingLaw::universal, points);
  const Means means = means_of(points);
  findings.tolerance = tolerance_of(points, means);
  findings.standstill = standstill_of(means, std::min(findings.tolerance, kStillMost));
  findings.declines = declines_of(means, findings.tolerance);
  if (findings.universal) {
    findings.chance = chance_of(*findings.amdahl, *findings.universal, size_of(points));
  }
  leave_out_unknown(findings);
  return findings;
}

}  // namespace double11::study
