#pragma once
// Payments that are slow for a while, by payment.slowdowns, faults or breakdowns: whether servers
// are short meanwhile, though they are enough on average; for bottleneck.cpp.

#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include "report/candidate.hpp"

namespace double11::report {

/// When payments of a channel (or the only one) were slow.
struct SlowSpell {
  Instant from;
  Instant to;               ///< not after the end of the traffic
  double speed = 1;         ///< below 1; 0: it stands still
  double servers = 0;       ///< that there are at its begin
  double seconds = 0;       ///< for which an order keeps a server meanwhile, or its part of one
  double needed_per_s = 0;  ///< orders that came to it, on average over the spell
  double usual_per_s = 0;   ///< orders per second that the servers carry at the usual speed
  double delayed = 0;       ///< orders that came meanwhile, or found the queue that it left
  std::int64_t alike = 1;   ///< spells that are short of servers, this one included
  std::string who;          ///< "payments", or "payments of channel NAME"
  std::string path;         ///< of the channel; empty: the only one

  /// Orders per second; 0 while it stands still.
  [[nodiscard]] double carries_per_s() const { return speed > 0 ? servers / seconds : 0; }
};

/// Of the spells in which servers were short, the one that delays most orders. None where there is
/// none, or where latencies were missed and the spells explain none of them: they delay fewer
/// orders than the percentile leaves out, or by less than it is above its bound.
std::optional<SlowSpell> short_spell(const scenario::Scenario& scenario,
                                     const measure::RunRecord& record);

/// Servers that are short while payments are slow, and how many would do; while they stand still,
/// what ends that sooner. None where there are enough.
std::optional<Candidate> slow_candidate(const scenario::Scenario& scenario,
                                        const measure::RunRecord& record);

/// Whether they are short then, and would do at the usual speed.
bool only_while_slow(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// " (payments are slow from 5s on for 2s, at 0.5 times their speed)"; empty where they never are.
std::string slow_words(const scenario::Scenario& scenario, const measure::RunRecord& record);

}  // namespace double11::report
