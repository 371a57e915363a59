#include <double11/core/units.hpp>
#include <double11/report/faults.hpp>

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

// Longer lists are for programs.
constexpr std::size_t kLines = 20;

}  // namespace

std::string fault_part(const Result& result) {
  const auto& faults = result.scenario.faults;
  if (faults.empty()) return "";
  const std::vector<Recovery> all = recoveries(result.scenario, result.record);
  std::string text = fmt::format("\n{:<20}{:>8}{:>8}{:>7}{:>9}{:>9}{:>9}{:>9}\n", "Faults", "at",
                                 "for", "times", "before", "worst", "backlog", "recovery");
  bool any_unjudged = false;
  bool any_parcels = false;
  for (std::size_t i = 0; i < std::min(faults.size(), kLines); ++i) {
    const scenario::Fault& fault = faults[i];
    const Recovery& recovery = all[i];
    text += fmt::format("  {:<18.18}{:>8}{:>8}{:>7.3g}", fault.of, short_duration(fault.at),
                        short_duration(fault.duration), fault.factor);
    if (!recovery.step) {
      any_unjudged = true;
      text += fmt::format("{:>9}{:>9}{:>9}{:>9}\n", "-", "-", "-", "-");
      continue;
    }
    any_parcels = any_parcels || recovery.step == Funnel::dispatched;
    const std::string after = (recovery.recovered ? "" : ">") + short_duration(recovery.after);
    text += fmt::format("{:>9}{:>9}{:>9}{:>9}\n", short_rate(recovery.before_per_s),
                        short_rate(recovery.worst_per_s),
                        grouped(std::llround(recovery.backlog_most)), after);
  }
  if (faults.size() > kLines) text += fmt::format("  and {} more\n", faults.size() - kLines);
  text += "  recovery: from a fault's end until the rate is back and the backlog gone\n";
  if (any_parcels) {
    text += "  logistics and carriers: until as little is left as before the fault, by minute\n";
  }
  if (any_unjudged) text += "  -: not judged, as it began after everything was over\n";
  return text;
}

}  // namespace double11::report
