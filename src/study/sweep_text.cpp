// A sweep in words and as a table.
#include <double11/study/sweep_result.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace double11::study {
namespace {

constexpr std::size_t kWidth = 80;
// Of all factors together; the rest is for what was measured.
constexpr std::size_t kFactorsWidth = 44;
// Combinations that are named in a sentence.
constexpr std::size_t kNamed = 3;
// What is no change.
constexpr double kSame = 0.01;

std::string value_text(const SweepResult& result, std::size_t metric, double value) {
  return scenario::text_of(result.metrics[metric].unit, value);
}

bool passes(const SweepRow& row) {
  return !row.trials.empty() &&
         std::all_of(row.trials.begin(), row.trials.end(),
                     [](const SweepTrial& trial) { return trial.verdict == "PASS"; });
}

std::string on_verdicts(const SweepResult& result) {
  std::vector<std::string> names;
  std::size_t measured = 0;
  std::size_t distrusted = 0;
  for (const SweepRow& row : result.rows) {
    if (!row.trials.empty()) ++measured;
    distrusted += static_cast<std::size_t>(
        std::count_if(row.trials.begin(), row.trials.end(),
                      [](const SweepTrial& trial) { return !trial.trusted; }));
    if (passes(row)) names.push_back(label_of(result, row.combination));
  }
  const bool all = names.size() == measured && measured > 1;
  std::string text = all ? fmt::format("All {} combinations pass", measured)
                         : fmt::format("{} of {} combinations {}", names.size(), measured,
                                       names.size() == 1 ? "passes" : "pass");
  if (result.rounds > 1) text += " in every round";
  if (all) names.clear();
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    text += (i == 0 ? ": " : ", ") + names[i];
  }
  text += names.size() > kNamed ? fmt::format(" and {} more.", names.size() - kNamed) : ".";
  if (distrusted > 0) {
    text += fmt::format(" {} {} cannot be trusted (INVALID or VIOLATED).", distrusted,
                        distrusted == 1 ? "trial" : "trials");
  }
  return text;
}

std::string on_scale(const SweepResult& result) {
  const std::optional<double> scale = scale_of(result);
  if (scale == 1.0) return {};
  if (!scale) {
    return "Scaled: each combination is simulate.scale times that sale, and so are its counts, "
           "rates and money.";
  }
  return fmt::format(
      "Scaled: {:g} times that sale, and so are the counts, rates and money below "
      "(simulate.scale).",
      *scale);
}

// Whether nothing varies but chance.
bool is_over_seeds(const SweepResult& result) {
  return result.factors.size() == 1 && result.factors.front().factor.key == "seed";
}

// Combinations whose rounds overlap with those of the highest.
std::size_t overlapping(const SweepResult& result, std::size_t highest) {
  const double least = summary_of(result.rows[highest], 0)->least;
  std::size_t count = 0;
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const auto summary = summary_of(result.rows[i], 0);
    if (i != highest && summary && summary->most >= least) ++count;
  }
  return count;
}

std::string on_extremes(const SweepResult& result) {
  const std::size_t highest = *highest_of(result);
  std::size_t lowest = highest;
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const auto summary = summary_of(result.rows[i], 0);
    if (summary && summary->median < summary_of(result.rows[lowest], 0)->median) lowest = i;
  }
  const double most = summary_of(result.rows[highest], 0)->median;
  const double least = summary_of(result.rows[lowest], 0)->median;
  const std::string& name = result.metrics.front().name;
  if (highest == lowest) {
    return fmt::format("{} is {} in all of them.", name, value_text(result, 0, most));
  }
  if (is_over_seeds(result)) {
    return fmt::format("{} is from {} to {}: what chance does to it.", name,
                       value_text(result, 0, least), value_text(result, 0, most));
  }
  std::string text =
      fmt::format("{} is highest, {}, at {} and lowest, {}, at {}.", name,
                  value_text(result, 0, most), label_of(result, result.rows[highest].combination),
                  value_text(result, 0, least), label_of(result, result.rows[lowest].combination));
  if (const std::size_t count = overlapping(result, highest); result.rounds > 1 && count > 0) {
    text += fmt::format(" Within the spread of the highest {} {} of the others.",
                        count == 1 ? "is" : "are", count);
  }
  return text;
}

// Whether more of the only factor changes the metric; of an amount, from where on no more.
std::string on_plateau(const SweepResult& result) {
  if (result.factors.size() != 1 || result.factors.front().numbers.empty()) return {};
  if (is_over_seeds(result)) return {};
  std::map<double, std::size_t> rows;
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    if (!result.rows[i].trials.empty()) rows[result.factors.front().numbers[i]] = i;
  }
  if (rows.size() < 3) return {};
  const double last = summary_of(result.rows[rows.rbegin()->second], 0)->median;
  if (!std::isfinite(last)) return {};
  std::size_t from = rows.rbegin()->second;
  std::size_t same = 0;
  double least = last;
  double most = last;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const double median = summary_of(result.rows[row->second], 0)->median;
    least = std::min(least, median);
    most = std::max(most, median);
    if (!(most - least <= kSame * std::abs(last))) break;
    from = row->second;
    ++same;
  }
  if (same < 2) return {};
  const std::string& key = result.factors.front().factor.key;
  if (same == rows.size()) {
    return fmt::format("{} does not depend on {}: it changes by less than {:g} %.",
                       result.metrics.front().name, key, kSame * 100);
  }
  if (!is_amount(key)) return {};
  const std::string label = label_of(result, result.rows[from].combination);
  if (last == 0) return fmt::format("From {} on it is 0.", label);
  return fmt::format("From {} on it changes by less than {:g} %: something else sets it there.",
                     label, kSame * 100);
}

std::string percent_text(double percent) {
  return percent >= 9.95 ? fmt::format("{:.0f}%", percent) : fmt::format("{:.2g}%", percent);
}

// A column of the table.
struct Column {
  std::vector<std::string> head;  // by lines
  std::vector<std::string> cells;
  bool left = false;
  [[nodiscard]] std::size_t width() const {
    std::size_t most = 0;
    for (const auto* const texts : {&head, &cells}) {
      for (const std::string& text : *texts) most = std::max(most, text.size());
    }
    return most;
  }
};

std::vector<std::string> head_of(const std::string& name) {
  std::vector<std::string> lines(1);
  bool is_name = false;  // within brackets stands one of the user's, which may have dots
  for (const char c : name) {
    if (c == '[' || c == ']') is_name = c == '[';
    if (c == '.' && !is_name && lines.back().size() > 2) {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

Column factor_column(const SweepResult& result, std::size_t factor) {
  const std::size_t room = std::max<std::size_t>(8, kFactorsWidth / result.factors.size() - 2);
  const auto cut = [&](const std::string& text) {
    return text.size() <= room ? text : text.substr(0, room - 2) + "..";
  };
  Column column{{}, {}, result.factors[factor].numbers.empty()};
  for (const std::string& line : head_of(result.factors[factor].factor.key)) {
    column.head.push_back(cut(line));
  }
  for (const SweepRow& row : result.rows) {
    column.cells.push_back(cut(result.factors[factor].factor.values[row.combination[factor]]));
  }
  return column;
}

Column metric_column(const SweepResult& result, std::size_t metric) {
  Column column{head_of(result.metrics[metric].name), {}, false};
  for (const SweepRow& row : result.rows) {
    const auto summary = summary_of(row, metric);
    column.cells.push_back(summary ? value_text(result, metric, summary->median) : "-");
  }
  return column;
}

Column spread_column(const SweepResult& result, std::size_t metric) {
  Column column{{"+-"}, {}, false};
  for (const SweepRow& row : result.rows) {
    const auto summary = summary_of(row, metric);
    column.cells.push_back(!summary || !summary->spread ? "-"
                           : summary->median > 0
                               ? percent_text(*summary->spread / summary->median * 100)
                               : value_text(result, metric, *summary->spread));
  }
  return column;
}

// "PASS", "2 PASS 1 MISSED".
Column verdict_column(const SweepResult& result) {
  Column column{{"verdict"}, {}, true};
  for (const SweepRow& row : result.rows) {
    std::map<std::string, int> counts;
    for (const SweepTrial& trial : row.trials) ++counts[trial.verdict];
    std::string cell;
    for (const auto& [verdict, count] : counts) {
      cell += cell.empty() ? "" : " ";
      cell += counts.size() == 1 ? verdict : fmt::format("{} {}", count, verdict);
    }
    column.cells.push_back(cell.empty() ? "-" : cell);
  }
  return column;
}

std::string rows_of(const std::vector<Column>& columns) {
  std::size_t lines = 0;
  for (const Column& column : columns) lines = std::max(lines, column.head.size());
  std::string text;
  const auto append = [&](const auto& cell_of) {
    std::string line;
    for (const Column& column : columns) {
      const std::string cell = cell_of(column);
      line += "  " + (column.left ? fmt::format("{:<{}}", cell, column.width())
                                  : fmt::format("{:>{}}", cell, column.width()));
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  for (std::size_t line = 0; line < lines; ++line) {
    append([&](const Column& column) {
      const std::size_t above = lines - column.head.size();
      return line < above ? std::string() : column.head[line - above];
    });
  }
  for (std::size_t row = 0; row < columns.front().cells.size(); ++row) {
    append([&](const Column& column) { return column.cells[row]; });
  }
  return text;
}

std::size_t width_of(const std::vector<Column>& columns) {
  std::size_t width = 0;
  for (const Column& column : columns) width += 2 + column.width();
  return width;
}

}  // namespace

std::vector<std::string> sentences_of(const SweepLaw& law) {
  std::vector<std::string> sentences = sentences_of(law.findings, law.words);
  if (law.scale != 1) {
    sentences.insert(sentences.begin(),
                     fmt::format("All of it is of the part at scale {:g}{}{}.", law.scale,
                                 law.stands_for.empty() ? "" : ": ", law.stands_for));
  }
  if (law.sated.empty()) return sentences;
  std::string values;
  for (const std::string& value : law.sated) values += (values.empty() ? "" : ", ") + value;
  sentences.push_back(fmt::format(
      "Left out: {} {}{}. There nearly all that came found room, so the traffic set the "
      "throughput.",
      values, law.words.many, law.stands_for.empty() ? "" : " of the whole sale"));
  return sentences;
}

std::vector<std::string> sentences_of(const SweepResult& result) {
  if (!highest_of(result)) return {"No combination was complete."};
  std::vector<std::string> sentences{on_verdicts(result), on_extremes(result)};
  if (std::string scale = on_scale(result); !scale.empty()) {
    sentences.insert(sentences.begin(), std::move(scale));
  }
  if (std::string plateau = on_plateau(result); !plateau.empty()) {
    sentences.push_back(std::move(plateau));
  }
  return sentences;
}

std::string table_of(const SweepResult& result) {
  std::vector<Column> factors;
  for (std::size_t i = 0; i < result.factors.size(); ++i) {
    factors.push_back(factor_column(result, i));
  }
  std::string text;
  std::vector<Column> columns = factors;
  const auto add = [&](const std::vector<Column>& more) {
    if (columns.size() > factors.size() && width_of(columns) + width_of(more) > kWidth) {
      text += rows_of(columns) + "\n";
      columns = factors;
    }
    columns.insert(columns.end(), more.begin(), more.end());
  };
  for (std::size_t metric = 0; metric < result.metrics.size(); ++metric) {
    std::vector<Column> more{metric_column(result, metric)};
    if (result.rounds > 1) more.push_back(spread_column(result, metric));
    add(more);
  }
  add({verdict_column(result)});
  return text + rows_of(columns);
}

}  // namespace double11::study
