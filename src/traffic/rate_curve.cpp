#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace double11::traffic {

RateCurve::RateCurve(const scenario::Traffic& traffic)
    : amplitude_(traffic.wave.amplitude),
      angular_per_s_(2 * std::numbers::pi / seconds_of(traffic.wave.period)) {
  const auto& points = traffic.curve;
  double expected = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Segment segment{seconds_of(points[i].at), points[i].rate_per_s * traffic.scale, 0, expected};
    if (i + 1 < points.size()) {
      const double length = seconds_of(points[i + 1].at - points[i].at);
      if (points[i].shape == scenario::Shape::ramp) {
        segment.slope_per_s2 =
            (points[i + 1].rate_per_s * traffic.scale - segment.rate_per_s) / length;
      }
      expected += expected_in(segment, seconds_of(points[i + 1].at));
    }
    segments_.push_back(segment);
  }
}

const RateCurve::Segment& RateCurve::segment_at(double seconds) const {
  const auto after =
      std::upper_bound(segments_.begin(), segments_.end(), seconds,
                       [](double at, const Segment& segment) { return at < segment.begin_s; });
  return *std::prev(after);
}

double RateCurve::rate_per_s(Instant when) const {
  const double seconds = seconds_of(when.time_since_epoch());
  const Segment& segment = segment_at(seconds);
  const double rate = segment.rate_per_s + segment.slope_per_s2 * (seconds - segment.begin_s);
  return amplitude_ == 0 ? rate : rate * (1 + amplitude_ * std::sin(angular_per_s_ * seconds));
}

double RateCurve::expected_until(Instant when) const {
  const double seconds = seconds_of(when.time_since_epoch());
  const Segment& segment = segment_at(seconds);
  return segment.expected_before + expected_in(segment, seconds);
}

double RateCurve::expected_in(const Segment& segment, double seconds) const {
  const double length = seconds - segment.begin_s;
  const double plain = length * (segment.rate_per_s + 0.5 * segment.slope_per_s2 * length);
  if (amplitude_ == 0) return plain;
  // Integral of (rate + slope (t - begin)) sin(w t), by parts.
  const double from = angular_per_s_ * segment.begin_s;
  const double to = angular_per_s_ * seconds;
  const double end_rate = segment.rate_per_s + segment.slope_per_s2 * length;
  const double wave =
      (segment.rate_per_s * std::cos(from) - end_rate * std::cos(to)) / angular_per_s_ +
      segment.slope_per_s2 * (std::sin(to) - std::sin(from)) / (angular_per_s_ * angular_per_s_);
  return plain + amplitude_ * wave;
}

double RateCurve::peak_per_s(Instant end) const {
  const double end_s = seconds_of(end.time_since_epoch());
  double peak = 0;
  for (std::size_t i = 0; i < segments_.size() && segments_[i].begin_s < end_s; ++i) {
    const Segment& segment = segments_[i];
    const double until =
        i + 1 < segments_.size() ? std::min(end_s, segments_[i + 1].begin_s) : end_s;
    peak = std::max({peak, segment.rate_per_s,
                     segment.rate_per_s + segment.slope_per_s2 * (until - segment.begin_s)});
  }
  return peak * (1 + amplitude_);
}

}  // namespace double11::traffic
