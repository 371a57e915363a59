#pragma once
// Small figures that several parts of the report are made of.

#include <double11/core/time.hpp>
#include <double11/core/units.hpp>

#include <cmath>
#include <string>

namespace double11::report {

/// 0 of nothing.
inline double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

/// "82.3ms".
inline std::string in_words(double seconds) {
  return short_duration(Duration(std::llround(seconds * 1e9)));
}

}  // namespace double11::report
