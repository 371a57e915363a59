#pragma once
// What chance alone does to a count.

#include <algorithm>
#include <cmath>

namespace double11::report {

/// So many standard deviations are taken for chance.
inline constexpr double kDeviations = 3;

/// kDeviations of a Poisson count with this mean; of 0, of one event.
inline double chance_of(double count) {
  return kDeviations * std::sqrt(std::max(count, 0.0) + 1);
}

}  // namespace double11::report
