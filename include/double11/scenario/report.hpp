#pragma once
// What a scenario asks of the report.

#include <double11/core/time.hpp>
#include <double11/scenario/switch.hpp>

#include <cstdint>
#include <string>

namespace double11::scenario {

/// What the report measures beyond what every report has.
struct Report {
  Switch fairness = Switch::off;
};

/// A published figure that the sale is held against (published.hpp).
struct PublishedPoint {
  Duration at{0};  ///< scenario time; 0: the whole run
  std::string what;
  std::string value;
  double tolerance = 0.01;  ///< relative deviation allowed
  std::string source;
};

}  // namespace double11::scenario
