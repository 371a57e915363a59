#pragma once
// Several replications of one simulation: what chance does to every figure.

#include <cstddef>
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

/// The JSON object `json` with the figures as its member "replications".
[[nodiscard]] std::string with_figures(const std::string& json, std::span<const Figure> figures);

}  // namespace double11::report
