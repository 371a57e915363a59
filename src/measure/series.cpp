#include <double11/measure/series.hpp>

#include <algorithm>

namespace double11::measure {

Series::Series(Duration interval, Duration duration, Duration tail)
    : interval_ns_(static_cast<std::uint64_t>(interval.count())),
      rows_(static_cast<std::size_t>((duration + tail) / interval) + 2) {}

void Series::turn_to(std::uint64_t ns) {
  const std::uint64_t row = ns / interval_ns_;
  current_begin_ns_ = row * interval_ns_;
  current_ = std::min<std::size_t>(row, rows_.size() - 1);
}

void Series::merge(const Series& other) {
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (std::size_t step = 0; step < kFunnelSteps; ++step)
      rows_[row][step] += other.rows_[row][step];
  }
}

double Series::peak_per_s(Funnel step, Duration duration) const {
  const auto whole = static_cast<std::size_t>(duration / interval());
  std::uint32_t peak = 0;
  for (std::size_t row = 0; row < std::min(whole, rows_.size()); ++row) {
    peak = std::max(peak, rows_[row][index_of(step)]);
  }
  return peak / seconds_of(interval());
}

double Series::count_until(Funnel step, Instant at) const {
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(0, nanoseconds_of(at)));
  const std::size_t whole = std::min<std::size_t>(ns / interval_ns_, rows_.size() - 1);
  std::uint64_t count = 0;
  for (std::size_t row = 0; row < whole; ++row) count += rows_[row][index_of(step)];
  const double part = std::min(
      1.0, static_cast<double>(ns - whole * interval_ns_) / static_cast<double>(interval_ns_));
  return static_cast<double>(count) + part * rows_[whole][index_of(step)];
}

double Series::rate_at(Funnel step, Instant at) const {
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(0, nanoseconds_of(at)));
  const std::size_t row = std::min<std::size_t>(ns / interval_ns_, rows_.size() - 1);
  return rows_[row][index_of(step)] / seconds_of(interval());
}

Duration Series::interval_for(Duration duration) {
  Duration interval = std::chrono::seconds(1);
  while (interval * 2 > duration && interval > std::chrono::microseconds(1)) interval /= 10;
  while (duration / interval > 200'000) interval *= 10;
  return interval;
}

}  // namespace double11::measure
