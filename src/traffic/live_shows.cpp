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
  double end_s = 0;
  for (const Pulse& pulse : pulses_) {
    end_s = std::max(end_s, pulse.end_s);
    ends_s_.push_back(end_s);
  }
}

// N (exp(-a) - exp(-b)), in the form that does not cancel for short spans.
double LiveShows::expected_of(const Pulse& pulse, double from_s, double to_s) {
  if (to_s <= pulse.begin_s || from_s >= pulse.end_s) return 0;
  const double from = std::max(0.0, from_s - pulse.begin_s) / pulse.mean_s;
  const double to = (to_s - pulse.begin_s) / pulse.mean_s;
  return pulse.expected * std::exp(-from) * -std::expm1(from - to);
}

template <typename Visit>
double LiveShows::expected_in(Instant from, Instant to, Visit visit) const {
  const double from_s = seconds_at(from);
  const double to_s = seconds_at(to);
  double sum = 0;
  // Those before it are over.
  const auto first = std::upper_bound(ends_s_.begin(), ends_s_.end(), from_s) - ends_s_.begin();
  for (auto i = static_cast<std::size_t>(first); i < pulses_.size(); ++i) {
    if (pulses_[i].begin_s >= to_s) break;
    const double expected = expected_of(pulses_[i], from_s, to_s);
    if (expected <= 0) continue;
    sum += expected;
    visit(pulses_[i], expected);
  }
  return sum;
}

double LiveShows::expected_in(Instant from, Instant to) const {
  return expected_in(from, to, [](const Pulse&, double) {});
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

void LiveShows::Share::move_to(const LiveShows& shows, Instant from, Instant to, double curve) {
  parts_.clear();
  expected_ = shows.expected_in(from, to, [&](const Pulse& pulse, double expected) {
    parts_.push_back({expected, 0, &pulse.item});
  });
  const double total = curve + expected_;
  double sum = 0;
  for (Part& part : parts_) {
    sum += part.expected;
    part.below = threshold_of(std::min(1.0, sum / total));
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
