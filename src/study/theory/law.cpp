#include <double11/core/ensure.hpp>
#include <double11/study/theory/law.hpp>

#include <cmath>
#include <vector>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

namespace {

void ensure_positive(double a, double b) {
  ensure(a > 0 && b > 0, "the parameters of a law are above zero");
}

// Moments of `scale` times a variable with the raw moments m1, m2, m3.
Law scaled(double scale, double m1, double m2, double m3) {
  return {scale * m1, scale * scale * m2, scale * scale * scale * m3, {}};
}

}  // namespace

Law exponential_law(double mean) {
  return gamma_law(1, mean);
}

Law deterministic_law(double value) {
  ensure_positive(value, 1);
  Law law = scaled(value, 1, 1, 1);
  law.transform = [value](double s) { return std::exp(-s * value); };
  return law;
}

Law erlang_law(std::int64_t stages, double mean) {
  return gamma_law(static_cast<double>(stages), mean);
}

Law gamma_law(double shape, double mean) {
  ensure_positive(shape, mean);
  const double scale = mean / shape;
  Law law = scaled(scale, shape, shape * (shape + 1), shape * (shape + 1) * (shape + 2));
  law.transform = [shape, scale](double s) { return std::exp(-shape * std::log1p(s * scale)); };
  return law;
}

Law lognormal_law(double sigma, double mean) {
  ensure_positive(sigma, mean);
  const double variance = sigma * sigma;
  return scaled(mean, 1, std::exp(variance), std::exp(3 * variance));
}

Law uniform_law(double low, double high) {
  ensure(low >= 0 && low < high, "a uniform law has a width and is not negative");
  const auto raw = [&](double k) {
    return (std::pow(high, k + 1) - std::pow(low, k + 1)) / ((k + 1) * (high - low));
  };
  Law law = scaled(1, raw(1), raw(2), raw(3));
  law.transform = [low, high](double s) {
    const double width = s * (high - low);
    return std::exp(-s * low) * (width < 1e-300 ? 1 : -std::expm1(-width) / width);
  };
  return law;
}

Law pareto_law(double alpha, double mean) {
  ensure(alpha > 1 && mean > 0, "a Pareto law with a mean has an alpha above one");
  const double minimum = mean * (alpha - 1) / alpha;
  const auto raw = [&](double k) { return alpha > k ? alpha / (alpha - k) : kInfinite; };
  return scaled(minimum, raw(1), raw(2), raw(3));
}

Law weibull_law(double shape, double mean) {
  ensure_positive(shape, mean);
  const auto raw = [&](double k) { return std::tgamma(1 + k / shape); };
  return scaled(mean / raw(1), raw(1), raw(2), raw(3));
}

Law hyperexponential_law(std::span<const ExponentialBranch> branches) {
  Law law;
  double sum = 0;
  for (const auto& [probability, mean] : branches) {
    ensure(probability >= 0 && mean > 0, "branches have a probability and a mean");
    sum += probability;
    law.mean += probability * mean;
    law.second_moment += probability * 2 * mean * mean;
    law.third_moment += probability * 6 * mean * mean * mean;
  }
  ensure(std::abs(sum - 1) < 1e-9, "the probabilities of the branches add up to one");
  law.transform = [copy =
                       std::vector<ExponentialBranch>(branches.begin(), branches.end())](double s) {
    double value = 0;
    for (const auto& [probability, mean] : copy) value += probability / (1 + s * mean);
    return value;
  };
  return law;
}

Law balanced_hyperexponential_law(double scv, double mean) {
  ensure(scv > 1 && mean > 0, "two balanced branches have an scv above one");
  const double p = (1 + std::sqrt((scv - 1) / (scv + 1))) / 2;
  const ExponentialBranch branches[] = {{p, mean / (2 * p)}, {1 - p, mean / (2 * (1 - p))}};
  return hyperexponential_law(branches);
}

Law largest_exponential_law(std::int64_t count, double rate) {
  ensure(count >= 1 && rate > 0, "the largest of something needs a member and a rate");
  // Gaps between order statistics are independent exponentials of rates i * rate: add cumulants.
  double mean = 0;
  double variance = 0;
  double third_cumulant = 0;
  for (std::int64_t i = count; i >= 1; --i) {
    const double gap = 1 / (static_cast<double>(i) * rate);
    mean += gap;
    variance += gap * gap;
    third_cumulant += 2 * gap * gap * gap;
  }
  Law law{
      mean, variance + mean * mean, third_cumulant + 3 * variance * mean + mean * mean * mean, {}};
  law.transform = [count, rate](double s) {
    double value = 1;
    for (std::int64_t i = 1; i <= count; ++i) value /= 1 + s / (static_cast<double>(i) * rate);
    return value;
  };
  return law;
}

}  // namespace double11::study::theory
