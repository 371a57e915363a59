// The part of the report about who got what.
#include <double11/core/units.hpp>
#include <double11/report/fairness.hpp>

#include <cmath>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

std::string fairness_part(const Result& result) {
  const Fairness fairness = fairness_of(result.record);
  if (!fairness.measured) return "";
  std::string text = fmt::format("\nFairness: {} buyers got something, at most {} units\n",
                                 grouped(fairness.buyers), grouped(fairness.units_most));
  text += wrapped(fmt::format("  units to the 1% of them who got most: {}; to bots: {} (of the "
                              "clicks {})",
                              percent(fairness.top1pct_share, 1), percent(fairness.bots_share, 1),
                              percent(fairness.bots_offered_share, 1)),
                  "    ");
  const auto count = static_cast<std::int64_t>(fairness.tenths.size());
  const Duration tenth = result.scenario.duration / count;
  text += fmt::format("  {:<22}{:>16}{:>16}{:>18}\n", "clicks planned from", "clicks", "dispatched",
                      "mean latency");
  for (std::int64_t i = 0; i < count; ++i) {
    const TenthFairness& one = fairness.tenths[static_cast<std::size_t>(i)];
    const auto latency_ns = static_cast<std::int64_t>(std::llround(one.mean_latency_s * 1e9));
    text += fmt::format("  {:<22}{:>16}{:>16}{:>18}\n", short_duration(tenth * i),
                        grouped(one.arrivals), percent(one.dispatched_share, 1),
                        one.dispatched_share > 0 ? short_duration(Duration(latency_ns)) : "-");
  }
  return text;
}

}  // namespace double11::report
