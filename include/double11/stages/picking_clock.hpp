#pragma once
// How fast a warehouse picks: by shifts that repeat every day, times what faults leave of it. Work
// rests while nobody is there and goes on where it stopped. All of it is known beforehand, so the
// end of a pick is known when it begins. Integers only.

#include <double11/core/random.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/work_clock.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class PickingClock {
 public:
  /// Later than any pick: a longer backlog is told from this one by nobody.
  static constexpr Instant kLatest{std::chrono::years(100)};

  /// From this long after the start of a day of the scenario on, so many parcels per second.
  struct DayStep {
    Duration at;
    double rate_per_s;
  };

  /// `day`: steps by time within 24 h, the first at 0, one at least with a rate of 1e-6/s or more.
  /// `faults`: factors of the rate by time, in units of WorkClock::kUsual, the last above 0.
  PickingClock(const std::vector<DayStep>& day, const std::vector<WorkClock::Step>& faults);

  /// When a pick ends that begins `at`. Rounded up to a nanosecond; kLatest at the latest. Pure.
  [[nodiscard]] Instant finish(Instant at) const;

  /// Picks that begin in [from, until] all take `pick`; none when until is before from.
  struct Steady {
    Instant from{};
    Instant until{Duration(-1)};
    Duration pick{};
  };
  /// The longest such span that holds `at`, or an empty one. Pure.
  [[nodiscard]] Steady steady_at(Instant at) const;

 private:
  struct Row {
    std::int64_t begin_ns;
    std::int64_t end_ns;
    std::uint64_t speed;   // work per nanosecond; as a rule up to 2^20
    std::int64_t pick_ns;  // at that speed; beyond all time where it is 0
    Wide before;           // work since the start
  };

  void add_row(std::int64_t begin_ns, std::int64_t end_ns, std::uint64_t speed);
  [[nodiscard]] const Row& row_at(std::int64_t at_ns) const;
  [[nodiscard]] Instant finish_later(std::int64_t at_ns, std::int64_t shift_ns,
                                     const Row& row) const;

  // From the start, the last of them one day that repeats.
  std::vector<Row> rows_;
  std::int64_t cycle_begin_ns_ = 0;
  Wide cycle_work_ = 0;  // of a day that repeats
  Wide total_work_ = 0;  // of all rows
  Wide pick_work_ = 0;   // of one parcel
};

/// The one place where the clock of a warehouse comes from: its shifts, its capacity, its faults.
PickingClock picking_clock(const scenario::Scenario& scenario, std::size_t warehouse);

/// What the crews of a warehouse's shifts cost from the start of the scenario until `end`.
MoneyFen labour_cost(const scenario::Scenario& scenario, std::size_t warehouse, Instant end);

}  // namespace double11::stages
