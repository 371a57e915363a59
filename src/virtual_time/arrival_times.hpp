#pragma once
// The instants at which jobs arrive from outside. Gaps of a unit-rate renewal process are mapped
// through the inverse of the integral of the rate, so the arrivals follow any curve exactly.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "virtual_time/network_model.hpp"

namespace double11::virtual_time {

class ArrivalTimes {
 public:
  /// Keeps a reference to `model`.
  ArrivalTimes(const NetworkModel& model, std::uint64_t seed);

  static constexpr std::int64_t kNone = INT64_MAX;

  /// The next arrival in nanoseconds, not before the last one; kNone when there are no more.
  std::int64_t next() {
    if (used_ == times_.size()) refill();
    return times_[used_++];
  }
  /// The next arrivals, as many as `times`.
  void fill(std::span<std::int64_t> times);

 private:
  static constexpr std::size_t kBlock = 256;

  void refill();
  void refill_renewal();
  void refill_flat(std::span<const std::int64_t, kBlock> elapsed);
  // Expected arrivals -> nanoseconds; kNone beyond the end of the traffic.
  [[nodiscard]] std::int64_t instant_of(double expected);
  [[nodiscard]] double through_states(double gap);

  const NetworkModel& model_;
  std::uint64_t seed_;
  std::array<std::int64_t, kBlock> times_{};
  std::size_t used_ = kBlock;
  std::uint64_t pairs_ = 0;   // pairs of gaps drawn so far
  std::int64_t elapsed_ = 0;  // operational time, in units of 1 / NetworkModel::kUnit
  std::uint64_t made_ = 0;    // arrivals so far
  std::int64_t last_ns_ = 0;
  double flat_gap_s_ = 0;  // mean gap where the curve is a single step, else 0
  // Markov-modulated arrivals: integral of the curve used up, and the present state.
  double used_integral_ = 0;
  double state_end_s_ = 0;
  bool high_ = false;
  std::uint64_t changes_ = 0;
};

}  // namespace double11::virtual_time
