#pragma once
// Repeated measurements of one thing, as a demo tells them.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace double11::cli {

/// From the smallest to the largest: "5.2 (4.9 to 8.1)".
struct Spread {
  double median = 0;
  double least = 0;
  double most = 0;

  /// Whether the ranges have a value in common, whichever is the higher one.
  [[nodiscard]] bool overlaps(const Spread& other) const {
    return least <= other.most && other.least <= most;
  }
};

/// Of at least one value.
inline Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  return {median, values.front(), values.back()};
}

}  // namespace double11::cli
