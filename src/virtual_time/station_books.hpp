#pragma once
// Keeps the record of one station while the clock runs.

#include <double11/virtual_time/network_record.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

/// Mean number present by interval, from who enters and who leaves.
class NumberSeries {
 public:
  NumberSeries(std::int64_t interval_ns, std::int64_t end_ns)
      : interval_ns_(interval_ns),
        changes_(static_cast<std::size_t>((end_ns + interval_ns - 1) / interval_ns)) {}

  void change(std::int64_t at_ns, std::int64_t by) {
    if (at_ns < begin_ns_ || at_ns - begin_ns_ >= interval_ns_) turn_to(at_ns);
    Change& change = changes_[row_];
    change.net += by;
    change.area_ns += by * (begin_ns_ + interval_ns_ - at_ns);
  }

  /// The same for many instants, from the `first_ns` to the `last_ns`.
  void change_all(std::span<const std::int64_t> at_ns, std::int64_t by, std::int64_t first_ns,
                  std::int64_t last_ns) {
    if (first_ns < begin_ns_ || first_ns - begin_ns_ >= interval_ns_) turn_to(first_ns);
    if (last_ns - begin_ns_ >= interval_ns_) {
      for (const std::int64_t at : at_ns) change(at, by);
      return;
    }
    std::int64_t sum = 0;
    for (const std::int64_t at : at_ns) sum += at - begin_ns_;
    const auto count = static_cast<std::int64_t>(at_ns.size());
    changes_[row_].net += by * count;
    changes_[row_].area_ns += by * (count * interval_ns_ - sum);
  }

  /// The last row ends at `end_ns`.
  [[nodiscard]] std::vector<double> means(std::int64_t end_ns) const;

 private:
  struct Change {
    std::int64_t net = 0;
    std::int64_t area_ns = 0;  // jobs times time to the end of the interval
  };
  void turn_to(std::int64_t at_ns) {
    row_ = std::min(static_cast<std::size_t>(at_ns / interval_ns_), changes_.size() - 1);
    begin_ns_ = static_cast<std::int64_t>(row_) * interval_ns_;
  }

  std::int64_t interval_ns_;
  std::int64_t begin_ns_ = 0;
  std::size_t row_ = 0;
  std::vector<Change> changes_;
};

/// What a completed visit adds to the fingerprint of its minute. Odd factors
/// keep the fields apart; the mixer then makes the sum of many visits sensitive to each.
inline std::uint64_t print_of(std::uint64_t job, std::uint64_t station, std::int64_t start_ns,
                              std::int64_t end_ns) {
  return mix(((job << 8U) ^ station) * 0xD1342543DE82EF95ULL +
             static_cast<std::uint64_t>(start_ns) * 0xAF251AF3B0F025B5ULL +
             static_cast<std::uint64_t>(end_ns) * 0x9FB21C651E98DF25ULL);
}

inline constexpr std::int64_t kMinuteNs = 60'000'000'000;

class StationBooks {
 public:
  StationBooks(std::int64_t warm_up_ns, std::int64_t interval_ns, std::int64_t end_ns)
      : warm_up_ns_(warm_up_ns), last_ns_(warm_up_ns), series_(interval_ns, end_ns) {}

  /// Brings the integrals up to `now_ns`; to be called before any of the numbers change.
  void advance(std::int64_t now_ns) {
    follow_busy_period(now_ns);
    if (now_ns <= last_ns_) return;
    const auto passed = static_cast<std::uint64_t>(now_ns - last_ns_);
    last_ns_ = now_ns;
    record.present_ns += Wide{passed} * static_cast<std::uint64_t>(present);
    record.waiting_ns += Wide{passed} * static_cast<std::uint64_t>(waiting);
    record.busy_ns += Wide{passed} * static_cast<std::uint64_t>(busy);
    record.orbit_ns += Wide{passed} * static_cast<std::uint64_t>(orbit);
    if (present == orbit) record.empty_ns += static_cast<std::int64_t>(passed);
    if (busy >= servers) record.all_busy_ns += static_cast<std::int64_t>(passed);
  }

  [[nodiscard]] bool counts(std::int64_t at_ns) const { return at_ns >= warm_up_ns_; }

  void visit_begins(std::int64_t now_ns) {
    advance(now_ns);
    ++present;
    ++record.flow.entered;
    record.arrivals += counts(now_ns) ? 1 : 0;
    if (counts(now_ns) && last_arrival_ns_ >= 0) record.arrival_gap.add(now_ns - last_arrival_ns_);
    last_arrival_ns_ = now_ns;
    series_.change(now_ns, 1);
  }

  /// In whatever way; the caller counts which.
  void visit_ends(std::int64_t began_ns, std::int64_t now_ns) {
    advance(now_ns);
    --present;
    series_.change(now_ns, -1);
    add_visit(began_ns, now_ns);
  }

  void visit_completed(std::uint64_t job, std::uint64_t station, std::int64_t began_ns,
                       std::int64_t started_ns, std::int64_t now_ns) {
    ++record.flow.completed;
    if (counts(now_ns)) {
      ++record.completions;
      record.sojourn.add(now_ns - began_ns);
    }
    const auto minute = static_cast<std::size_t>(now_ns / kMinuteNs);
    if (minute >= record.fingerprints.size()) record.fingerprints.resize(minute + 1);
    record.fingerprints[minute] += print_of(job, station, started_ns, now_ns);
  }

  void wait_ends(std::int64_t queued_ns, std::int64_t now_ns, bool served) {
    if (!counts(now_ns)) return;
    record.wait_all.add(now_ns - queued_ns);
    if (!served) return;
    record.wait_served.add(now_ns - queued_ns);
    record.waited += now_ns > queued_ns ? 1 : 0;
  }

  /// The part of a visit that statistics cover.
  void add_visit(std::int64_t began_ns, std::int64_t until_ns) {
    const std::int64_t length = until_ns - std::max(began_ns, warm_up_ns_);
    if (length > 0) record.visits_ns += static_cast<std::uint64_t>(length);
  }

  [[nodiscard]] const NumberSeries& series() const { return series_; }

  StationRecord record;
  std::int64_t present = 0;  ///< visits
  std::int64_t waiting = 0;  ///< tasks in queues
  std::int64_t busy = 0;     ///< servers
  std::int64_t orbit = 0;    ///< waiting for a retry
  std::int64_t servers = 0;

 private:
  // An instant at which the last one goes and the next one comes does not end a busy period.
  void follow_busy_period(std::int64_t now_ns) {
    if (now_ns == seen_ns_) return;
    const bool somebody = present != orbit;
    if (somebody && !in_busy_period_) busy_since_ns_ = seen_ns_;
    if (!somebody && in_busy_period_ && counts(seen_ns_)) {
      record.busy_period.add(seen_ns_ - busy_since_ns_);
    }
    in_busy_period_ = somebody;
    seen_ns_ = now_ns;
  }

  std::int64_t warm_up_ns_;
  std::int64_t last_ns_;
  std::int64_t seen_ns_ = 0;
  std::int64_t busy_since_ns_ = 0;
  bool in_busy_period_ = false;
  std::int64_t last_arrival_ns_ = -1;
  NumberSeries series_;
};

}  // namespace double11::virtual_time
