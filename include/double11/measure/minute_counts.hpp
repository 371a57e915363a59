#pragma once
// Events by minute of the clock, and by day. Merging adds; one writer at a time.

#include <double11/core/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

inline constexpr Duration kDayLength = std::chrono::hours(24);

class MinuteCounts {
 public:
  static constexpr Duration kMinute = std::chrono::minutes(1);
  static constexpr std::int64_t kPerDay = kDayLength / kMinute;
  /// What happens later counts for the last minute of the last day.
  static constexpr std::int64_t kMostDays = 1000;

  /// `starts_at` is the time of day at the start of the scenario.
  explicit MinuteCounts(Duration starts_at) : starts_at_ns_(starts_at.count()) {}

  void add(Instant at) {
    const std::int64_t minute =
        std::min((nanoseconds_of(at) + starts_at_ns_) / kMinute.count(), kMostDays * kPerDay - 1);
    const auto index = static_cast<std::size_t>(minute);
    if (index >= counts_.size()) counts_.resize(index + 1);
    ++counts_[index];
  }

  void merge(const MinuteCounts& other);

  /// By minute since the midnight before the scenario starts, up to the last with an event.
  [[nodiscard]] const std::vector<std::int64_t>& by_minute() const { return counts_; }
  /// By day, the first being that in which the scenario starts, up to the last with an event.
  [[nodiscard]] std::vector<std::int64_t> by_day() const;

 private:
  std::int64_t starts_at_ns_;
  std::vector<std::int64_t> counts_;
};

/// How many have come and not yet gone at the end of each minute or day: whatever the two lists of
/// MinuteCounts are by.
std::vector<std::int64_t> backlog_of(const std::vector<std::int64_t>& came,
                                     const std::vector<std::int64_t>& went);

}  // namespace double11::measure
