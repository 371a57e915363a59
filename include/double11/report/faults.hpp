#pragma once
// What each fault of the scenario did to the shop, and how long the shop took to recover.
//
// Judged by the counts per interval alone. A fault is of one step of the funnel; what the step
// before lets through is the demand on it. The backlog is the demand that has not been met, less
// what there was of it before the fault. The shop has recovered when the step again takes nine
// tenths of the demand on it, or of its rate before the fault, and the backlog has been worked
// off: either nothing is left of it, or what is left never will be, because those orders were
// lost. By the rate alone an outage whose backlog is served at once would be over when it ends.
//
// Faults of logistics and carriers are judged by parcels, which are counted by minute: the backlog
// is what was paid and not handed to a carrier, less the most there was of it in the rhythm before
// the fault: in the time from truck to truck, or in a day where there are carriers. The shop has
// recovered at the end of the minute in which no more than chance is left of it. Rates are means
// over that rhythm; the worst over the fault where that is shorter.
//
// A fault that begins when nothing happens any more cannot be judged.

#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/series.hpp>
#include <double11/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace double11::report {

struct Recovery {
  /// The step of the funnel that is judged; nothing, and nothing below means anything, when the
  /// fault cannot be judged.
  std::optional<Funnel> step;
  double before_per_s = 0;  ///< its mean rate over up to 10 s, or the rhythm, before the fault
  double worst_per_s = 0;   ///< the lowest in an interval that the fault touches
  double backlog_most = 0;  ///< orders
  /// From the end of the fault; as far as was seen, when `recovered` is false.
  Duration after{0};
  bool recovered = true;
};

/// The step of the series that a fault of this target (scenario/faults.hpp) holds up; nothing for
/// those of logistics and carriers.
std::optional<Funnel> step_of(const std::string& target);

/// How the shop recovered from `fault`, which is not one of logistics or a carrier. Events up to
/// `end` have been counted.
Recovery recovery_from(const scenario::Fault& fault, const measure::Series& series, Instant end);

/// One for each of the scenario's faults, in the same order.
std::vector<Recovery> recoveries(const scenario::Scenario& scenario,
                                 const measure::RunRecord& record);

/// The longest of those that can be judged, in nanoseconds; infinite when the shop did not recover
/// from one of them, 0 without any.
double longest_recovery_ns(const scenario::Scenario& scenario, const measure::RunRecord& record);

}  // namespace double11::report
