#pragma once
// Snapshots of runs that never were, for tests of what a viewer is shown.

#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <chrono>
#include <cstdint>

namespace double11::screen {

/// A run that is `progress` of the way through, `wall` after its start: `orders` so far, each 60 ms
/// to 160 ms, 3 % declined, none under way.
inline measure::Snapshot snapshot_at(const scenario::Scenario& scenario, double progress,
                                     Duration wall, std::int64_t orders) {
  using namespace std::chrono_literals;
  measure::Snapshot snapshot;
  snapshot.scenario_now = Instant(std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(seconds_of(scenario.duration) * progress)));
  snapshot.wall = wall;
  const std::int64_t declined = orders / 100 * 3;
  snapshot.funnel = {orders, orders, orders, orders - declined, orders - declined};
  snapshot.outcomes[index_of(Outcome::dispatched)] = orders - declined;
  snapshot.outcomes[index_of(Outcome::declined)] = declined;
  for (int i = 0; i <= 100; ++i) {
    const Duration latency = 60ms + i * 1ms;
    snapshot.latency.record(latency.count());
  }
  return snapshot;
}

}  // namespace double11::screen
