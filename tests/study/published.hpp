#pragma once
// Values computed elsewhere, printed with ten significant digits.

#include <cstddef>
#include <vector>

#include "catch.hpp"

namespace double11::study {

/// Equal to the last printed digit.
inline Approx ten_digits(double value) {
  return Approx(value).epsilon(6e-10).margin(0);
}

/// Equal to the tolerance with which the other side was solved, relative.
inline Approx within(double tolerance, double value) {
  return Approx(value).epsilon(tolerance).margin(0);
}

/// All elements equal to the last printed digit.
inline void check_each(const std::vector<double>& actual, const std::vector<double>& expected) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    CAPTURE(i);
    CHECK(actual[i] == ten_digits(expected[i]));
  }
}

}  // namespace double11::study
