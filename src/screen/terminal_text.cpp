#include <double11/screen/terminal_text.hpp>

#include <algorithm>
#include <utility>

#include "screen/terminal_parts.hpp"

namespace double11::screen {
namespace {

// Lines that are shown together or not at all; where there is no room for all, those with the
// largest number go first.
struct Block {
  Lines lines;
  int rank;
};
using Blocks = std::vector<Block>;

// Columns and rows that the tables need.
constexpr std::size_t kTableColumns = 59;
constexpr std::size_t kTableRows = 15;
// From so many rows on the chart has more of them.
constexpr std::size_t kChartRows = 21;
constexpr std::size_t kTallRows = 32;
// Fewer columns have room for one line only.
constexpr std::size_t kFewestColumns = 20;

Blocks with_tables(const View& view, std::size_t rows) {
  const Lines blank{view.line()};
  const std::size_t chart_rows = rows >= kTallRows ? 4 : rows >= kChartRows ? 2 : 1;
  return {{{name_line(view)}, 5},
          {blank, 13},
          {{target_line(view)}, 1},
          {chart_lines(view, chart_rows), 10},
          {{bar_line(view)}, 6},
          {{progress_line(view)}, 0},
          {blank, 12},
          {table_lines(view), 7},
          {blank, 11},
          {{latency_line(view)}, 9},
          {outcome_lines(view), 8},
          {fault_lines(view), 3},
          {{audit_line(view)}, 2},
          {key_lines(view), view.controls.help ? 1 : 4}};
}

Blocks without_tables(const View& view) {
  return {{{name_line(view)}, 5},
          {{target_line(view)}, 1},
          {{bar_line(view)}, 6},
          {{progress_line(view)}, 0},
          {{rates_line(view)}, 9},
          {{latency_line(view)}, 10},
          {{waiting_line(view)}, 8},
          {outcome_lines(view), 7},
          {fault_lines(view), 3},
          {{audit_line(view)}, 2},
          {key_lines(view), view.controls.help ? 1 : 4}};
}

std::size_t rows_of(const Blocks& blocks) {
  std::size_t rows = 0;
  for (const Block& block : blocks) rows += block.lines.size();
  return rows;
}

Blocks shortened(Blocks blocks, std::size_t rows) {
  while (rows_of(blocks) > rows && blocks.size() > 1) {
    blocks.erase(std::max_element(blocks.begin(), blocks.end(),
                                  [](const Block& a, const Block& b) { return a.rank < b.rank; }));
  }
  return blocks;
}

}  // namespace

std::vector<std::string> terminal_lines(const Showing& showing, const Tick& tick,
                                        const TickHistory& history, const Controls& controls,
                                        const Place& place) {
  const View view{showing,
                  tick,
                  history,
                  controls,
                  std::max<std::size_t>(place.columns, 1),
                  {place.color, place.utf8}};
  if (place.rows <= 1 || view.width < kFewestColumns) return {only_line(view).text()};
  const bool has_tables = view.width >= kTableColumns && place.rows >= kTableRows;
  const Blocks blocks =
      shortened(has_tables ? with_tables(view, place.rows) : without_tables(view), place.rows);
  std::vector<std::string> lines;
  for (const Block& block : blocks) {
    for (const Line& line : block.lines) lines.push_back(line.text());
  }
  return lines;
}

}  // namespace double11::screen
