#pragma once
// The verdict on one replication of a network of queues: its thresholds, its laws, and whether it
// can be trusted; and the station that gives way first.

#include <double11/report/bottleneck.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/network_metrics.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/virtual_time/network_record.hpp>

#include <cstddef>

namespace double11::report {

// `scenario` is the one that was simulated; `record` has_figures().

/// The value in the metric's unit; the metric comes from find_network_metric() and its station is
/// one of the scenario's. Shares of nothing are 0, never nan.
double value_of(const scenario::Metric& metric, const scenario::Scenario& scenario,
                const virtual_time::NetworkRecord& record);

/// Shares of the jobs that ended after the warm-up; all 0 when none did.
struct Ended {
  double completed = 0;
  double lost = 0;
  double abandoned = 0;
};
Ended ended_of(const virtual_time::NetworkRecord& record);

struct Busiest {
  std::size_t station = 0;
  double share = 0;  ///< busy part of its servers' time
};
Busiest busiest_of(const scenario::Scenario& scenario, const virtual_time::NetworkRecord& record);

/// The station at which the first missed threshold asks for shorter waits or fewer losses, else the
/// busiest: what its servers carry, what came, and how many would be busy for 90 % of the time.
/// `blamed` is its name; there are no limits of stages.
Bottleneck find_bottleneck(const scenario::Scenario& scenario,
                           const virtual_time::NetworkRecord& record);

/// Broken laws outrank an interruption, as in a sale; thresholds on a network that completed no job
/// cannot be trusted. A record without figures has no checks.
Verdict judge(const scenario::Scenario& scenario, const virtual_time::NetworkRecord& record);

}  // namespace double11::report
