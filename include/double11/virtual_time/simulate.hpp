#pragma once
// Runs a scenario in virtual time: every order, exactly, as fast as the machine can compute, with
// the same result for any number of workers.

#include <double11/core/steering.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <atomic>
#include <cstdint>
#include <functional>

namespace double11::virtual_time {

struct SimulateOptions {
  /// 1 to 256.
  std::uint32_t workers = 1;
  /// Called about five times a second, from whichever worker is free, one call at a time, and once
  /// more at the end.
  std::function<void(const measure::Snapshot&)> on_snapshot;
  /// How fast scenario time may pass. start() is called here. May be null; must outlive the call.
  Steering* steering = nullptr;
  /// When it becomes true, traffic ends; what is under way is finished and the record is marked as
  /// interrupted. May be null; must outlive the call.
  const std::atomic<bool>* stop = nullptr;
};

/// Replication number `number` (from 0) of a scenario: the same with a seed of its own, the first
/// with that of the scenario.
[[nodiscard]] scenario::Scenario replication_of(scenario::Scenario scenario, std::int64_t number);

/// Simulates a sale (from the loader, scenario::scaled() carried out) to the last outcome. The
/// record is the same for any number of workers, but for `workers` and the wall-clock times in it.
/// Throws std::bad_alloc and std::system_error (threads).
measure::RunRecord simulate(const scenario::Scenario& scenario, const SimulateOptions& options);

}  // namespace double11::virtual_time
