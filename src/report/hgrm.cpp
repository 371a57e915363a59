#include <double11/report/hgrm.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace double11::report {
namespace {

// Lines until half of what was left is passed, as HdrHistogram's own tools have it.
constexpr int kLinesPerHalf = 5;

// Of a level that is a sum of many steps, in orders.
constexpr double kRounding = 1e-6;

constexpr double kMs = 1e6;

struct Cell {
  double value_ns;
  std::int64_t count;
};

struct Cells {
  std::vector<Cell> all;  // by value
  std::int64_t count = 0;
  double mean_ns = 0;
  double most_ns = 0;
};

Cells cells_of(const nlohmann::json& histogram) {
  Cells cells;
  cells.count = histogram.at("count").get<std::int64_t>();
  cells.mean_ns = histogram.at("mean").get<double>();
  cells.most_ns = histogram.at("max").get<double>();
  for (const auto& cell : histogram.at("cells")) {
    // No value is above the largest, which its cell's edge may be.
    cells.all.push_back(
        {std::min(cell.at(0).get<double>(), cells.most_ns), cell.at(1).get<std::int64_t>()});
  }
  return cells;
}

double deviation_ns(const Cells& cells) {
  double squares = 0;
  for (const Cell& cell : cells.all) {
    squares += (cell.value_ns - cells.mean_ns) * (cell.value_ns - cells.mean_ns) *
               static_cast<double>(cell.count);
  }
  return cells.count == 0 ? 0 : std::sqrt(squares / static_cast<double>(cells.count));
}

// The level after `level`: a fifth of the way that halves what is left.
double next_level(double level) {
  const double halves = std::floor(std::log2(1 / (1 - level))) + 1;
  return level + 1 / (kLinesPerHalf * std::exp2(halves));
}

std::string text_of(const Cells& cells) {
  std::string text = fmt::format("#[Unit    = ms]\n{:>12} {:>14} {:>10} {:>14}\n\n", "Value",
                                 "Percentile", "TotalCount", "1/(1-Percentile)");
  double level = 0;
  std::int64_t passed = 0;
  for (const Cell& cell : cells.all) {
    passed += cell.count;
    while (level * static_cast<double>(cells.count) <= static_cast<double>(passed) + kRounding) {
      text += fmt::format("{:12.3f} {:.12f} {:10} {:14.2f}\n", cell.value_ns / kMs, level, passed,
                          1 / (1 - level));
      level = next_level(level);
      if (passed == cells.count) break;
    }
  }
  if (cells.count > 0) {
    text += fmt::format("{:12.3f} {:.12f} {:10}\n", cells.most_ns / kMs, 1.0, cells.count);
  }
  return text + fmt::format(
                    "#[Mean    = {:12.3f}, StdDeviation   = {:12.3f}]\n"
                    "#[Max     = {:12.3f}, Total count    = {:12}]\n",
                    cells.mean_ns / kMs, deviation_ns(cells) / kMs, cells.most_ns / kMs,
                    cells.count);
}

}  // namespace

std::optional<std::string> hgrm(std::string_view result, std::string_view step) {
  const auto document = nlohmann::json::parse(result, nullptr, false);
  if (!document.is_object() || !document.contains("latency_ns")) return std::nullopt;
  const auto& latencies = document.at("latency_ns");
  if (!latencies.is_object() || !latencies.contains(std::string(step))) return std::nullopt;
  try {
    return text_of(cells_of(latencies.at(std::string(step))));
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace double11::report
