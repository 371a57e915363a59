#include "cli/sweep_output.hpp"

#include <double11/version.hpp>

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/assembled.hpp"
#include "report/text_parts.hpp"
#include "study/pages.hpp"
#include "study/scaling_json.hpp"

namespace double11::cli {
namespace {

std::string in_lines(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += report::wrapped("  " + sentence, "  ");
  return text;
}

}  // namespace

std::string sweep_page_of(std::string_view json) {
  return report::assembled({"double11 sweep", study::kSweepScript, true, study::kSweepStyle}, json);
}

std::string text_of(const study::SweepResult& result, const std::vector<study::SweepLaw>& laws,
                    const std::string& next, bool brief) {
  std::string text = report::wrapped(
      fmt::format("{}sweep of {}, {}: {} {}, {} {} each", result.interrupted ? "INTERRUPTED  " : "",
                  result.scenario, result.mode == "run" ? "wall-clock time" : "virtual time",
                  result.rows.size(), result.rows.size() == 1 ? "combination" : "combinations",
                  result.rounds, result.rounds == 1 ? "round" : "rounds"),
      "  ");
  text += in_lines(study::sentences_of(result));
  for (const study::SweepLaw& law : laws) {
    text +=
        report::wrapped(fmt::format("\nScaling of {} over {}{}{}", result.metrics[law.metric].name,
                                    result.factors[*result.capacity].factor.key,
                                    law.others.empty() ? "" : " at ", law.others),
                        "  ");
    text += in_lines(study::sentences_of(law));
  }
  if (brief) return text;
  text += "\n" + study::table_of(result);
  if (result.rounds > 1) {
    text += "  median of the rounds; +- half the distance from the least to the most\n";
  }
  for (const study::SweepLaw& law : laws) {
    const std::string table = study::table_of(law.findings);
    if (!table.empty()) text += "\n" + (law.others.empty() ? "" : law.others + "\n") + table;
  }
  if (!next.empty()) text += "\nNext: " + report::wrapped_command(next, "  ");
  return text;
}

std::string text_of(const study::ScalingFindings& findings, const std::string& name, bool brief) {
  std::string text =
      fmt::format("scaling of {}: {} {}, {} different n\n", name, findings.points.size(),
                  findings.points.size() == 1 ? "point" : "points", findings.capacities);
  text += in_lines(study::sentences_of(findings, {}));
  if (brief) return text;
  const study::ScalingFit* const law = findings.preferred();
  text += fmt::format("\n{:>12}{:>16}{:>16}{:>10}\n", "n", "throughput", law ? "the law" : "",
                      law ? "off" : "");
  for (const study::ScalingPoint& point : findings.points) {
    text += fmt::format("{:>12g}{:>16.6g}", point.capacity, point.throughput);
    if (law != nullptr) {
      const double expected = law->throughput(point.capacity);
      text += fmt::format("{:>16.6g}{:>+9.1f}%", expected, (point.throughput / expected - 1) * 100);
    }
    text += "\n";
  }
  if (law != nullptr) text += "\n" + study::table_of(findings);
  return text + "\nNext: double11 sweep SCENARIO --vary run.workers=1..4\n";
}

std::string json_of(const study::ScalingFindings& findings, const std::string& name,
                    const std::string& command, const std::string& text) {
  nlohmann::ordered_json law = study::document_of(findings, {});
  law["others"] = "";
  law["over"] = "n";
  law["metric"] = "throughput";
  const nlohmann::ordered_json document{
      {"schema_version", 1}, {"program", "double11"}, {"version", kVersion}, {"kind", "scaling"},
      {"command", command},  {"scenario", name},      {"laws", {law}},       {"text", text}};
  return document.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace double11::cli
