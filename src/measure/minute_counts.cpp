#include <double11/measure/minute_counts.hpp>

namespace double11::measure {

void MinuteCounts::merge(const MinuteCounts& other) {
  counts_.resize(std::max(counts_.size(), other.counts_.size()));
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::vector<std::int64_t> MinuteCounts::by_day() const {
  const auto per_day = static_cast<std::size_t>(kPerDay);
  std::vector<std::int64_t> days((counts_.size() + per_day - 1) / per_day);
  for (std::size_t i = 0; i < counts_.size(); ++i) days[i / per_day] += counts_[i];
  return days;
}

std::vector<std::int64_t> backlog_of(const std::vector<std::int64_t>& came,
                                     const std::vector<std::int64_t>& went) {
  std::vector<std::int64_t> backlog(std::max(came.size(), went.size()));
  std::int64_t waiting = 0;
  for (std::size_t i = 0; i < backlog.size(); ++i) {
    if (i < came.size()) waiting += came[i];
    if (i < went.size()) waiting -= went[i];
    backlog[i] = waiting;
  }
  return backlog;
}

}  // namespace double11::measure
