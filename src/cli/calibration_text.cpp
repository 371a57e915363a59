#include "cli/calibration_text.hpp"

#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/text_parts.hpp"
#include "scenario/key_table.hpp"

namespace double11::cli {
namespace {

// A law that is further off says something else than the measurements.
constexpr double kDistanceMost = 0.05;
constexpr double kTailOffMost = 0.2;

// Chance alone does not do more than once in millions of times.
constexpr double kZMost = 5;

// A percentile that rests on fewer measurements is a matter of luck.
constexpr double kEnough = 10;

std::string in_words(double ns) {
  return short_duration(Duration(std::llround(ns)));
}

double off(const study::CalibrationFigure& figure) {
  return figure.measured_ns > 0 ? figure.drawn_ns / figure.measured_ns - 1 : 0;
}

bool is_poor(const CalibrationReport& report) {
  if (report.laws.empty()) return false;
  return report.laws.front().distance > kDistanceMost ||
         std::any_of(report.figures.begin(), report.figures.end(),
                     [](const auto& figure) { return std::abs(off(figure)) > kTailOffMost; });
}

std::string painted(const std::string& word, const char* paint, bool color) {
  return color ? fmt::format("\033[1;{}m{}\033[0m", paint, word) : word;
}

std::string headline(const CalibrationReport& report, bool color) {
  const bool poor = is_poor(report);
  const std::string how = report.laws.empty()
                              ? fmt::format("a histogram of {} cells", report.cells)
                              : scenario::name_of(report.laws.front().law.distribution);
  return fmt::format("{}  {}\n  {} measured times of {}, as {}\n",
                     poor ? painted("POOR FIT", "33", color) : painted("CALIBRATED", "32", color),
                     report.into, grouped(report.read->timings.count()), report.from, how);
}

std::string table(const CalibrationReport& report) {
  const bool exact = report.laws.empty();
  std::string text = fmt::format("\n{:<12}{:>12}{:>12}{:>12}{}\n", "", "measured", "drawn",
                                 "difference", exact ? "       z" : "");
  for (const study::CalibrationFigure& figure : report.figures) {
    text += fmt::format("  {:<10}{:>12}{:>12}{:>11.2f}%{}\n", figure.name,
                        in_words(figure.measured_ns), in_words(figure.drawn_ns), off(figure) * 100,
                        exact ? fmt::format("{:>8.2f}", figure.z) : "");
  }
  text += fmt::format("  {} draws by the stage's own tables{}\n", grouped(report.draws),
                      exact ? "; z: standard deviations of chance" : "");
  return text;
}

std::string laws_table(const CalibrationReport& report) {
  if (report.laws.empty()) return "";
  const study::FittedLaw& best = report.laws.front();
  std::string text = fmt::format(
      "\nDistance (Kolmogorov-Smirnov) {:.4f}: up to {} there are {:.2f}% of the times\n"
      "  as measured, {:.2f}% by the law\n",
      best.distance, in_words(best.at_ns), best.measured_share * 100, best.law_share * 100);
  for (std::size_t i = 1; i < report.laws.size(); ++i) {
    text += fmt::format("  {:<18}{:.4f}\n", scenario::name_of(report.laws[i].law.distribution),
                        report.laws[i].distance);
  }
  return text;
}

std::string notes(const CalibrationReport& report) {
  const study::TimingsRead& read = *report.read;
  std::string text;
  if (is_poor(report)) {
    text +=
        "  The law says something else than the measurements where it matters; without\n"
        "  --fit the measurements themselves are used.\n";
  }
  const bool chance = std::all_of(report.figures.begin(), report.figures.end(),
                                  [](const auto& f) { return std::abs(f.z) < kZMost; });
  if (!chance) text += "  The draws are not those of the histogram: this is a bug.\n";
  for (const std::string& note : read.notes) text += report::wrapped("  " + note, "  ");
  if (read.raised > 0) {
    text +=
        fmt::format("  {} of the times are below the shortest that is allowed, and count as it\n",
                    grouped(read.raised));
  }
  if (read.mean_ns) {
    text += fmt::format("  The file's own mean is {}; between its lines times are spread evenly\n",
                        in_words(*read.mean_ns));
  }
  const auto count = static_cast<double>(read.timings.count());
  if (count * 0.001 < kEnough) {
    text +=
        fmt::format("  p99.9 rests on {:.0f} of the times{}: measure more before you trust it\n",
                    std::ceil(count * 0.001), count * 0.01 < kEnough ? ", p99 on hardly more" : "");
  }
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string text_of(const CalibrationReport& report, bool color) {
  const std::string next =
      report.next.empty() ? "" : "\n" + report::wrapped_command("Next: " + report.next, "  ");
  return headline(report, color) + table(report) + laws_table(report) + notes(report) + next;
}

}  // namespace double11::cli
