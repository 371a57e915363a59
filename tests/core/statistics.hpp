#pragma once
// Tests of randomness: by z-score and chi-square, with limits that a correct program passes on all
// but one seed in ten thousand. Seeds are fixed, so a pass stays a pass.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::statistics {

/// Two-sided standard normal limit for alpha = 1e-4.
inline constexpr double kZLimit = 3.8906;
/// One-sided standard normal limit for alpha = 1e-4.
inline constexpr double kZLimitUpper = 3.7190;

/// Distance of `successes` among `trials` from the share `probability`, in standard errors.
inline double z_of_share(std::int64_t successes, std::int64_t trials, double probability) {
  const auto n = static_cast<double>(trials);
  return (static_cast<double>(successes) - n * probability) /
         std::sqrt(n * probability * (1 - probability));
}

/// Distance of the mean of `values` from `mean`, in standard errors by their own variance.
inline double z_of_mean(const std::vector<double>& values, double mean) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  double squares = 0;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return (sum / n - mean) / std::sqrt(squares / (n - 1) / n);
}

/// Pearson's statistic of `observed` counts against `expected` ones of the same total.
inline double chi_square(const std::vector<std::int64_t>& observed,
                         const std::vector<double>& expected) {
  double statistic = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double off = static_cast<double>(observed[i]) - expected[i];
    statistic += off * off / expected[i];
  }
  return statistic;
}

/// Pearson's statistic against equal counts.
inline double chi_square_even(const std::vector<std::int64_t>& observed) {
  double total = 0;
  for (const std::int64_t count : observed) total += static_cast<double>(count);
  const auto cells = static_cast<double>(observed.size());
  return chi_square(observed, std::vector<double>(observed.size(), total / cells));
}

/// The value that chi-square with `freedom` degrees passes with the probability of `z`
/// (Wilson and Hilferty 1931; good to a percent from three degrees on).
inline double chi_square_limit(std::size_t freedom, double z = kZLimitUpper) {
  const auto k = static_cast<double>(freedom);
  const double root = 1 - 2 / (9 * k) + z * std::sqrt(2 / (9 * k));
  return k * root * root * root;
}

}  // namespace double11::statistics
