#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <iterator>

namespace double11::traffic {

RateCurve::RateCurve(const scenario::Traffic& traffic) {
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
      expected += length * (segment.rate_per_s + 0.5 * segment.slope_per_s2 * length);
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
  return segment.rate_per_s + segment.slope_per_s2 * (seconds - segment.begin_s);
}

double RateCurve::expected_until(Instant when) const {
  const double seconds = seconds_of(when.time_since_epoch());
  const Segment& segment = segment_at(seconds);
  const double length = seconds - segment.begin_s;
  return segment.expected_before +
         length * (segment.rate_per_s + 0.5 * segment.slope_per_s2 * length);
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
  return peak;
}

}  // namespace double11::traffic
