#include "cli/story_text.hpp"

#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "report/text_parts.hpp"
#include "screen/bars.hpp"
#include "screen/line.hpp"

namespace double11::cli {
namespace {

using screen::Line;

constexpr screen::Ink kPlain{};
constexpr std::size_t kBarWidth = 36;
constexpr std::size_t kRows = 6;
constexpr std::size_t kAxis = 10;  // columns left of a chart
constexpr std::size_t kChart = 66;

std::string ended(const Line& line) {
  std::string text = line.text();
  text.resize(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

bool is_number(const std::string& title) {
  return title.starts_with('#');
}

std::string shown(const std::string& title) {
  return is_number(title) ? title.substr(1) : title;
}

std::string text_of_value(StoryTimeline::Unit unit, double value) {
  switch (unit) {
    case StoryTimeline::Unit::per_second:
      return short_rate(value);
    case StoryTimeline::Unit::people:
      return grouped(std::llround(value));
    case StoryTimeline::Unit::nanoseconds:
      return short_duration(Duration(std::llround(value)));
  }
  return "";
}

// At most so many values, each the mean of those that it stands for.
std::vector<double> thinned(const std::vector<double>& values, std::size_t most) {
  const std::size_t group = (values.size() + most - 1) / std::max<std::size_t>(most, 1);
  if (group <= 1) return values;
  std::vector<double> means;
  for (std::size_t begin = 0; begin < values.size(); begin += group) {
    const std::size_t end = std::min(begin + group, values.size());
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += values[i];
    means.push_back(sum / static_cast<double>(end - begin));
  }
  return means;
}

}  // namespace

std::string text_of(const std::string& paragraph) {
  return report::wrapped(paragraph);
}

std::string text_of(const StoryTable& table) {
  std::vector<std::size_t> widths;
  for (const std::string& title : table.titles) widths.push_back(shown(title).size());
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  const auto line_of = [&](const std::vector<std::string>& cells) {
    Line line(report::kWidth, kPlain);
    line.add("  ");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line.add("  ");
      if (is_number(table.titles[i])) {
        line.right(cells[i], widths[i]);
      } else {
        line.left(cells[i], widths[i]);
      }
    }
    return ended(line);
  };
  std::vector<std::string> titles;
  for (const std::string& title : table.titles) titles.push_back(shown(title));
  std::string text = report::wrapped(table.caption) + line_of(titles);
  for (const auto& row : table.rows) text += line_of(row);
  return text;
}

std::string text_of(const StoryBars& bars) {
  std::size_t label = 0;
  double most = 0;
  for (const StoryBars::Bar& bar : bars.bars) {
    label = std::max(label, bar.label.size());
    most = std::max(most, bar.value);
  }
  std::string text = report::wrapped(bars.caption);
  for (const StoryBars::Bar& bar : bars.bars) {
    Line line(report::kWidth, kPlain);
    line.add("  ").left(bar.label, label).add("  ");
    const double share = most > 0 ? bar.value / most : 0;
    // Anything above nothing is seen.
    const auto full = static_cast<std::size_t>(std::lround(share * static_cast<double>(kBarWidth)));
    line.add(std::string(bar.value > 0 ? std::max<std::size_t>(full, 1) : full, '#')).add("  ");
    text += ended(line.add(bar.text));
  }
  return text;
}

std::string text_of(const StoryTimeline& timeline) {
  const std::vector<double> values = thinned(timeline.values, kChart);
  const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
  std::string caption = timeline.caption;
  if (timeline.mark > 0) {
    caption += " (dashes: " + timeline.mark_label + ", " +
               text_of_value(timeline.unit, timeline.mark) + ")";
  }
  std::string text = report::wrapped(caption);
  const auto lines = screen::chart(values, timeline.mark, kRows, kPlain);
  for (std::size_t row = 0; row < lines.size(); ++row) {
    Line line(report::kWidth, kPlain);
    const double top = std::max(most, timeline.mark);
    line.right(row == 0                  ? text_of_value(timeline.unit, top)
               : row + 1 == lines.size() ? "0"
                                         : "",
               kAxis);
    text += ended(line.add(" |").add(lines[row].text()));
  }
  const auto count = static_cast<double>(timeline.values.size());
  const std::string end =
      short_duration(Duration(std::llround(count * static_cast<double>(timeline.spacing.count()))));
  Line axis(report::kWidth, kPlain);
  axis.to(kAxis + 2).add("0");
  axis.right(end, std::max(values.size(), end.size() + 2) - 1);
  return text + ended(axis);
}

}  // namespace double11::cli
