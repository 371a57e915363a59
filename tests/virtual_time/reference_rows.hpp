#pragma once
// The rows of a database once more, as plain as can be.

#include <double11/scenario/scenario.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

namespace double11::virtual_time {

class PlainRows {
 public:
  explicit PlainRows(const scenario::Scenario& scenario)
      : row_(scenario.inventory.row), clock_(stages::WorkClock::of_faults(scenario, "inventory")) {}

  // True when nothing is under way at the row, so that a group is to begin.
  bool comes(std::uint32_t sku, std::uint64_t id) {
    waiting_[sku].push_back(id);
    return groups_.count(sku) == 0;
  }
  bool anybody_waits(std::uint32_t sku) { return !waiting_[sku].empty(); }
  std::uint64_t first_of_group(std::uint32_t sku) { return groups_[sku].front(); }

  // The orders that wait for the row, or as many of them as fit a group, are updated together.
  // Returns when they are durable.
  Instant begin_group(Instant now, std::uint32_t sku) {
    std::vector<std::uint64_t>& group = groups_[sku];
    std::deque<std::uint64_t>& line = waiting_[sku];
    const std::int64_t most = row_.model == scenario::RowModel::group ? row_.group_most : 1;
    while (!line.empty() && std::ssize(group) < most) {
      group.push_back(line.front());
      line.pop_front();
    }
    Duration lock = row_.lock;
    if (row_.crowd > 0) {
      const double x =
          std::min(1.0, static_cast<double>(line.size()) / static_cast<double>(row_.crowd));
      const auto more = static_cast<double>((row_.lock_crowded - row_.lock).count());
      lock +=
          Duration(std::llround(((1 - row_.crowd_bend) * x + row_.crowd_bend * (x * x)) * more));
    }
    return clock_.finish(now, lock + row_.update * std::ssize(group) + row_.commit);
  }

  std::vector<std::uint64_t> end_group(std::uint32_t sku) {
    std::vector<std::uint64_t> group = groups_[sku];
    groups_.erase(sku);
    return group;
  }

 private:
  scenario::Row row_;
  stages::WorkClock clock_;
  std::map<std::uint32_t, std::deque<std::uint64_t>> waiting_;
  std::map<std::uint32_t, std::vector<std::uint64_t>> groups_;  // whose updates are under way
};

}  // namespace double11::virtual_time
