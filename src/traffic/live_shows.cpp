#include <double11/scenario/shows.hpp>
#include <double11/traffic/live_shows.hpp>

#include <algorithm>
#include <cmath>

namespace double11::traffic {
namespace {

// exp(-40) of a pulse is less than the last digit of the whole.
constexpr double kMeansMost = 40;

double seconds_at(Instant when) {
  return seconds_of(when.time_since_epoch());
}

}  // namespace

LiveShows::LiveShows(const scenario::Traffic& traffic) {
  for (const scenario::Reveal& reveal : traffic.reveals) {
    const double expected = scenario::expected_clicks(traffic, reveal);
    if (expected <= 0) continue;
    const double begin_s = seconds_of(reveal.at);
    const double mean_s = seconds_of(reveal.reaction_mean);
    pulses_.push_back({begin_s,
                       begin_s + kMeansMost * mean_s,
                       expected,
                       mean_s,
                       {SkuId{static_cast<std::uint32_t>(reveal.sku)},
                        static_cast<std::uint32_t>(reveal.quantity)}});
  }
  std::stable_sort(pulses_.begin(), pulses_.end(),
                   [](const Pulse& a, const Pulse& b) { return a.begin_s < b.begin_s; });
}

// N (exp(-a) - exp(-b)), in the form that does not cancel for short spans.
double LiveShows::expected_of(const Pulse& pulse, double from_s, double to_s) {
  if (to_s <= pulse.begin_s || from_s >= pulse.end_s) return 0;
  const double from = std::max(0.0, from_s - pulse.begin_s) / pulse.mean_s;
  const double to = (to_s - pulse.begin_s) / pulse.mean_s;
  return pulse.expected * std::exp(-from) * -std::expm1(from - to);
}

double LiveShows::expected_in(Instant from, Instant to) const {
  double sum = 0;
  for (const Pulse& pulse : pulses_) {
    if (pulse.begin_s >= seconds_at(to)) break;
    sum += expected_of(pulse, seconds_at(from), seconds_at(to));
  }
  return sum;
}

double LiveShows::rate_per_s(Instant when) const {
  const double at = seconds_at(when);
  double sum = 0;
  for (const Pulse& pulse : pulses_) {
    if (pulse.begin_s > at) break;
    sum += pulse.expected / pulse.mean_s * std::exp((pulse.begin_s - at) / pulse.mean_s);
  }
  return sum;
}

double LiveShows::peak_per_s(Instant end) const {
  // Between two reveals all rates fall, so the peak is at one of them.
  double peak = 0;
  for (const Pulse& pulse : pulses_) {
    if (pulse.begin_s >= seconds_at(end)) break;
    const auto begin_ns = static_cast<std::int64_t>(std::llround(pulse.begin_s * 1e9));
    peak = std::max(peak, rate_per_s(Instant(Duration(begin_ns))));
  }
  return peak;
}

LiveShows::Share::Share(const LiveShows& shows, Instant from, Instant to, double curve) {
  const double total = curve + shows.expected_in(from, to);
  double sum = 0;
  for (const Pulse& pulse : shows.pulses_) {
    if (pulse.begin_s >= seconds_at(to)) break;
    const double expected = expected_of(pulse, seconds_at(from), seconds_at(to));
    if (expected <= 0) continue;
    sum += expected;
    parts_.push_back({threshold_of(std::min(1.0, sum / total)), &pulse.item});
  }
  // Without a curve rounding leaves nothing over.
  if (curve <= 0 && !parts_.empty()) parts_.back().below = threshold_of(1);
}

const LiveShows::Item* LiveShows::Share::pick(const RandomBlock& random) const {
  if (parts_.empty() || random.word[0] >= parts_.back().below) return nullptr;
  const auto part =
      std::upper_bound(parts_.begin(), parts_.end(), random.word[0],
                       [](std::uint32_t word, const Part& other) { return word < other.below; });
  return part->item;
}

}  // namespace double11::traffic
