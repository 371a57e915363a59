#pragma once
// When the number of payment servers changes. Shared by all workers: whoever sees first that the
// time of a change has come applies it.

#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::live {

/// The fewest payment servers there ever are while there are any; at least 1. How a pool is shared
/// must fit these.
[[nodiscard]] inline std::int64_t fewest_servers(const scenario::Payment& payment) {
  const bool replaced = !payment.calendar.empty() && payment.calendar.front().at == Duration(0);
  std::int64_t fewest = replaced ? INT64_MAX : payment.servers;
  for (const scenario::ServerStep& step : payment.calendar) {
    if (step.servers > 0) fewest = std::min(fewest, step.servers);
  }
  return fewest == INT64_MAX ? 1 : fewest;
}

class ServerCalendar {
 public:
  explicit ServerCalendar(const scenario::Payment& payment) {
    std::int64_t servers = payment.servers;
    for (const scenario::ServerStep& step : payment.calendar) {
      changes_.push_back({Instant(step.at), step.servers - servers});
      servers = step.servers;
    }
  }

  [[nodiscard]] bool empty() const { return changes_.empty(); }

  /// When the next change is that nobody has been told of; kNever when there is none. Any thread.
  [[nodiscard]] Instant next_change() const {
    const std::size_t next = next_.load(std::memory_order_relaxed);
    return next < changes_.size() ? changes_[next].at : kNever;
  }

  /// By how many the number of servers changes until `now`, beyond what earlier calls have told.
  /// Any thread; each change is told to one of them.
  std::int64_t change_by(Instant now) {
    std::int64_t sum = 0;
    std::size_t next = next_.load(std::memory_order_relaxed);
    while (next < changes_.size() && changes_[next].at <= now) {
      if (next_.compare_exchange_weak(next, next + 1, std::memory_order_relaxed)) {
        sum += changes_[next++].by;
      }
    }
    return sum;
  }

 private:
  struct Change {
    Instant at;
    std::int64_t by;
  };

  std::vector<Change> changes_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace double11::live
