#include <double11/measure/latency_series.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/order_file.hpp>

#include <cmath>
#include <functional>
#include <numeric>

namespace double11::measure {
namespace {

constexpr std::int64_t kIntervalsMost = 240;
constexpr std::int64_t kIntervalsLeast = 24;

// A percentile of fewer orders would be noise: then there are fewer intervals.
constexpr double kFew = 200;

// So many orders of an interval tell its percentiles well enough.
constexpr double kEnough = 8192;
constexpr double kEveryMost = 65536;

// Orders that the curve and the shows, the file or the source bring, roughly.
double orders_of(const scenario::Traffic& traffic, Duration duration) {
  if (traffic.source) return std::fmax(traffic.source->expected(), 0);
  if (traffic.replayed) return static_cast<double>(traffic.replayed->orders);
  double orders = 0;
  for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
    const auto& point = traffic.curve[i];
    const bool is_last = i + 1 == traffic.curve.size();
    const Duration until = is_last ? duration : std::min(traffic.curve[i + 1].at, duration);
    const double rate_after = is_last ? point.rate_per_s : traffic.curve[i + 1].rate_per_s;
    const double seconds = std::max(seconds_of(until - point.at), 0.0);
    orders += seconds * (point.rate_per_s + rate_after) / 2;
  }
  return orders * traffic.scale;
}

}  // namespace

LatencySeries::LatencySeries(const scenario::Scenario& scenario) {
  const double orders = orders_of(scenario.traffic, scenario.duration);
  const auto intervals = std::clamp(static_cast<std::int64_t>(std::min(orders / kFew, 1e6)),
                                    kIntervalsLeast, kIntervalsMost);
  const double per_interval = orders / static_cast<double>(intervals);
  const double most = std::clamp(per_interval / kEnough, 1.0, kEveryMost);
  mask_ = std::bit_floor(static_cast<std::uint64_t>(most)) - 1;
  rows_ = static_cast<std::size_t>(intervals + intervals / 10);
  cursor_ = RowCursor(std::max(scenario.duration / intervals, Duration(1)), rows_);
  // Room for the most: a longer sale needs no more memory than a short one.
  cells_.resize(static_cast<std::size_t>(kIntervalsMost + kIntervalsMost / 10) * kCells);
}

void LatencySeries::merge(const LatencySeries& other) {
  std::transform(cells_.begin(), cells_.end(), other.cells_.begin(), cells_.begin(), std::plus<>());
}

std::int64_t LatencySeries::count_of(std::size_t row) const {
  const auto begin = cells_.begin() + static_cast<std::ptrdiff_t>(row * kCells);
  return std::accumulate(begin, begin + kCells, std::int64_t{0});
}

std::int64_t LatencySeries::upper_edge(std::size_t cell) {
  if (cell < (std::size_t{2} << kSubBits)) return static_cast<std::int64_t>(cell);
  const std::size_t octave = (cell >> kSubBits) - 1;
  const std::size_t mantissa = cell - (octave << kSubBits);
  return static_cast<std::int64_t>(((mantissa + 1) << octave) - 1);
}

Duration LatencySeries::quantile(std::size_t row, double share) const {
  const std::int64_t count = count_of(row);
  if (count == 0) return Duration(0);
  const auto rank = std::clamp<std::int64_t>(
      static_cast<std::int64_t>(std::ceil(share * static_cast<double>(count))), 1, count);
  std::int64_t seen = 0;
  std::size_t cell = 0;
  for (; cell + 1 < kCells; ++cell) {
    seen += cells_[row * kCells + cell];
    if (seen >= rank) break;
  }
  return Duration(upper_edge(cell));
}

}  // namespace double11::measure
