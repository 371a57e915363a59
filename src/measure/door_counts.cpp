#include <double11/measure/door_counts.hpp>

#include <algorithm>

namespace double11::measure {

DoorCounts& DoorCounts::operator+=(const DoorCounts& other) {
  duplicates += other.duplicates;
  bots_caught += other.bots_caught;
  false_alarms += other.false_alarms;
  over_buyer_rate += other.over_buyer_rate;
  over_buyer_units += other.over_buyer_units;
  told_sold_out += other.told_sold_out;
  over_rate += other.over_rate;
  room_full += other.room_full;
  over_limit += other.over_limit;
  dropped += other.dropped;
  expired += other.expired;
  polls += other.polls;
  room_most = std::max(room_most, other.room_most);
  queue_most = std::max(queue_most, other.queue_most);
  in_flight_most = std::max(in_flight_most, other.in_flight_most);
  return *this;
}

}  // namespace double11::measure
