#pragma once
// Runs a scenario in wall-clock time: a thread per worker, progress and the wish to stop beside
// them.

#include <double11/core/steering.hpp>
#include <double11/live/canary.hpp>
#include <double11/live/run_state.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <atomic>
#include <cstdint>
#include <functional>

namespace double11::live {

struct RunOptions {
  /// Called about five times a second from the calling thread while the run goes on, and once more
  /// after the last outcome.
  std::function<void(const measure::Snapshot&)> on_snapshot;
  /// How fast scenario time may pass; at pace real it has a speed. start() is called here. What it
  /// was told on the way is in the record as `steered`. May be null; must outlive the call.
  Steering* steering = nullptr;
  /// When it becomes true (looked at as often), the traffic ends, what is in flight is finished at
  /// once and the record is marked as interrupted. May be null; must outlive the call.
  const std::atomic<bool>* stop = nullptr;
  Canary canary = Canary::none;
};

/// Workers that the scenario asks for: run.workers, or one per core that this process may use.
std::uint32_t workers_of(const scenario::Scenario& scenario);

/// Workers of run(): the same; but where the scenario leaves it open, at pace max, one only where
/// several would wait for each other all the time: with a door, which orders come back to, or with
/// fewer than 10,000 orders a second of scenario time.
std::uint32_t pipeline_workers_of(const scenario::Scenario& scenario);

/// Pushes the scenario (from the loader) through the pipeline and returns what was measured. Blocks
/// until the last order has its outcome. Throws std::bad_alloc and std::system_error (threads).
measure::RunRecord run(const scenario::Scenario& scenario, const RunOptions& options = {});

}  // namespace double11::live
