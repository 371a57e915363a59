#pragma once
// The picking lines of all warehouses side by side: when each is free, and when a pick ends there.
// A parcel is picked where it will arrive first, so each parcel asks all of them, and the next one
// asks after that pick: a chain of short steps, which take_earliest() keeps in one vector.
//
// One thread at a time.

#include <double11/core/time.hpp>
#include <double11/stages/picking_clock.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class PickingRow {
 public:
  /// Lines that take_earliest() compares at once.
  static constexpr std::size_t kLanes = 8;
  /// Two of it are still a number, and more than any pick and way.
  static constexpr std::int64_t kBeyondNs = INT64_MAX / 2;

  /// Nanoseconds by line; kBeyondNs where there is no line.
  struct alignas(64) Lanes {
    std::array<std::int64_t, kLanes> ns;

    Lanes() { ns.fill(kBeyondNs); }
  };

  void add(PickingClock clock);

  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  /// When all that the line has taken is picked.
  [[nodiscard]] Instant free_at(std::size_t line) const {
    return Instant(Duration(free_at_[line / kLanes].ns[line % kLanes]));
  }
  /// When a pick ends that begins `at`, or as soon as the line is free.
  [[nodiscard]] Instant picked_by(std::size_t line, Instant at) {
    return lines_[line].finish(std::max(at, free_at(line)));
  }
  /// The line takes a parcel, picked by then: what picked_by() said.
  void take(std::size_t line, Instant picked) {
    free_at_[line / kLanes].ns[line % kLanes] = nanoseconds_of(picked);
  }

  /// Whether take_earliest() may be asked: of at most kLanes lines, on a CPU with AVX-512.
  [[nodiscard]] bool has_lanes() const;

  struct Taken {
    bool any;             ///< false when a line may not go on so, and none has taken anything
    std::size_t line;     ///< the first of equal ones
    std::int64_t eta_ns;  ///< the least of max(picked, opens) + way
  };
  /// picked_by() of all lines, and take() of the one where `eta_ns` is least.
  Taken take_earliest(Instant at, const Lanes& opens, const Lanes& ways);
  /// take_earliest() may go on with the line for picks that are asked for `at` or later and end by
  /// `until`; the row itself allows no more than picks that all take the same time.
  void allow(std::size_t line, Instant at, Instant until);

 private:
  struct Line {
    PickingClock clock;
    PickingClock::Steady steady{};  // around the last pick that was asked for

    Instant finish(Instant at) {
      if (at < steady.from || at > steady.until) steady = clock.steady_at(at);
      return at <= steady.until ? at + steady.pick : clock.finish(at);
    }
  };

  std::vector<Line> lines_;
  std::vector<Lanes> free_at_;
  // For take_earliest(), of the first lines: what a pick takes that begins in [first, last].
  Lanes pick_;
  Lanes first_;
  Lanes last_;
};

}  // namespace double11::stages
