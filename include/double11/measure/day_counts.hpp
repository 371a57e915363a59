#pragma once
// Events by day. Merging adds; one writer at a time.

#include <double11/core/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

inline constexpr Duration kDayLength = std::chrono::hours(24);

class DayCounts {
 public:
  /// What happens later counts for the last day.
  static constexpr std::int64_t kMostDays = 1000;

  /// `starts_at` is the time of day at the start of the scenario.
  explicit DayCounts(Duration starts_at) : starts_at_ns_(starts_at.count()) {}

  void add(Instant at) {
    const std::int64_t day =
        std::min((nanoseconds_of(at) + starts_at_ns_) / kDayLength.count(), kMostDays - 1);
    const auto index = static_cast<std::size_t>(day);
    if (index >= counts_.size()) counts_.resize(index + 1);
    ++counts_[index];
  }

  void merge(const DayCounts& other);

  /// By day since the one in which the scenario starts, up to the last with an event.
  [[nodiscard]] const std::vector<std::int64_t>& counts() const { return counts_; }

 private:
  std::int64_t starts_at_ns_;
  std::vector<std::int64_t> counts_;
};

/// How many have come and not yet gone at the end of each day.
std::vector<std::int64_t> backlog_of(const DayCounts& came, const DayCounts& went);

}  // namespace double11::measure
