#pragma once
// What buyers and the door counted: clicks, and why some were turned away. Plain sums.

#include <cstdint>

namespace double11::measure {

/// How often buyers clicked, and what came of it.
struct ClientCounts {
  std::int64_t first_clicks = 0;
  std::int64_t second_clicks = 0;
  std::int64_t retries = 0;
  std::int64_t over_budget = 0;    ///< retries that were not made for lack of a token
  std::int64_t timed_out = 0;      ///< clicks whose answer did not come in time
  std::int64_t answered_late = 0;  ///< answers that nobody waited for any more
  std::int64_t served = 0;         ///< orders dispatched, in whichever try
  std::int64_t given_up = 0;       ///< orders whose buyer does not try again

  ClientCounts& operator+=(const ClientCounts& other);
};

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
