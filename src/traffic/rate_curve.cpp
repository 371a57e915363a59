#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
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

double RateCurve::when_expected(double expected) const {
  // The last segment that begins with no more than that.
  const auto after = std::upper_bound(
      segments_.begin(), segments_.end(), expected,
      [](double value, const Segment& segment) { return value < segment.expected_before; });
  const Segment& segment = *std::prev(after);
  const double wanted = expected - segment.expected_before;
  if (amplitude_ == 0 && segment.slope_per_s2 == 0)
    return segment.begin_s + wanted / segment.rate_per_s;
  if (amplitude_ == 0) {
    // The root of rate t + slope t^2 / 2 = wanted, in the form that does not cancel.
    const double root = std::sqrt(
        std::max(0.0, segment.rate_per_s * segment.rate_per_s + 2 * segment.slope_per_s2 * wanted));
    return segment.begin_s + 2 * wanted / (segment.rate_per_s + root);
  }
  // A bracket, then Newton's method inside it.
  double low = segment.begin_s;
  double high = after == segments_.end() ? segment.begin_s + 1 : after->begin_s;
  if (after == segments_.end()) {
    if (segment.rate_per_s == 0) return std::numeric_limits<double>::infinity();
    while (expected_in(segment, high) < wanted) high += high - segment.begin_s;
  }
  double at = std::clamp(low + wanted / std::max(segment.rate_per_s, 1e-9), low, high);
  for (int step = 0; step < 100; ++step) {
    const double missing = wanted - expected_in(segment, at);
    (missing > 0 ? low : high) = at;
    const double rate = (segment.rate_per_s + segment.slope_per_s2 * (at - segment.begin_s)) *
                        (1 + amplitude_ * std::sin(angular_per_s_ * at));
    double next = at + missing / rate;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - at) < 1e-10) return next;
    at = next;
  }
  return at;
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
