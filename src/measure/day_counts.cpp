#include <double11/measure/day_counts.hpp>

namespace double11::measure {

void DayCounts::merge(const DayCounts& other) {
  counts_.resize(std::max(counts_.size(), other.counts_.size()));
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::vector<std::int64_t> backlog_of(const DayCounts& came, const DayCounts& went) {
  std::vector<std::int64_t> backlog(std::max(came.counts().size(), went.counts().size()));
  std::int64_t waiting = 0;
  for (std::size_t day = 0; day < backlog.size(); ++day) {
    if (day < came.counts().size()) waiting += came.counts()[day];
    if (day < went.counts().size()) waiting -= went.counts()[day];
    backlog[day] = waiting;
  }
  return backlog;
}

}  // namespace double11::measure
