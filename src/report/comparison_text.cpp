// A comparison for people, and as JSON.
#include <double11/report/compare.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_for(Change change) {
  return change == Change::better ? "better" : change == Change::worse ? "WORSE" : "";
}

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

std::string_view key_for(Change change) {
  return change == Change::better ? "better" : change == Change::worse ? "worse" : "none";
}

Json document_of(const Comparison& comparison) {
  Json figures = Json::array();
  for (const Difference& one : comparison.figures) {
    figures.push_back({{"name", one.name},
                       {"before", one.before},
                       {"after", one.after},
                       {"noise", one.noise},
                       {"change", key_for(one.change)}});
  }
  return {{"scenario", comparison.scenario},
          {"differs", comparison.differs},
          {"doubts", comparison.doubts},
          {"verdict", {{"before", comparison.verdict_before}, {"after", comparison.verdict_after}}},
          {"regressed", comparison.regressed()},
          {"figures", std::move(figures)}};
}

}  // namespace

std::string text_of(const Comparison& comparison) {
  std::string text = fmt::format("{}  {}, was {}\n", comparison.scenario, comparison.verdict_after,
                                 comparison.verdict_before);
  for (const std::string& doubt : comparison.doubts) text += fmt::format("  note: {}\n", doubt);
  text += fmt::format("  {:<30}{:>12}{:>12}{:>10}\n", "", "before", "after", "change");
  for (const Difference& one : comparison.figures) {
    text +=
        fmt::format("  {:<30}{:>12}{:>12}{:>10}", one.name, scenario::text_of(one.unit, one.before),
                    scenario::text_of(one.unit, one.after), relative_change(one));
    if (one.change != Change::none) text += fmt::format("  {}", word_for(one.change));
    text += '\n';
  }
  if (!comparison.regressed()) return text + "No regression.\n";
  const bool by_figures =
      std::any_of(comparison.figures.begin(), comparison.figures.end(),
                  [](const Difference& one) { return one.change == Change::worse; });
  text += by_figures ? "Regressed.\n"
                     : fmt::format("Regressed: it was PASS and is {}.\n", comparison.verdict_after);
  return text;
}

std::string json_of(const Comparison& comparison) {
  return document_of(comparison).dump(1) + "\n";
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
