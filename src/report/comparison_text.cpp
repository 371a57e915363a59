// A comparison for people, and as JSON.
#include <double11/report/compare.hpp>
#include <double11/version.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// What a line of the table has room for; longer names stand on a line of their own.
constexpr std::size_t kNameWidth = 27;

std::string relative_change(const Difference& one) {
  if (one.before == one.after) return "=";
  if (one.before == 0) return "new";
  const double ratio = one.after / one.before;
  if (ratio >= 2) return fmt::format("{:.3g}x", ratio);
  const double percent = (ratio - 1) * 100;
  // Two digits, and no exponent.
  return std::abs(percent) < 10 ? fmt::format("{:+.2g}%", percent)
                                : fmt::format("{:+.0f}%", percent);
}

std::string_view name_of(Change change) {
  switch (change) {
    case Change::better:
      return "better";
    case Change::worse:
      return "worse";
    case Change::equal:
      return "equal";
    case Change::within_noise:
      return "within_noise";
    case Change::below_threshold:
      return "below_threshold";
    case Change::not_judged:
      break;
  }
  return "not_judged";
}

std::string_view name_of(scenario::MetricUnit unit) {
  switch (unit) {
    case scenario::MetricUnit::rate_per_s:
      return "per_s";
    case scenario::MetricUnit::count:
      return "count";
    case scenario::MetricUnit::share:
      return "share";
    case scenario::MetricUnit::duration_ns:
      return "ns";
    case scenario::MetricUnit::ratio:
      break;
  }
  return "ratio";
}

std::string line_of(const Difference& one) {
  const std::string apart =
      one.name.size() <= kNameWidth ? "" : "\n  " + std::string(kNameWidth, ' ');
  std::string line =
      fmt::format("  {:<{}}{}{:>11}{:>11}{:>11}{:>9}", one.name, kNameWidth, apart,
                  scenario::text_of(one.unit, one.before), scenario::text_of(one.unit, one.after),
                  scenario::text_of(one.unit, one.noise), relative_change(one));
  if (one.change == Change::better) line += "  better";
  if (one.change == Change::worse) line += "  WORSE";
  return line + '\n';
}

// "latency.reserved.p99.9 and latency.dispatched.p99.9: too few orders", a line per reason.
std::string left_out_lines(const Comparison& comparison) {
  std::vector<std::pair<std::string, std::string>> reasons;  // why, names
  for (const LeftOut& one : comparison.left_out) {
    const auto known = std::find_if(reasons.begin(), reasons.end(),
                                    [&](const auto& reason) { return reason.first == one.why; });
    if (known == reasons.end()) {
      reasons.emplace_back(one.why, one.name);
    } else {
      known->second += ", " + one.name;
    }
  }
  std::string lines;
  for (const auto& [why, names] : reasons) {
    lines += wrapped(fmt::format("  Not compared, {}: {}.", why, names), "  ");
  }
  return lines;
}

Json document_of(const Comparison& comparison) {
  Json figures = Json::array();
  for (const Difference& one : comparison.figures) {
    figures.push_back({{"name", one.name},
                       {"unit", name_of(one.unit)},
                       {"before", one.before},
                       {"after", one.after},
                       {"noise", one.noise},
                       {"change", name_of(one.change)}});
  }
  Json left_out = Json::array();
  for (const LeftOut& one : comparison.left_out) {
    left_out.push_back({{"name", one.name}, {"why", one.why}});
  }
  return {{"scenario", comparison.scenario},
          {"threshold", comparison.threshold},
          {"differs", comparison.differs},
          {"doubts", comparison.doubts},
          {"verdict", {{"before", comparison.verdict_before}, {"after", comparison.verdict_after}}},
          {"regressed", comparison.regressed()},
          {"figures", std::move(figures)},
          {"left_out", std::move(left_out)}};
}

}  // namespace

std::string text_of(const Comparison& comparison) {
  std::string text = fmt::format("{}  {}, was {}\n", comparison.scenario, comparison.verdict_after,
                                 comparison.verdict_before);
  for (const std::string& doubt : comparison.doubts) text += wrapped("  note: " + doubt, "  ");
  text += fmt::format("  {:<{}}{:>11}{:>11}{:>11}{:>9}\n", "", kNameWidth, "before", "after",
                      "noise +-", "change");
  for (const Difference& one : comparison.figures) text += line_of(one);
  text += left_out_lines(comparison);
  text += fmt::format("  better, WORSE: by more than the noise and than {:.3g}% (--threshold)\n",
                      comparison.threshold * 100);
  if (!comparison.regressed()) return text + "No regression.\n";
  const bool by_figures =
      std::any_of(comparison.figures.begin(), comparison.figures.end(),
                  [](const Difference& one) { return one.change == Change::worse; });
  text += by_figures ? "Regressed.\n"
                     : fmt::format("Regressed: it was PASS and is {}.\n", comparison.verdict_after);
  return text;
}

std::string json_of(const Comparison& comparison, const ComparedFiles& files) {
  Json document{{"program", "double11"}, {"version", kVersion},    {"schema_version", 1},
                {"kind", "comparison"},  {"before", files.before}, {"after", files.after}};
  document.update(document_of(comparison));
  return document.dump(1) + "\n";
}

std::string with_comparison(const std::string& after, const Comparison& comparison,
                            const std::string& file, const std::string& text) {
  Json document = Json::parse(after);
  document["baseline"] = document_of(comparison);
  document["baseline"]["file"] = file;
  if (document.contains("text")) {
    document["text"] = document["text"].get<std::string>() + text;
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
