// The parts of the report that say what stands behind its figures: their scale, and assumptions.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

// What follows "double11 run " in a command, with its quotes.
std::string scenario_word(const std::string& command) {
  std::size_t start = 0;
  for (int blanks = 0; blanks < 2; ++blanks) {
    start = std::min(command.find(' ', start), command.size() - 1) + 1;
  }
  return command.substr(start, end_of_word(command, start, true) - start);
}

}  // namespace

std::string scale_part(const Result& result) {
  const double scale = result.scenario.simulate.applied_scale;
  if (scale == 1) return "";
  return wrapped(fmt::format("Scaled: {:g} times that sale, and so are the counts, rates and money "
                             "below (simulate.scale)",
                             scale),
                 "  ");
}

std::string assumptions_part(const Result& result, const std::string& again) {
  const std::size_t count = result.scenario.assumptions.size();
  if (count == 0 || again.empty()) return "";
  return fmt::format("Assumptions: the scenario states {}. To read {}:\n", count,
                     count == 1 ? "it" : "them") +
         wrapped_command("  double11 scenario show " + scenario_word(again), "    ");
}

}  // namespace double11::report
