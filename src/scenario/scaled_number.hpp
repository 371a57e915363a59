#pragma once
// Figures of a sale that is `scale` times as large, as they can be written and read again.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace double11::scenario {

/// A rate per second: 0 stays 0, and no other becomes 0 or infinite.
inline double scaled_rate(double rate_per_s, double scale) {
  if (rate_per_s == 0) return 0;
  return std::clamp(rate_per_s * scale, std::numeric_limits<double>::min(),
                    std::numeric_limits<double>::max());
}

/// A whole number. Beyond what a count can hold nothing is simulated, either.
inline std::int64_t scaled_count(double count, double scale) {
  return std::llround(std::min(count * scale, 9e18));
}

}  // namespace double11::scenario
