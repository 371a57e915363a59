#pragma once
// Several replications of one simulation: what chance does to every figure.

#include <double11/report/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace double11::report {

/// A figure over replications.
struct Estimate {
  std::size_t count = 0;
  double mean = 0;
  std::optional<double> half_width;  ///< 95 % confidence; not of one value, nor of infinite ones
  double least = 0;
  double most = 0;
};

/// Mean and 95 % confidence interval by Student's t, for independent values, at least one.
[[nodiscard]] Estimate estimate(std::span<const double> values);

/// One figure of several replications and how it is written.
struct Figure {
  std::string name;
  std::vector<double> values;
  std::function<std::string(double)> text;
};

/// A table of at most 80 columns: name, mean, plus or minus, least, most.
[[nodiscard]] std::string text_of(std::span<const Figure> figures);

/// A JSON object: name to {mean, half_width_95 (null for a single value), least, most, values}.
[[nodiscard]] std::string json_of(std::span<const Figure> figures);

/// What came of all of them.
struct Replicated {
  std::int64_t passed;
  std::int64_t runs;
  Status worst;
  std::string before;  ///< what the report for people says before that of the first
  std::string after;
};

/// The result `json` of the first as that of all: the figures as its member "replications", in its
/// verdict the worst status and how many passed, in its text what is said of all.
[[nodiscard]] std::string with_replications(const std::string& json,
                                            std::span<const Figure> figures, const Replicated& all);

}  // namespace double11::report
