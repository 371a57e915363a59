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

std::optional<Standstill> standstill_of(std::span<const ScalingPoint> points) {
  std::map<double, std::vector<double>> throughputs;
  for (const ScalingPoint& point : points) throughputs[point.capacity].push_back(point.throughput);
  std::map<double, double> means;
  double squares = 0;
  for (const auto& [capacity, values] : throughputs) {
    double& mean = means[capacity];
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) squares += std::pow(value / mean - 1, 2);
  }
  // Twice the standard error of the difference of two means, by the relative scatter of all.
  const auto freedom = static_cast<double>(points.size() - means.size());
  const double each = static_cast<double>(points.size()) / static_cast<double>(means.size());
  const double scatter = freedom > 0 ? 2 * std::sqrt(squares / freedom * 2 / each) : 0;
  Standstill still{means.rbegin()->first, std::max(kStill, scatter)};
  const double last = means.rbegin()->second;
  for (auto mean = means.rbegin(); mean != means.rend(); ++mean) {
    if (!(std::abs(mean->second - last) <= still.tolerance * last)) break;
    still.from = mean->first;
  }
  if (still.from * kStillFrom > means.rbegin()->first) return std::nullopt;
  return still;
}

}  // namespace

const ScalingFit* ScalingFindings::preferred() const {
  if (universal && chance && *chance < kLawSignificance) return &*universal;
  return amdahl ? &*amdahl : nullptr;
}

std::optional<Interval> ScalingFindings::peak() const {
  const ScalingFit* const law = preferred();
  if (law == nullptr || law->law != ScalingLaw::universal || standstill) return std::nullopt;
  const std::optional<Interval> found = law->peak_capacity();
  return found && found->value <= kPeakBeyond * most_capacity ? found : std::nullopt;
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
  findings.standstill = standstill_of(points);
  if (findings.universal) {
    findings.chance = chance_of(*findings.amdahl, *findings.universal, size_of(points));
  }
  return findings;
}

}  // namespace double11::study
