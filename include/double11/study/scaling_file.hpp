#pragma once
// Points of one's own for the scaling laws, from CSV text.

#include <double11/study/scaling_law.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace double11::study {

/// The points of a text with the columns n and throughput, and perhaps weight (of the squared
/// residual), in any order under a first line that names them, in capitals or not, separated by
/// commas, semicolons or tabs. Empty lines and lines that begin
/// with # are skipped. Or every mistake: line, found, allowed (n of 1 and more, the others above 0,
/// all at most 1e15).
[[nodiscard]] std::variant<std::vector<ScalingPoint>, std::vector<std::string>> parse_points(
    std::string_view csv);

}  // namespace double11::study
