#pragma once
// What a run did since the last look, as the terminal and the big screen show it: made from two
// snapshots. Rates are per second of scenario time; at pace max, where that is not what is judged,
// also per second of the machine.

#include <double11/core/money.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace double11::screen {

struct Tick {
  Instant scenario_now;
  Duration wall{0};     ///< since the start
  double progress = 0;  ///< of the traffic, 0 to 1
  double speed = 0;     ///< seconds of scenario time per second of the machine, since the last tick

  // Since the start.
  std::array<std::int64_t, kFunnelSteps> funnel{};
  std::array<std::int64_t, kOutcomes> outcomes{};
  MoneyFen turnover;
  std::vector<std::int64_t> dispatched_by_region;  ///< as traffic.regions

  // Since the last tick.
  std::array<double, kFunnelSteps> rate_per_s{};     ///< of scenario time
  std::array<double, kFunnelSteps> machine_per_s{};  ///< of the machine's time
  std::optional<Duration> p50;  ///< from planned arrival to dispatched; none when nothing was
  std::optional<Duration> p99;
  std::array<double, kStages> busy_share{};  ///< of all workers' time, 0 to 1; 0 in virtual time

  // Now.
  std::array<std::int64_t, kStages> queue{};  ///< orders that wait
  std::int64_t in_flight = 0;
  std::int64_t servers_busy = 0;    ///< of payment
  std::int64_t servers = 0;         ///< that payment has at this time, before faults
  std::vector<std::size_t> faults;  ///< in effect, as scenario.faults
  std::vector<std::string> broken;  ///< what can be seen to be wrong so far; empty: nothing
};

/// A viewer is shown ticks at least this far apart, as figures that change more often cannot be
/// read. Snapshots come five times a second, so every other one is shown.
inline constexpr std::chrono::milliseconds kTickEvery{350};

/// Rates that count for the target: those of the machine at pace max, of scenario time otherwise.
[[nodiscard]] inline const std::array<double, kFunnelSteps>& judged_per_s(
    const Tick& tick, measure::Runtime runtime) {
  return runtime == measure::Runtime::pace_max ? tick.machine_per_s : tick.rate_per_s;
}

class Ticker {
 public:
  /// `scenario` must outlive it. `workers`: threads that share the work.
  Ticker(const scenario::Scenario& scenario, measure::Runtime runtime, std::int64_t workers);

  /// The tick from the last snapshot (at first: the start) to this one.
  Tick next(const measure::Snapshot& snapshot);

  [[nodiscard]] measure::Runtime runtime() const { return runtime_; }

 private:
  const scenario::Scenario& scenario_;
  measure::Runtime runtime_;
  std::int64_t workers_;
  measure::Snapshot before_;
  std::array<double, kFunnelSteps> rate_per_s_{};  // of the last tick
  double stretch_s_ = 0;                           // of scenario time, that they are over
};

}  // namespace double11::screen
