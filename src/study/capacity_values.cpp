#include "study/capacity_values.hpp"

#include <algorithm>
#include <cmath>

namespace double11::study {
namespace {

// Above this ratio of its ends an interval is halved by ratio, else by difference.
constexpr double kByRatio = 4;
// The end of the way down is never farther than this, however many halvings it is.
constexpr int kHalvings = 10;

}  // namespace

double CapacityValues::tidy(double value) const {
  if (value == 0) return 0;
  const double digits = std::ceil(-std::log10(options_.tolerance)) + 2;
  const double power = std::floor(std::log10(std::abs(value))) + 1 - digits;
  double rounded = power >= 0 ? std::round(value / std::pow(10, power)) * std::pow(10, power)
                              : std::round(value * std::pow(10, -power)) / std::pow(10, -power);
  if (options_.whole) rounded = std::round(rounded);
  return std::clamp(rounded, options_.least.value, options_.most.value);
}

double CapacityValues::width(double value) const {
  const double wanted = options_.tolerance * std::max(std::abs(value), options_.unit);
  return options_.whole ? std::max(wanted, 1.0) : wanted;
}

double CapacityValues::middle(double a, double b) const {
  const double low = std::min(a, b);
  const double high = std::max(a, b);
  const bool by_ratio = low > 0 && high / low > kByRatio;
  const double exact = by_ratio ? std::sqrt(low * high) : low + (high - low) / 2;
  const double tidied = tidy(exact);
  if (tidied > low && tidied < high) return tidied;
  const double whole = std::floor(exact);
  return options_.whole && whole > low ? whole : low;
}

double CapacityValues::next(double value, bool up, int left) const {
  if (up) {
    const double more = value > 0 ? value * 2 : options_.unit;
    return more >= options_.most.value ? options_.most.value : tidy(more);
  }
  const double less = options_.whole ? std::floor(value / 2) : value / 2;
  // The end of the way down is never far; of what should be as much as possible it is nothing at
  // all, and tells nothing.
  const double from = options_.start > 0 ? options_.start : options_.unit;
  const bool is_last = options_.least.asked ? less <= std::ldexp(from, -kHalvings) : left <= 1;
  const bool to_end = options_.least.asked || options_.limit != Limit::highest;
  return less <= options_.least.value || (is_last && to_end) ? options_.least.value : tidy(less);
}

}  // namespace double11::study
