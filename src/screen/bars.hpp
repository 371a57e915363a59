#pragma once
// Bars made of characters: how much of a whole, and a chart of a few rows.

#include <cstddef>
#include <vector>

#include "screen/line.hpp"

namespace double11::screen {

/// Adds a bar of so many columns of which `share` (0 to 1) is full.
void add_bar(Line& line, double share, std::size_t columns);

/// A chart of `values`, a column each, negative ones empty, from 0 to the largest value or to
/// `mark`, whichever is more. Values that reach `mark` (unless that is 0) are good, and where it
/// is there is a dashed line. The first row is the highest.
std::vector<Line> chart(const std::vector<double>& values, double mark, std::size_t rows, Ink ink);

}  // namespace double11::screen
