#pragma once
// What a simulation of a network leaves behind. Sums are integers, so that laws which hold exactly
// can be checked exactly. Everything but Flow, probes and series starts at simulate.warm_up.

#include <double11/core/random.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/histogram.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace double11::virtual_time {

/// Exact sums over durations in nanoseconds.
struct Moments {
  std::int64_t count = 0;
  Wide sum = 0;
  Wide squares = 0;

  void add(std::int64_t value_ns) {
    const auto value = static_cast<std::uint64_t>(value_ns);
    ++count;
    sum += value;
    squares += Wide{value} * value;
  }
  void add_all(std::span<const std::int64_t> values_ns);
  void merge(const Moments& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }
  /// Nanoseconds; 0 when empty.
  [[nodiscard]] double mean_ns() const {
    return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
  }
  /// Square nanoseconds, of the population; 0 when empty.
  [[nodiscard]] double variance_ns2() const {
    if (count == 0) return 0;
    const double mean = mean_ns();
    return std::max(0.0, static_cast<double>(squares) / static_cast<double>(count) - mean * mean);
  }
  /// Squared coefficient of variation: variance over the square of the mean; 0 when empty.
  [[nodiscard]] double scv() const {
    const double mean = mean_ns();
    return mean == 0 ? 0 : variance_ns2() / (mean * mean);
  }
};

/// A duration that many jobs have: exact moments, and counts by size.
struct Times {
  Moments moments;
  measure::Histogram histogram;

  void add(std::int64_t value_ns) {
    moments.add(value_ns);
    histogram.record(value_ns);
  }
  void add_all(std::span<const std::int64_t> values_ns) {
    moments.add_all(values_ns);
    histogram.record_all(values_ns);
  }
  void merge(const Times& other) {
    moments.merge(other.moments);
    histogram.merge(other.histogram);
  }
};

/// Jobs from the very start: entered = completed + lost + abandoned + inside at the end.
struct Flow {
  std::int64_t entered = 0;
  std::int64_t completed = 0;
  std::int64_t lost = 0;
  std::int64_t abandoned = 0;
  std::int64_t inside = 0;

  /// 0 unless the simulation lost count of a job.
  [[nodiscard]] std::int64_t residual() const {
    return entered - completed - lost - abandoned - inside;
  }
};

/// One station. A visit lasts from the arrival until the job moves on, orbit and truck included.
struct StationRecord {
  std::string name;
  Flow flow;

  std::int64_t arrivals = 0;
  std::int64_t completions = 0;
  std::int64_t blocked = 0;    ///< lost: neither a server nor a place, and no (further) retry
  std::int64_t no_token = 0;   ///< lost at the token bucket
  std::int64_t failed = 0;     ///< lost: the last allowed service failed
  std::int64_t abandoned = 0;  ///< left the queue when patience ended
  std::int64_t retries = 0;    ///< tries of blocked jobs, and repeated services
  std::int64_t services = 0;   ///< begun, not counting resumed ones
  std::int64_t waited = 0;     ///< services that began later than the job had queued

  /// Integrals over time: jobs times nanoseconds.
  Wide present_ns = 0;
  Wide waiting_ns = 0;
  Wide busy_ns = 0;  ///< servers
  Wide orbit_ns = 0;
  std::int64_t empty_ns = 0;     ///< nobody here, but for the orbit
  std::int64_t all_busy_ns = 0;  ///< no server was free
  /// Sum of the visits, cut at the warm-up and at the end: must equal present_ns.
  Wide visits_ns = 0;

  // Counted where they end, so that neither the start nor the end of the run favours short ones: in
  // a steady state their means have no bias.
  Times wait_served;  ///< queueing time of those who were served
  Times wait_all;     ///< the same, with those who gave up
  Times sojourn;      ///< completed visits
  /// Times with somebody here, but for the orbit.
  Moments busy_period;
  /// Between arrivals that follow each other. Those of the next station of a series are the
  /// departures of this one.
  Moments arrival_gap;

  std::vector<double> series;               ///< mean number present, by interval
  std::vector<std::int64_t> probes;         ///< number present at network.probes
  std::vector<std::uint64_t> fingerprints;  ///< of the visits that were completed, by minute

  [[nodiscard]] std::int64_t lost() const { return blocked + no_token + failed; }
  /// Little's law, counted two ways; 0 unless one of them is wrong.
  [[nodiscard]] std::int64_t little_residual() const {
    return static_cast<std::int64_t>(present_ns - visits_ns);
  }
};

struct ClassRecord {
  std::string name;
  Flow flow;
  Times sojourn;  ///< through the network, of completed jobs
};

struct NetworkRecord {
  Duration warm_up{0};
  Duration end{0};
  Duration series_interval{0};
  std::vector<Duration> probes;
  /// By the hook, before its time: all is of the part up to `end`.
  bool stopped = false;
  std::uint64_t events = 0;

  std::vector<StationRecord> stations;
  std::vector<ClassRecord> classes;
  Flow flow;
  std::int64_t completions = 0;  ///< after the warm-up
  Times sojourn;

  /// Whether there are statistics: a record that was stopped within its warm-up has only flow and
  /// laws.
  [[nodiscard]] bool has_figures() const { return end > warm_up; }
  /// Seconds that statistics cover; more than 0 where there are any.
  [[nodiscard]] double observed_s() const { return seconds_of(end - warm_up); }
  /// Mean over the observed time of an integral of a StationRecord.
  [[nodiscard]] double mean_of(Wide integral_ns) const {
    return static_cast<double>(integral_ns) / static_cast<double>((end - warm_up).count());
  }
  /// Of all completed visits of all stations: the same for any order of execution.
  [[nodiscard]] std::uint64_t fingerprint() const {
    std::uint64_t all = 0;
    for (const StationRecord& station : stations) {
      for (const std::uint64_t minute : station.fingerprints) all += minute;
    }
    return all;
  }
};

}  // namespace double11::virtual_time
