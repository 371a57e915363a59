#include <double11/core/random.hpp>
#include <double11/stages/concurrency_limit.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
namespace {

// log10 rounded down, at least 1: of small limits it would be nothing.
double whole_log10(double limit) {
  int digits = 1;
  for (double power = 100; power <= limit; power *= 10) ++digits;
  return digits;
}

}  // namespace

Vegas::Vegas(const Settings& settings, std::uint64_t seed)
    : settings_(settings), seed_(seed), estimate_(static_cast<double>(settings.first)) {
  draw_probe();
}

void Vegas::draw_probe() {
  const RandomBlock random = random_block(seed_, Purpose::limit_probe, probes_++);
  const double jitter = 0.5 + std::ldexp(static_cast<double>(random.word[0]), -33);
  probe_after_ = jitter * static_cast<double>(settings_.probe_factor);
  answers_ = 0;
}

void Vegas::answered(Instant, Duration round_trip, std::int64_t in_flight, bool dropped) {
  ++answers_;
  if (probe_after_ * estimate_ <= static_cast<double>(answers_)) {
    draw_probe();
    shortest_ = round_trip;
    return;
  }
  if (shortest_.count() == 0 || round_trip < shortest_) {
    shortest_ = round_trip;
    return;
  }
  const double step = whole_log10(estimate_);
  double next = estimate_;
  if (dropped) {
    next -= step;
  } else {
    // Those that use less than half of it say nothing about the limit.
    if (static_cast<double>(in_flight) * 2 < estimate_) return;
    const double part =
        static_cast<double>(shortest_.count()) / static_cast<double>(round_trip.count());
    const double queue = std::ceil(estimate_ * (1 - part));
    const double alpha = 3 * step;
    const double beta = 6 * step;
    if (queue <= step) {
      next += beta;
    } else if (queue < alpha) {
      next += step;
    } else if (queue > beta) {
      next -= step;
    } else {
      return;
    }
  }
  next = std::max(1.0, std::min(static_cast<double>(settings_.most), next));
  estimate_ = (1 - settings_.smoothing) * estimate_ + settings_.smoothing * next;
}

Gradient2::Gradient2(const Settings& settings)
    : settings_(settings), estimate_(static_cast<double>(settings.first)) {}

void Gradient2::add_to_mean(double round_trip_ns) {
  constexpr std::int64_t kPlain = 10;
  if (samples_ < kPlain) {
    ++samples_;
    sum_ns_ += round_trip_ns;
    mean_ns_ = sum_ns_ / static_cast<double>(samples_);
    return;
  }
  const double weight = 2 / static_cast<double>(settings_.window + 1);
  mean_ns_ = mean_ns_ * (1 - weight) + round_trip_ns * weight;
}

void Gradient2::answered(Instant, Duration round_trip, std::int64_t in_flight, bool) {
  // Of no time at all there is no ratio.
  const double now_ns = static_cast<double>(std::max<std::int64_t>(1, round_trip.count()));
  add_to_mean(now_ns);
  const double ratio = mean_ns_ / now_ns;
  // A mean from the time of an overload is forgotten faster.
  if (ratio > 2) mean_ns_ *= 0.95;
  if (static_cast<double>(in_flight) < estimate_ / 2) return;
  const double gradient = std::max(0.5, std::min(1.0, settings_.tolerance * ratio));
  const double next = estimate_ * gradient + static_cast<double>(settings_.queue);
  estimate_ = estimate_ * (1 - settings_.smoothing) + next * settings_.smoothing;
  estimate_ = std::max(static_cast<double>(settings_.least),
                       std::min(static_cast<double>(settings_.most), estimate_));
}

// Before anything is known Sentinel takes one answer in half a second and 5 s for it.
SentinelRule::SentinelRule() : limit_(2 * 5 + 1) {}

void SentinelRule::answered(Instant now, Duration round_trip, std::int64_t, bool dropped) {
  if (dropped) return;
  constexpr std::int64_t kHalfNs = 500'000'000;
  const std::int64_t number = nanoseconds_of(now) / kHalfNs;
  Bucket& present = buckets_[static_cast<std::size_t>(number % 2)];
  if (present.number != number) present = {number, 0, round_trip};
  ++present.answers;
  present.shortest = std::min(present.shortest, round_trip);

  std::int64_t most = present.answers;
  Duration shortest = present.shortest;
  const Bucket& previous = buckets_[static_cast<std::size_t>((number + 1) % 2)];
  if (previous.number == number - 1 && previous.answers > 0) {
    most = std::max(most, previous.answers);
    shortest = std::min(shortest, previous.shortest);
  }
  // Sentinel lets in while at most so many are in flight already, or one.
  const double in_flight = static_cast<double>(most) * 2 * seconds_of(shortest);
  limit_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(in_flight)) + 1;
}

}  // namespace double11::stages
