#include <double11/scenario/shows.hpp>

namespace double11::scenario {

double viewers_at(const Traffic& traffic, const std::string& show, Duration at) {
  const ViewerPoint* before = nullptr;
  for (const ViewerPoint& point : traffic.viewers) {
    if (point.show != show) continue;
    const auto viewers = static_cast<double>(point.viewers);
    if (point.at > at) {
      if (before == nullptr) return 0;
      const auto first = static_cast<double>(before->viewers);
      return first +
             (viewers - first) * (seconds_of(at - before->at) / seconds_of(point.at - before->at));
    }
    before = &point;
  }
  return before == nullptr ? 0 : static_cast<double>(before->viewers);
}

double expected_clicks(const Traffic& traffic, const Reveal& reveal) {
  return viewers_at(traffic, reveal.show, reveal.at) * reveal.click_through * traffic.scale;
}

}  // namespace double11::scenario
