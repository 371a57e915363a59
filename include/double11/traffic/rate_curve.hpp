#pragma once
// The rate of arrivals over scenario time: steps and ramps times a wave, and its exact integral.

#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <vector>

namespace double11::traffic {

class RateCurve {
 public:
  /// `traffic` comes from a loaded scenario (points rise in time, the first is at 0).
  explicit RateCurve(const scenario::Traffic& traffic);

  /// Orders per second offered at `when`, traffic.scale and the wave included. Any thread.
  [[nodiscard]] double rate_per_s(Instant when) const;

  /// Expected arrivals from the start to `when`. Any thread.
  [[nodiscard]] double expected_until(Instant when) const;

  /// When expected_until() reaches `expected` (0 or more), in seconds; infinite when it never does.
  /// Any thread.
  [[nodiscard]] double when_expected(double expected) const;

  /// Highest rate anywhere in [0, end); with a wave, what it could be with a crest there. Any
  /// thread.
  [[nodiscard]] double peak_per_s(Instant end) const;

 private:
  struct Segment {
    double begin_s;
    double rate_per_s;
    double slope_per_s2;  // 0 for a step
    double expected_before;
  };
  [[nodiscard]] const Segment& segment_at(double seconds) const;
  // Integral of the rate from the begin of `segment` to `seconds`, within it.
  [[nodiscard]] double expected_in(const Segment& segment, double seconds) const;

  std::vector<Segment> segments_;
  double amplitude_ = 0;
  double angular_per_s_ = 0;  // 2 pi over the period of the wave
};

}  // namespace double11::traffic
