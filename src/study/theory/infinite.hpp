#pragma once
// What a queue comes to whose load is above what its servers can do.

#include <limits>

namespace double11::study::theory {

inline constexpr double kInfinite = std::numeric_limits<double>::infinity();

}  // namespace double11::study::theory
