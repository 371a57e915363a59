#pragma once
// Arrivals of any process, one after the other. Gaps of a unit-rate renewal process are those of
// operational time, which is the integral of the curve; so the arrivals follow any curve. Where
// they are Poisson with a rate that a chain of two states modulates (mmpp), the gaps are mapped
// through the states first.

#include <double11/core/quantile_table.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::traffic {

/// What the arrivals of a scenario follow, made ready: read by any number of walks at once.
struct ArrivalLaw {
  /// `chosen` comes from a loaded scenario; no arrivals from `end` on.
  ArrivalLaw(const scenario::Traffic& chosen, Duration end);

  /// Fixed-point unit of the two tables: half a trillion arrivals still fit 64 bits.
  static constexpr double kUnit = 16777216.0;

  scenario::Traffic traffic;
  RateCurve curve;
  QuantileTable unit_exponential;  ///< of the times in a state of mmpp
  QuantileTable gap;               ///< between arrivals, in units of the curve's integral
  std::int64_t end_ns;
};

/// A walk over the arrivals in operational time: expected arrivals since the start. Pure: as often
/// as it is begun with the same law and seed, it gives the same. Not for constant arrivals. One
/// thread.
class UnitArrivals {
 public:
  /// Keeps a reference to `law`.
  UnitArrivals(const ArrivalLaw& law, std::uint64_t seed);

  static constexpr std::size_t kBlock = 256;

  /// The next arrival, not before the last one while there are any before the end of the traffic.
  double next() {
    if (used_ == kBlock) {
      refill();
      used_ = 0;
    }
    return times_[used_++];
  }
  /// The next block of them, valid until the next call; not to be mixed with next().
  std::span<const double, kBlock> next_block() {
    refill();
    return times_;
  }

 private:
  void refill();
  [[nodiscard]] double through_states(double gap);

  const ArrivalLaw& law_;
  std::uint64_t seed_;
  std::array<double, kBlock> times_{};
  std::size_t used_ = kBlock;
  std::uint64_t pairs_ = 0;   // pairs of gaps drawn so far
  std::int64_t elapsed_ = 0;  // in units of 1 / ArrivalLaw::kUnit
  // Markov-modulated arrivals: integral of the curve used up, and the present state.
  double used_integral_ = 0;
  double state_end_s_ = 0;
  bool high_ = false;
  std::uint64_t changes_ = 0;
};

/// A walk over the instants of the arrivals: operational time through the inverse of the integral
/// of the rate, exactly. One thread.
class ArrivalTimes {
 public:
  /// Keeps a reference to `law`.
  ArrivalTimes(const ArrivalLaw& law, std::uint64_t seed);

  static constexpr std::int64_t kNone = INT64_MAX;

  /// The next arrival in nanoseconds, not before the last one; kNone when there are no more.
  std::int64_t next() {
    if (used_ == times_.size()) refill();
    return times_[used_++];
  }
  /// The next arrivals, as many as `times`.
  void fill(std::span<std::int64_t> times);

 private:
  static constexpr std::size_t kBlock = UnitArrivals::kBlock;

  void refill();
  void refill_flat(std::span<const double, kBlock> expected);
  // Expected arrivals -> nanoseconds; kNone beyond the end of the traffic.
  [[nodiscard]] std::int64_t instant_of(double expected);

  const ArrivalLaw& law_;
  UnitArrivals units_;
  std::array<std::int64_t, kBlock> times_{};
  std::size_t used_ = kBlock;
  std::uint64_t made_ = 0;  // constant arrivals so far
  std::int64_t last_ns_ = 0;
  double flat_gap_s_ = 0;  // mean gap where the curve is a single step, else 0
};

}  // namespace double11::traffic
