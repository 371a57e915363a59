#pragma once
// What a simulator of queues must get right: networks, and sales, with a known answer. Each case is
// a scenario and the values that theory (study/theory) gives for it; all run with fixed seeds.
//
// Run lengths: warm-up lasts ten relaxation times of the queue (25 services where many servers
// fill up first), so that its remaining bias, a few 1e-5 of the mean, drowns in the standard error;
// the measured part is chosen for a standard error of about a percent or less of the mean.

#include <string>
#include <vector>

namespace double11::study {

enum class Judgement {
  exact,          ///< the simulated mean differs by chance only
  approximation,  ///< the formula itself is off, by up to the tolerance
  lower_bound,    ///< the simulated mean is not below, but by chance
  upper_bound,    ///< the simulated mean is not above, but by chance
};

/// One figure of a case. Metrics (times in seconds, counts in jobs, of one station):
///
///   wait.mean .p50 .p90 .p99 .p999 .max   time in queue, ended by service or by giving up
///   wait.variance  wait.share             of those times; share that waits at all
///   sojourn.mean .p50 .p99 .max .variance from arrival at the station to departure
///   waiting.mean  in_system.mean          averages over time
///   in_system.at                          at the instant at_s, averaged over replications
///   busy.mean  throughput                 busy servers; completed per second
///   all_busy.share                        of time: no server is free
///   blocked.share  refused.share          of arrivals: no room; no token
///   abandoned.share  lost.share           of arrivals: patience ran out; turned away in any way
///   failed.share  services.mean           of arrivals: last attempt failed; attempts each
///   orbit.mean                            jobs between retries, average over time
///   busy_period.mean .variance            stretches with somebody there
///   arrival_gap.scv                       squared coefficient of variation between arrivals
///   lost.count                            turned away in a replication, from its beginning
///
///   sold.skus                             in a sale: different SKUs in dispatched orders
///   sold.top1.share .top10 .top100 .top1pct   share of units of the most popular SKUs
///   reserved.throughput                   orders reserved per second in the traffic's second half
///
/// With an empty station, in_system and sojourn are those of the whole network; with a job_class,
/// sojourns are those of the class through the network.
struct Expectation {
  std::string metric;
  double value = 0;
  Judgement judgement = Judgement::exact;
  /// Systematic difference that is allowed on top of chance, relative to the value: the width of a
  /// histogram cell for percentiles, the error of an approximation.
  double tolerance = 0;
  std::string station = "queue";
  std::string job_class = {};  ///< empty: all classes together
  double at_s = 0;             ///< for in_system.at
};

struct ValidationCase {
  std::string name;
  std::string family;    ///< queue in Kendall's notation, or what it is about
  std::string scenario;  ///< JSON for scenario::parse(), run length and replications included
  std::vector<Expectation> expectations;
  std::string note;  ///< how it is judged where that is not plain; mostly empty
  double jobs = 0;   ///< expected visits to stations over all replications: the cost of the case
};

/// All cases, in the order in which a reader should meet them. Takes about a second.
[[nodiscard]] std::vector<ValidationCase> validation_cases();

}  // namespace double11::study
