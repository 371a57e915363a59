#include <double11/core/ensure.hpp>
#include <double11/study/coordinated_omission.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace double11::study {
namespace {

constexpr double kAsserted = 0.001;

template <int millionths>
double quantile_s(const ExactTimes& times) {
  return seconds_of(times.quantile(millionths * 1e-6));
}

constexpr std::array<OmissionFigure, 11> kPublished{{
    {"count", OmissionFigure::Unit::count, 10'001, 20'000,
     [](const ExactTimes& times) { return static_cast<double>(times.count()); }},
    {"mean", OmissionFigure::Unit::seconds, (10'000 * 0.001 + 100) / 10'001, (0.001 + 50) / 2,
     [](const ExactTimes& times) { return times.mean_s(); }},
    {"p30", OmissionFigure::Unit::seconds, 0.001, 0.001, quantile_s<300'000>},
    {"p50", OmissionFigure::Unit::seconds, 0.001, 0.001, quantile_s<500'000>},
    {"p75", OmissionFigure::Unit::seconds, 0.001, 50, quantile_s<750'000>},
    {"p90", OmissionFigure::Unit::seconds, 0.001, 80, quantile_s<900'000>},
    {"p99", OmissionFigure::Unit::seconds, 0.001, 98, quantile_s<990'000>},
    {"p99.99", OmissionFigure::Unit::seconds, 0.001, 100, quantile_s<999'900>},
    {"p99.999", OmissionFigure::Unit::seconds, 100, 100, quantile_s<999'990>},
    {"max", OmissionFigure::Unit::seconds, 100, 100, quantile_s<1'000'000>},
    {"up to 5 ms", OmissionFigure::Unit::share, 0.9999, 0.5,
     [](const ExactTimes& times) { return times.share_up_to(std::chrono::milliseconds(5)); }},
}};

}  // namespace

ExactTimes::ExactTimes(std::vector<Duration> times) : sorted_(std::move(times)) {
  ensure(!sorted_.empty(), "figures of times need at least one");
  std::sort(sorted_.begin(), sorted_.end());
}

double ExactTimes::mean_s() const {
  double sum_s = 0;
  for (const Duration time : sorted_) sum_s += seconds_of(time);
  return sum_s / static_cast<double>(sorted_.size());
}

Duration ExactTimes::quantile(double share) const {
  ensure(share > 0 && share <= 1, "a quantile needs a share above 0");
  // A product that is whole but for its rounding is that whole number.
  const double rank = std::ceil(share * static_cast<double>(sorted_.size()) - 1e-6);
  return sorted_[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

double ExactTimes::share_up_to(Duration limit) const {
  const auto end = std::upper_bound(sorted_.begin(), sorted_.end(), limit);
  return static_cast<double>(end - sorted_.begin()) / static_cast<double>(sorted_.size());
}

std::vector<Duration> with_omitted(std::span<const Duration> recorded, Duration expected_interval) {
  ensure(expected_interval > Duration(0), "requests are meant to be sent at an interval");
  std::vector<Duration> all(recorded.begin(), recorded.end());
  for (const Duration time : recorded) {
    for (Duration held = time - expected_interval; held >= expected_interval;
         held -= expected_interval) {
      all.push_back(held);
    }
  }
  return all;
}

std::span<const OmissionFigure> published_omission() {
  return kPublished;
}

bool agrees(const OmissionFigure& figure, double published, double measured) {
  if (figure.unit == OmissionFigure::Unit::count) return measured == published;
  return std::abs(measured - published) <= kAsserted * published;
}

}  // namespace double11::study
