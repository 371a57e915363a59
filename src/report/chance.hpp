#pragma once
// What chance alone does to a count.

#include <algorithm>
#include <cmath>

namespace double11::report {

/// Three standard deviations of a Poisson count with this mean; of 0, of one event.
inline double chance_of(double count) {
  return 3 * std::sqrt(std::max(count, 0.0) + 1);
}

}  // namespace double11::report
