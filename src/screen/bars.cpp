#include "screen/bars.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace double11::screen {
namespace {

// How full a character is, in eighths.
constexpr std::size_t kEighths = 8;
constexpr std::array<std::string_view, kEighths + 1> kBlocks{" ", "▁", "▂", "▃", "▄",
                                                             "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, kEighths + 1> kPlain{" ", ".", ":", ";", "=",
                                                            "+", "*", "#", "@"};

std::size_t part_of(double value, double whole, std::size_t parts) {
  const double share = whole > 0 ? std::clamp(value / whole, 0.0, 1.0) : 0;
  return static_cast<std::size_t>(std::lround(share * static_cast<double>(parts)));
}

}  // namespace

void add_bar(Line& line, double share, std::size_t columns) {
  const bool utf8 = line.ink().utf8;
  const std::size_t full = part_of(share, 1, columns);
  for (std::size_t i = 0; i < full; ++i) line.add(utf8 ? "━" : "=");
  std::string rest;
  for (std::size_t i = full; i < columns; ++i) rest += utf8 ? "─" : "-";
  line.add(rest, Style::quiet);
}

std::vector<Line> chart(const std::vector<double>& values, double mark, std::size_t rows, Ink ink) {
  const auto& blocks = ink.utf8 ? kBlocks : kPlain;
  const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
  const double top = std::max(most, mark);
  const std::size_t levels = rows * kEighths;
  // The row in which the mark's own level ends.
  const std::size_t mark_row =
      rows - 1 - (std::max<std::size_t>(part_of(mark, top, levels), 1) - 1) / kEighths;
  std::vector<Line> lines;
  for (std::size_t row = 0; row < rows; ++row) {
    Line line(values.size(), ink);
    const std::size_t below = (rows - 1 - row) * kEighths;
    for (const double value : values) {
      // Anything above nothing is seen.
      const std::size_t level =
          value > 0 ? std::max<std::size_t>(part_of(value, top, levels), 1) : 0;
      const std::size_t here = std::clamp(level, below, below + kEighths) - below;
      if (here > 0) {
        line.add(blocks[here], mark > 0 && value >= mark ? Style::good : Style::plain);
      } else if (mark > 0 && row == mark_row && rows > 1) {
        line.add(ink.utf8 ? "╌" : "-", Style::quiet);
      } else {
        line.add(" ");
      }
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace double11::screen
