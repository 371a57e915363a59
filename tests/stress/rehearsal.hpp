#pragma once
// A trial carried out: the live pipeline in one thread, turned by the trial's schedule.

#include <double11/core/time.hpp>
#include <double11/live/canary.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>

#include "stress/trial.hpp"

namespace double11::stress {

/// Rounds in which every worker has turned once; whatever a trial draws ends in far fewer.
inline constexpr std::int64_t kRoundLimit = 20'000;

struct Rehearsed {
  explicit Rehearsed(const scenario::Scenario& scenario) : record(scenario) {}

  bool ended = false;
  std::int64_t turns = 0;
  std::int64_t rounds = 0;  ///< that it took to end once everybody got his turn
  std::int64_t nested = 0;  ///< turns of others while a worker was put aside in the middle of one
  std::int64_t stalls = 0;
  bool stopped = false;                ///< a stop was requested before the end
  std::int64_t in_flight_at_stop = 0;  ///< then; known where there is one worker
  Instant clock_end;                   ///< at pace real
  measure::Snapshot last;              ///< of a run that has not ended
  measure::RunRecord record;           ///< complete when the run has ended
};

/// Carries the trial out; `scenario` is the one it describes. The same trial, the same result.
Rehearsed rehearse(const Trial& trial, const scenario::Scenario& scenario, live::Canary canary);

}  // namespace double11::stress
