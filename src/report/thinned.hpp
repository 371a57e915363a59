#pragma once
// Results made smaller for a page: nobody sees more than this on a screen.

#include <cstddef>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Most rows of a series in a page.
inline constexpr std::size_t kRowsMost = 1'500;

/// How many rows of `rows` become one, so that no more than kRowsMost are left.
constexpr std::size_t rows_in_one(std::size_t rows) {
  return (rows + kRowsMost - 1) / kRowsMost;
}

/// Leaves at most 400 of the "cells" of a histogram: neighbours become one, under the upper edge of
/// the last, so that none of their values is above it; 0 keeps its own. Throws
/// nlohmann::ordered_json::exception.
void thin_histogram(nlohmann::ordered_json& histogram);

}  // namespace double11::report
