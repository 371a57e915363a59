#pragma once
// How fast a station works over scenario time: slow-downs and outages as the scenario lists them,
// and breakdowns as the seed has them. All of it is known beforehand, so the end of a service is
// known when it begins, in every runtime the same.

#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace double11::stages {

class WorkClock {
 public:
  /// Speeds are multiples of 2^-20, up to a million times the usual.
  static constexpr std::int64_t kUsual = std::int64_t{1} << 20U;

  /// From `at` on the station works at this speed.
  struct Step {
    Instant at;
    std::int64_t speed;
  };

  /// The usual speed for ever.
  WorkClock() = default;
  /// Steps in order, the last with a speed above 0; before the first one the speed is the usual.
  explicit WorkClock(const std::vector<Step>& steps);
  /// What the faults of a scenario leave of the speed or capacity of `target` ("logistics.NORTH"):
  /// all windows that strike it or its group (scenario/faults.hpp), multiplied where they overlap.
  static WorkClock of_faults(const scenario::Scenario& scenario, std::string_view target);
  /// That of the payment channel: its slow-downs, its faults and its breakdowns. Breakdowns are
  /// exponential and end with the traffic: what comes afterwards is finished without.
  static WorkClock of_payment(const scenario::Scenario& scenario);
  /// That of one of several channels, an index into payment.channels.
  static WorkClock of_channel(const scenario::Scenario& scenario, std::size_t channel);

  /// When a service ends that begins `at` and takes `work`, 0 or more, at the usual speed. Rounded
  /// up to a nanosecond. Pure; any thread.
  [[nodiscard]] Instant finish(Instant at, Duration work) const {
    if (rows_.empty()) [[likely]] {
      return at + work;
    }
    return finish_in_rows(at, work);
  }

  struct Stretch {
    Instant from;
    Instant to;
  };
  /// Around `at` the station works at the usual speed from when to when; empty where it does not.
  /// Pure; any thread.
  [[nodiscard]] Stretch usual_speed_at(Instant at) const;

  /// Work done from the start until `at`, rounded down to a nanosecond. Pure; any thread.
  [[nodiscard]] Duration work(Instant at) const {
    if (rows_.empty()) [[likely]] {
      return at.time_since_epoch();
    }
    return Duration(static_cast<std::int64_t>(work_until(nanoseconds_of(at)) / kUsual));
  }
  /// The steps, as given; empty at the usual speed for ever. For parts of the shop that have a
  /// capacity and no services to finish.
  [[nodiscard]] std::vector<Step> steps() const;

  /// Work done from `from` to `to`, in seconds at the usual speed. Pure; any thread.
  [[nodiscard]] double work_s(Instant from, Instant to) const;

 private:
  __extension__ using Wide = unsigned __int128;

  struct Row {
    std::int64_t at_ns;
    std::int64_t speed;
    Wide before;  // work since the start, in 2^-20 nanoseconds
  };

  [[nodiscard]] Instant finish_in_rows(Instant at, Duration work) const;
  [[nodiscard]] Wide work_until(std::int64_t at_ns) const;
  [[nodiscard]] std::vector<Row>::const_iterator row_after(std::int64_t at_ns) const;

  std::vector<Row> rows_;
};

/// Payment servers on average over the time of the traffic, each as far as `clock` lets it work;
/// those of all channels.
[[nodiscard]] double mean_servers(const scenario::Scenario& scenario, const WorkClock& clock);

}  // namespace double11::stages
