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

Duration Series::interval_for(Duration duration) {
  Duration interval = std::chrono::seconds(1);
  while (interval * 2 > duration && interval > std::chrono::microseconds(1)) interval /= 10;
  while (duration / interval > 200'000) interval *= 10;
  return interval;
}

}  // namespace double11::measure
