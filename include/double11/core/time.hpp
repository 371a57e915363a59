#pragma once
// Scenario time: integer nanoseconds since the first instant of the scenario. The clock type has
// no now(): stages cannot read a clock, the runtime hands them the instant.

#include <chrono>
#include <cstdint>

namespace double11 {

using Duration = std::chrono::nanoseconds;

/// Tag for scenario time; deliberately without now().
struct ScenarioClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ScenarioClock>;
  static constexpr bool is_steady = true;
};

/// An instant of scenario time; zero is the start of the scenario.
using Instant = ScenarioClock::time_point;

/// Later than anything that happens (about 292 years after the start).
inline constexpr Instant kNever = Instant::max();

/// Nanoseconds from the start of the scenario.
constexpr std::int64_t nanoseconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}

/// Seconds as a real number, for rates and reports.
constexpr double seconds_of(Duration duration) {
  return static_cast<double>(duration.count()) * 1e-9;
}

}  // namespace double11
