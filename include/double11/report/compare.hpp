#pragma once
// Two results of one scenario side by side: what changed by more than chance, and whether that is a
// regression. A change counts when it is larger than the noise of the figure and than a threshold.
//
// Noise, from the results alone, for a difference of two, is what chance exceeds in 0.27 % of all
// cases: three standard deviations of a normal distribution. Where both have replications of a
// figure, Student's t says how many (Welch, Biometrika 34, 1947). Where they have not, three are
// taken
// - of peak rates in scenario time: of a second's count, from how neighbouring seconds differ (von
//   Neumann's mean square successive difference, 1941), at least those of a Poisson count;
// - of percentiles: of the rank (the binomial interval of a quantile: Conover, "Practical
//   Nonparametric Statistics", 1999, section 3.2), or, when that is more, of the mean of the
//   percentile from interval to interval;
// - of orders per second of the machine: of the difference between the same sixteenths of both
//   runs, at least a tenth, as a steady run says nothing of the next; not judged when a run is too
//   short for that, or the machine had other work;
// - of shares: of a binomial; of what was sold out, at least of the demand for it, a Poisson count.
//   Orders that are lost together (in an outage) scatter more than that;
//   of a close case ask replications.
// Networks are compared by their replications only.

#include <double11/scenario/metrics.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace double11::report {

/// A text that is no result, or one that cannot be compared. what() says why.
class NoResult : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What became of a figure, or why nothing is said of it.
enum class Change : std::uint8_t {
  better,
  worse,
  equal,            ///< to the last digit
  within_noise,     ///< chance does as much
  below_threshold,  ///< more than chance, but less than was asked for
  not_judged,       ///< neither way is the better one
};

struct Difference {
  std::string name;  ///< of the metric, as in thresholds
  scenario::MetricUnit unit;
  double before;
  double after;
  double noise;  ///< a smaller difference says nothing
  Change change;
};

/// A figure that cannot be compared.
struct LeftOut {
  std::string name;
  std::string why;
};

struct Comparison {
  std::string scenario;              ///< its name in the first result
  double threshold;                  ///< relative; smaller changes are neither better nor worse
  std::vector<std::string> differs;  ///< keys that the scenarios do not have in common
  std::vector<std::string> doubts;   ///< why the figures may not be comparable
  std::string verdict_before;
  std::string verdict_after;
  std::vector<Difference> figures;
  std::vector<LeftOut> left_out;

  /// Something is worse: a figure, or a verdict that was PASS.
  [[nodiscard]] bool regressed() const;
};

/// Keys that the scenario of a result (a text from json()) and another, from scenario::to_json(),
/// do not have in common. Throws NoResult. Any thread.
std::vector<std::string> keys_that_differ(std::string_view result, std::string_view scenario);

/// The metrics of a sale that are compared. Replications that hold all of them (replications.hpp)
/// are compared by nothing else.
std::vector<const scenario::Metric*> compared_metrics();

/// Compares two texts from json(). `threshold`: relative, 0 or more. Throws NoResult. Any thread.
Comparison compare(std::string_view before, std::string_view after, double threshold);

/// The table for people, 80 columns.
std::string text_of(const Comparison& comparison);

/// The files that were compared, as they were named.
struct ComparedFiles {
  std::string before;
  std::string after;
};

/// The same as JSON, and which files it is about.
std::string json_of(const Comparison& comparison, const ComparedFiles& files);

/// The result `after` (a text from json()) with what was found in it: "baseline", which is the
/// comparison and the name of the file that it was compared with, and `text` at the end of its
/// report for people, if it has one.
std::string with_comparison(const std::string& after, const Comparison& comparison,
                            const std::string& file, const std::string& text);

}  // namespace double11::report
