#pragma once
// What the door counted: why clicks were turned away, and who waited. Plain sums.

#include <cstdint>

namespace double11::measure {

/// What the door did with clicks.
struct DoorCounts {
  std::int64_t duplicates = 0;
  std::int64_t bots_caught = 0;
  std::int64_t false_alarms = 0;
  std::int64_t over_buyer_rate = 0;
  std::int64_t over_buyer_units = 0;
  std::int64_t told_sold_out = 0;
  std::int64_t over_rate = 0;
  std::int64_t room_full = 0;
  std::int64_t over_limit = 0;  ///< no credit, and no place to wait for one
  std::int64_t dropped = 0;     ///< from the queue, by the overload control
  std::int64_t expired = 0;     ///< from the queue, their buyers had stopped waiting
  std::int64_t polls = 0;       ///< requests of those who waited in the waiting room
  std::int64_t room_most = 0;   ///< most people in the waiting room
  std::int64_t queue_most = 0;  ///< most that waited for a credit
  std::int64_t in_flight_most = 0;

  /// Sums; the last three are maxima.
  DoorCounts& operator+=(const DoorCounts& other);
};

}  // namespace double11::measure
