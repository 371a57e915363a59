#pragma once
// The list of future events of a simulation, in a total order that no implementation may change:
// by time, then by `tie`, then by `what`, then by `who`.

#include <compare>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace double11::virtual_time {

struct Event {
  std::int64_t at_ns = 0;
  std::uint64_t tie = 0;   ///< whose event it is: creation number of a job; 0 for stations
  std::uint32_t what = 0;  ///< kind, numbered by the engine
  std::uint32_t who = 0;   ///< index of the station, task, ... that it concerns
  constexpr auto operator<=>(const Event&) const = default;
};

/// One thread at a time. Events may be pushed at or after the time of the last one popped.
class Calendar {
 public:
  void push(const Event& event) { events_.push(event); }
  /// The first event; the calendar must not be empty.
  [[nodiscard]] const Event& front() const { return events_.top(); }
  void pop() { events_.pop(); }
  [[nodiscard]] bool empty() const { return events_.empty(); }

 private:
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
};

}  // namespace double11::virtual_time
