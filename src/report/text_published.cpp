// The part of the report that holds the run against what was published.
#include <double11/core/units.hpp>
#include <double11/report/published.hpp>

#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

namespace {

// Beyond ten times, what is after the point does not matter.
std::string off_by(const Compared& one) {
  if (!one.reached) return "later";
  return fmt::format("{:+.{}f}%", one.off * 100, std::abs(one.off) < 10 ? 2 : 0);
}

// Values are at least a blank apart, however long.
std::string row(std::string_view when, std::string_view what, std::string_view published,
                std::string_view here, std::string_view off, std::string_view allowed) {
  return fmt::format("{:<11} {:<26} {:>11} {:>11} {:>8} {:>5}", when, what, published, here, off,
                     allowed);
}

}  // namespace

std::string published_part(const Result& result) {
  const auto all = compare_published(result.scenario, result.record, result.audit);
  if (all.empty()) return "";
  const double scale = result.scenario.simulate.applied_scale;
  std::string text =
      "\n" + row("Published", "", scale == 1 ? "published" : "scaled", "here", "off by", "up to");
  bool any_missed = false;
  for (const Compared& one : all) {
    const std::string when =
        one.point->at == Duration(0) ? "whole run" : text_of_duration(one.point->at);
    text += "\n" + row("  " + when, one.point->what, one.published_text, one.here_text, off_by(one),
                       fmt::format("{:.3g}%", one.point->tolerance * 100));
    if (!one.met) text += " *";
    any_missed = any_missed || !one.met;
  }
  text += "\n";
  if (scale != 1) {
    text += fmt::format("  (scaled: what was published times {:g}, but not durations and shares)\n",
                        scale);
  }
  text += wrapped(fmt::format("  (up to: the tolerance, and three standard deviations of chance{})",
                              any_missed ? "; * is more" : ""),
                  "  ");
  text += fmt::format("  (between the rows of the series, every {}, counts are interpolated)\n",
                      text_of_duration(result.record.series.interval()));
  return text;
}

}  // namespace double11::report
