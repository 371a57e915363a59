#pragma once
// Two results of one scenario side by side: what changed by more than chance, and whether that is a
// regression. A change counts when it is larger than the noise of the figure and than a threshold.
//
// Noise, from the results alone: of figures with replications in both, the half width of the 95 %
// interval of the difference (Welch's sum of variances, each half width as it was printed); of
// shares, three standard deviations of a binomial; of percentiles, how far apart the values are
// that lie three standard deviations of the rank away (the binomial interval of a quantile:
// Conover, "Practical Nonparametric Statistics", 1999, section 3.2); of rates in scenario time,
// three standard deviations of a Poisson count; of orders per second of the machine a tenth, as
// one run says nothing of the next.

#include <double11/scenario/metrics.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace double11::report {

/// A text that is no result of a sale. what() says why.
class NoResult : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Change : std::uint8_t { none, better, worse };

struct Difference {
  std::string name;  ///< of the metric, as in thresholds
  scenario::MetricUnit unit;
  double before;
  double after;
  double noise;  ///< a smaller difference says nothing
  Change change;
};

struct Comparison {
  std::string scenario;              ///< its name in the first result
  std::vector<std::string> differs;  ///< keys that the scenarios do not have in common
  std::vector<std::string> doubts;   ///< why the figures may not be comparable
  std::string verdict_before;
  std::string verdict_after;
  std::vector<Difference> figures;

  /// Something is worse: a figure, or a verdict that was PASS.
  [[nodiscard]] bool regressed() const;
};

/// Keys that the scenario of a result (a text from json()) and another, from scenario::to_json(),
/// do not have in common. Throws NoResult. Any thread.
std::vector<std::string> keys_that_differ(std::string_view result, std::string_view scenario);

/// Compares two texts from json(). `threshold`: relative, 0 or more. Throws NoResult. Any thread.
Comparison compare(std::string_view before, std::string_view after, double threshold);

/// The table for people, 80 columns.
std::string text_of(const Comparison& comparison);

/// The same as JSON.
std::string json_of(const Comparison& comparison);

}  // namespace double11::report
