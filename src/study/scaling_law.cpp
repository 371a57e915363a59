#include <double11/study/scaling_law.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include "study/least_squares.hpp"

namespace double11::study {
namespace {

constexpr double kConfidence = 0.95;

// From here on work is as good as wholly serial, and there is no peak but at one unit.
constexpr double kSerial = 0.999;

// The law in its parameters lambda, sigma, kappa.
std::optional<ModelValue> law_at(const Vector& parameters, double n) {
  const double below = 1 + parameters[1] * (n - 1) + parameters[2] * n * (n - 1);
  if (!(below > 0)) return std::nullopt;
  const double value = parameters[0] * n / below;
  return ModelValue{value, {n / below, -value * (n - 1) / below, -value * n * (n - 1) / below}};
}

// What linear regression gives for N / X, which is linear in 1, N - 1 and N (N - 1), weighted so
// that its residuals count about as much as those of X.
Vector start_of(std::span<const ScalingPoint> points, const Free& free) {
  double lambda = 0;
  std::vector<Observation> observations;
  for (const ScalingPoint& point : points) {
    lambda = std::max(lambda, point.throughput / point.capacity);
    const double size = point.throughput * point.throughput / point.capacity;
    observations.push_back(
        {point.capacity, point.capacity / point.throughput, point.weight * size * size});
  }
  const Model line = [](const Vector& parameters, double n) {
    const Vector terms{1, n - 1, n * (n - 1)};
    ModelValue at{0, terms};
    for (std::size_t i = 0; i < kParameters; ++i) at.value += parameters[i] * terms[i];
    return std::optional(at);
  };
  const Vector found = minimise(line, observations, {1 / lambda, 0, 0}, free).parameters;
  if (!(found[0] > 0)) return {lambda, 0, 0};
  return {1 / found[0], std::max(0.0, found[1] / found[0]), std::max(0.0, found[2] / found[0])};
}

double student_quantile(std::size_t freedom) {
  return quantile(boost::math::students_t(static_cast<double>(freedom)), (1 + kConfidence) / 2);
}

Coefficient coefficient_of(const LeastSquares& found, std::size_t i, bool free, double variance,
                           std::size_t freedom) {
  Coefficient coefficient;
  coefficient.value = found.parameters[i];
  if (!free || !found.inverse || freedom == 0) return coefficient;
  coefficient.standard_error = std::sqrt(std::max(0.0, (*found.inverse)[i][i]) * variance);
  const double half = student_quantile(freedom) * *coefficient.standard_error;
  coefficient.interval =
      Interval{coefficient.value, coefficient.value - half, coefficient.value + half};
  return coefficient;
}

// The interval of a function above 0 of the coefficients: the delta method on its logarithm, whose
// derivatives are taken by differences.
Interval derived(const ScalingFit& fit, const std::function<double(const Vector&)>& function) {
  const Vector at{fit.lambda.value, fit.sigma.value, fit.kappa.value};
  Vector slopes{};
  for (std::size_t i = 0; i < kParameters; ++i) {
    const double step = 1e-5 * at[i];
    if (!(step > 0)) continue;
    Vector above = at;
    Vector below = at;
    above[i] += step;
    below[i] -= step;
    slopes[i] = (std::log(function(above)) - std::log(function(below))) / (2 * step);
  }
  double variance = 0;
  for (std::size_t i = 0; i < kParameters; ++i) {
    for (std::size_t j = 0; j < kParameters; ++j) {
      variance += slopes[i] * slopes[j] * fit.covariance[i][j];
    }
  }
  const double value = function(at);
  const double factor =
      std::exp(student_quantile(fit.freedom) * std::sqrt(std::max(0.0, variance)));
  return {value, value / factor, value * factor};
}

double peak_of(const Vector& parameters) {
  return std::sqrt(std::max(0.0, 1 - parameters[1]) / parameters[2]);
}

}  // namespace

double ScalingFit::throughput(double capacity) const {
  return law_at({lambda.value, sigma.value, kappa.value}, capacity)->value;
}

bool ScalingFit::falls() const {
  return sigma.value >= kSerial || sigma.value + kappa.value >= 1;
}

std::optional<Interval> ScalingFit::peak_capacity() const {
  if (kappa.may_be_none() || falls()) return std::nullopt;
  return derived(*this, peak_of);
}

std::optional<Interval> ScalingFit::peak_throughput() const {
  if (kappa.may_be_none() || falls()) return std::nullopt;
  return derived(*this, [](const Vector& at) { return law_at(at, peak_of(at))->value; });
}

std::optional<Interval> ScalingFit::ceiling() const {
  if (sigma.may_be_none() || falls()) return std::nullopt;
  return derived(*this, [](const Vector& at) { return at[0] / at[1]; });
}

std::optional<double> ScalingFit::optimum() const {
  if (sigma.may_be_none() || falls()) return std::nullopt;
  return 1 / sigma.value;
}

std::size_t different_capacities(std::span<const ScalingPoint> points) {
  std::set<double> capacities;
  for (const ScalingPoint& point : points) capacities.insert(point.capacity);
  return capacities.size();
}

std::optional<ScalingFit> fit(ScalingLaw law, std::span<const ScalingPoint> points) {
  if (different_capacities(points) < capacities_needed(law)) return std::nullopt;
  std::vector<Observation> observations;
  for (const ScalingPoint& point : points) {
    observations.push_back({point.capacity, point.throughput, point.weight});
  }
  // Inside first; then the bounds that may hold. Among those that respect them, the best.
  const bool universal = law == ScalingLaw::universal;
  const std::vector<Free> faces{
      {true, true, universal}, {true, false, universal}, {true, true, false}, {true, false, false}};
  std::optional<LeastSquares> best;
  Free best_free{};
  for (const Free& free : faces) {
    const LeastSquares found = minimise(law_at, observations, start_of(points, free), free);
    const bool allowed = found.parameters[1] >= 0 && found.parameters[2] >= 0;
    if (!allowed || (best && found.squares >= best->squares)) continue;
    best = found;
    best_free = free;
    if (free == faces.front()) break;
  }
  ScalingFit result;
  result.law = law;
  result.squares = best->squares;
  const auto moved = static_cast<std::size_t>(std::count(best_free.begin(), best_free.end(), true));
  result.freedom = points.size() - moved;
  const double variance = best->squares / static_cast<double>(result.freedom);
  result.residual_standard_error = std::sqrt(variance);
  const auto coefficient = [&](std::size_t i) {
    return coefficient_of(*best, i, best_free[i], variance, result.freedom);
  };
  result.lambda = coefficient(0);
  result.sigma = coefficient(1);
  result.kappa = coefficient(2);
  result.sigma.at_bound = !best_free[1];
  result.kappa.at_bound = universal && !best_free[2];
  for (std::size_t i = 0; best->inverse && i < kParameters; ++i) {
    for (std::size_t j = 0; j < kParameters; ++j) {
      result.covariance[i][j] = (*best->inverse)[i][j] * variance;
    }
  }
  return result;
}

}  // namespace double11::study
