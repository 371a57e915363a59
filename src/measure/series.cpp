#include <double11/measure/series.hpp>
#include <double11/scenario/demand.hpp>

#include <algorithm>
#include <cmath>

namespace double11::measure {
namespace {

constexpr double kShortTailSeconds = 30;
constexpr double kMostTailRows = 100'000;

// After the duration, until the waiting room has let everybody in, and these have paid.
double room_open_s(const scenario::Scenario& scenario) {
  const scenario::WaitingRoom& room = scenario.admission.waiting_room;
  if (room.rate_per_s <= 0) return 0;
  const double late_s = std::max(0.0, seconds_of(room.opens - scenario.duration));
  const scenario::Traffic& traffic = scenario.traffic;
  // With room for what comes by chance. Who comes beside the curve is not known beforehand.
  constexpr double kMoreByChance = 1.25;
  const double clicks = kMoreByChance * scenario::expected_orders(scenario) *
                        static_cast<double>(traffic.retry.attempts) *
                        (1 + traffic.double_clicks.share);
  const bool is_known = !is_from_outside(traffic) && traffic.viewers.empty();
  const auto most = static_cast<double>(room.limit);
  const double people = is_known ? std::min(clicks, most) : most;
  return late_s + people / room.rate_per_s +
         seconds_of(std::min(scenario.payment.timeout, scenario.inventory.reservation_ttl));
}

// The longest way of an order through all its clicks.
double retries_s(const scenario::Scenario& scenario) {
  const scenario::Retry& retry = scenario.traffic.retry;
  double pause_s = seconds_of(retry.delay);
  double way_s = 0;
  for (std::int64_t attempt = 1; attempt < retry.attempts; ++attempt) {
    way_s += seconds_of(retry.timeout) + pause_s;
    pause_s *= retry.backoff;
  }
  return way_s;
}

}  // namespace

Duration series_tail(const scenario::Scenario& scenario) {
  double tail_s = kShortTailSeconds + room_open_s(scenario) + retries_s(scenario);
  double faults_s = 0;
  for (const scenario::Fault& fault : scenario.faults) {
    faults_s = std::max(faults_s, seconds_of(fault.at + fault.duration - scenario.duration));
  }
  tail_s += faults_s;
  const Duration interval = Series::interval_for(scenario.duration);
  const double most_s = std::max(kShortTailSeconds, kMostTailRows * seconds_of(interval));
  return Duration(std::llround(std::min(tail_s, most_s) * 1e9));
}

Series::Series(const scenario::Scenario& scenario)
    : Series(interval_for(scenario.duration), scenario.duration, series_tail(scenario)) {}

Series::Series(Duration interval, Duration duration, Duration tail)
    : rows_(static_cast<std::size_t>((duration + tail) / interval) + 2),
      cursor_(interval, rows_.size()) {}

void Series::merge(const Series& other) {
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (std::size_t step = 0; step < kFunnelSteps; ++step)
      rows_[row][step] += other.rows_[row][step];
  }
}

double Series::peak_per_s(Funnel step) const {
  std::uint32_t peak = 0;
  for (std::size_t row = 0; row + 1 < rows_.size(); ++row) {
    peak = std::max(peak, rows_[row][index_of(step)]);
  }
  return peak / seconds_of(interval());
}

std::size_t Series::rows_with(Funnel step) const {
  std::size_t rows = rows_.size() - 1;
  while (rows > 0 && rows_[rows - 1][index_of(step)] == 0) --rows;
  return rows;
}

double Series::count_until(Funnel step, Instant at) const {
  const auto interval_ns = static_cast<std::uint64_t>(interval().count());
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(0, nanoseconds_of(at)));
  const std::size_t whole = std::min<std::size_t>(ns / interval_ns, rows_.size() - 1);
  std::uint64_t count = 0;
  for (std::size_t row = 0; row < whole; ++row) count += rows_[row][index_of(step)];
  const double part = std::min(
      1.0, static_cast<double>(ns - whole * interval_ns) / static_cast<double>(interval_ns));
  return static_cast<double>(count) + part * rows_[whole][index_of(step)];
}

double Series::rate_at(Funnel step, Instant at) const {
  const auto interval_ns = static_cast<std::uint64_t>(interval().count());
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(0, nanoseconds_of(at)));
  const std::size_t row = std::min<std::size_t>(ns / interval_ns, rows_.size() - 1);
  return rows_[row][index_of(step)] / seconds_of(interval());
}

Duration Series::interval_for(Duration duration) {
  Duration interval = std::chrono::seconds(1);
  while (interval * 2 > duration && interval > std::chrono::microseconds(1)) interval /= 10;
  while (duration / interval > 200'000) interval *= 10;
  return interval;
}

}  // namespace double11::measure
