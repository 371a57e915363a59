#include <double11/study/fitted_law.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace double11::study {
namespace {

using scenario::Distribution;
using scenario::RandomDuration;

// The ranges of the keys (key_rows_random.cpp).
constexpr double kShapeLeast = 0.05;
constexpr double kShapeMost = 1000;
constexpr double kSigmaMost = 5;
constexpr double kScvLeast = 1.001;
constexpr double kScvMost = 1000;

// Enough cells for estimates that sum powers over all of them many times.
constexpr std::size_t kFewCells = 2000;

Duration rounded(double ns) {
  return Duration(std::max<std::int64_t>(1, std::llround(ns)));
}

// What the estimates need of the measurements.
struct Moments {
  explicit Moments(const Timings& timings) : cells(timings.cells(kFewCells)) {
    mean = timings.mean_ns();
    scv = std::pow(timings.deviation_ns() / mean, 2);
    for (const Timings::Cell& cell : cells) {
      log_mean += std::log(cell.value_ns) * weight(cell, timings);
    }
    for (const Timings::Cell& cell : cells) {
      log_variance += std::pow(std::log(cell.value_ns) - log_mean, 2) * weight(cell, timings);
    }
  }

  static double weight(const Timings::Cell& cell, const Timings& timings) {
    return static_cast<double>(cell.count) / static_cast<double>(timings.count());
  }

  std::vector<Timings::Cell> cells;
  double mean = 0;
  double scv = 0;
  double log_mean = 0;  // of the logarithms; without a value where durations are 0
  double log_variance = 0;
};

// Newton's iteration for ln k - digamma(k) = ln mean - mean of logarithms, from Minka's start.
double gamma_shape(const Moments& moments) {
  const double s = std::log(moments.mean) - moments.log_mean;
  if (s <= 0) return kShapeMost;
  double shape = (3 - s + std::sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
  for (int step = 0; step < 20; ++step) {
    const double error = std::log(shape) - boost::math::digamma(shape) - s;
    const double slope = 1 / shape - boost::math::trigamma(shape);
    shape = std::clamp(shape - error / slope, shape / 2, shape * 2);
  }
  return std::clamp(shape, kShapeLeast, kShapeMost);
}

// Bisection on the likelihood's equation: sum x^k ln x / sum x^k - 1/k = mean of logarithms, whose
// left side grows with k. In units of the longest, so that no power overflows.
double weibull_shape(const Moments& moments, double most_ns) {
  double low = kShapeLeast;
  double high = kShapeMost;
  for (int step = 0; step < 60; ++step) {
    const double shape = std::sqrt(low * high);
    double powers = 0;
    double with_logs = 0;
    for (const Timings::Cell& cell : moments.cells) {
      const double log = std::log(cell.value_ns / most_ns);
      const double power = std::exp(shape * log) * static_cast<double>(cell.count);
      powers += power;
      with_logs += power * log;
    }
    const double left = with_logs / powers - 1 / shape;
    (left < moments.log_mean - std::log(most_ns) ? low : high) = shape;
  }
  return std::sqrt(low * high);
}

// Where the law and the measurements are furthest apart, just before each value and at it.
FittedLaw judged(const RandomDuration& law, const Timings& timings) {
  FittedLaw fitted{law, 0, 0, 0, 0};
  const auto count = static_cast<double>(timings.count());
  std::int64_t passed = 0;
  for (const Timings::Cell& cell : timings.cells()) {
    for (const double value_ns : {cell.value_ns - 1, cell.value_ns}) {
      const double by_law = share_up_to(law, value_ns);
      const double share = static_cast<double>(passed) / count;
      const double distance = std::abs(share - by_law);
      if (distance > fitted.distance) fitted = {law, distance, cell.value_ns, share, by_law};
      if (value_ns < cell.value_ns) passed += cell.count;
    }
  }
  return fitted;
}

}  // namespace

double share_up_to(const RandomDuration& law, double value_ns) {
  const auto mean = static_cast<double>(law.mean.count());
  if (value_ns < 0) return 0;
  switch (law.distribution) {
    case Distribution::constant:
      // The law's nanosecond is as whole as a measured one.
      return value_ns + 0.5 >= mean ? 1 : 0;
    case Distribution::exponential:
      return -std::expm1(-value_ns / mean);
    case Distribution::lognormal: {
      const auto p50 = static_cast<double>(law.p50.count());
      const double sigma = std::log(static_cast<double>(law.p99.count()) / p50) /
                           boost::math::quantile(boost::math::normal(), 0.99);
      return cdf(boost::math::lognormal(std::log(p50), sigma), value_ns);
    }
    case Distribution::lognormal_mean:
      return cdf(boost::math::lognormal(std::log(mean) - 0.5 * law.sigma * law.sigma, law.sigma),
                 value_ns);
    case Distribution::uniform: {
      const auto least = static_cast<double>(law.least.count());
      const auto most = static_cast<double>(law.most.count());
      return std::clamp((value_ns - least) / (most - least), 0.0, 1.0);
    }
    case Distribution::erlang:
    case Distribution::gamma:
      return boost::math::gamma_p(law.shape, value_ns * law.shape / mean);
    case Distribution::weibull: {
      const double scale = mean / std::tgamma(1 + 1 / law.shape);
      return -std::expm1(-std::pow(value_ns / scale, law.shape));
    }
    case Distribution::pareto: {
      const double least = mean * (law.shape - 1) / law.shape;
      return value_ns <= least ? 0 : 1 - std::pow(least / value_ns, law.shape);
    }
    case Distribution::hyperexponential: {
      const double share = 0.5 * (1 + std::sqrt((law.scv - 1) / (law.scv + 1)));
      return -share * std::expm1(-value_ns * 2 * share / mean) -
             (1 - share) * std::expm1(-value_ns * 2 * (1 - share) / mean);
    }
    case Distribution::empirical:
    case Distribution::none:
      break;
  }
  return 0;
}

std::vector<FittedLaw> fitted_laws(const Timings& timings) {
  const Moments moments(timings);
  std::vector<FittedLaw> laws;
  RandomDuration law;
  law.mean = Duration(std::llround(moments.mean));  // 0 only of a constant
  const auto add = [&](Distribution distribution) {
    law.distribution = distribution;
    laws.push_back(judged(law, timings));
  };
  add(Distribution::constant);
  law.mean = rounded(moments.mean);
  const bool varies = timings.least_ns() < timings.most_ns() && moments.scv > 1e-9;
  if (varies) {
    add(Distribution::exponential);
    law.shape = std::clamp(std::round(1 / moments.scv), 1.0, kShapeMost);
    add(Distribution::erlang);
    law.least = Duration(timings.least_ns());
    law.most = Duration(timings.most_ns());
    add(Distribution::uniform);
    law.scv = std::min(moments.scv, kScvMost);
    if (law.scv > kScvLeast) add(Distribution::hyperexponential);
    law.p50 = rounded(timings.quantile_ns(0.5));
    law.p99 = rounded(timings.quantile_ns(0.99));
    if (law.p50 < law.p99) add(Distribution::lognormal);
  }
  if (varies && timings.least_ns() > 0) {
    law.shape = gamma_shape(moments);
    add(Distribution::gamma);
    law.sigma = std::min(std::sqrt(moments.log_variance), kSigmaMost);
    law.mean = rounded(std::exp(moments.log_mean + 0.5 * law.sigma * law.sigma));
    add(Distribution::lognormal_mean);
    law.shape = weibull_shape(moments, static_cast<double>(timings.most_ns()));
    double power_mean = 0;
    for (const Timings::Cell& cell : moments.cells) {
      power_mean +=
          std::pow(cell.value_ns / moments.mean, law.shape) * Moments::weight(cell, timings);
    }
    law.mean = rounded(moments.mean * std::pow(power_mean, 1 / law.shape) *
                       std::tgamma(1 + 1 / law.shape));
    add(Distribution::weibull);
    const auto least = static_cast<double>(timings.least_ns());
    law.shape = std::min(1 / (moments.log_mean - std::log(least)), kShapeMost);
    if (law.shape > 1.001) {
      law.mean = rounded(least * law.shape / (law.shape - 1));
      add(Distribution::pareto);
    }
  }
  std::stable_sort(laws.begin(), laws.end(), [](const FittedLaw& one, const FittedLaw& other) {
    return one.distance < other.distance;
  });
  return laws;
}

}  // namespace double11::study
