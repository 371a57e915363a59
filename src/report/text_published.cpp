// The part of the report that holds the run against what was published.
#include <double11/core/units.hpp>
#include <double11/report/published.hpp>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

std::string published_part(const Result& result) {
  const auto all = compare_published(result.scenario, result.record, result.audit);
  if (all.empty()) return "";
  std::string text = fmt::format("\n{:<10}{:<28}{:>15}{:>15}{:>9}\n", "Published", "", "published",
                                 "here", "off by");
  bool any_missed = false;
  for (const Compared& one : all) {
    const std::string when =
        one.point->at == Duration(0) ? "whole run" : text_of_duration(one.point->at);
    const std::string off =
        one.reached ? fmt::format("{:+.2f}%", one.off * 100) : std::string("later");
    text += fmt::format("  {:<10}{:<26}{:>15}{:>15}{:>9}{}\n", when, one.point->what,
                        one.published_text, one.here_text, off, one.met ? "" : " *");
    any_missed = any_missed || !one.met;
  }
  if (any_missed) text += "  (* beyond its tolerance and three standard deviations of chance)\n";
  text += fmt::format("  (between the rows of the series, every {}, counts are interpolated)\n",
                      text_of_duration(result.record.series.interval()));
  return text;
}

}  // namespace double11::report
