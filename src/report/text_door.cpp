// What the door did with clicks.
#include <double11/core/units.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

std::string door_part(const Result& result) {
  if (!has_door(result.scenario)) return "";
  const measure::DoorCounts& door = result.record.door;
  const std::vector<std::pair<std::string_view, std::int64_t>> all{
      {"second clicks known", door.duplicates},
      {"bots caught", door.bots_caught},
      {"people taken for bots", door.false_alarms},
      {"too many clicks of a buyer", door.over_buyer_rate},
      {"too many units of a buyer", door.over_buyer_units},
      {"told at once that it is sold out", door.told_sold_out},
      {"above the rate limit", door.over_rate},
      {"waiting room full", door.room_full},
      {"no place", door.over_limit},
      {"dropped from the queue", door.dropped},
      {"stopped waiting in a queue", door.expired}};
  std::string line = "Door:";
  for (const auto& [what, count] : all) {
    if (count > 0) line += fmt::format(" {} {},", what, grouped(count));
  }
  line += fmt::format(" at most {} in the queue", grouped(door.queue_most));
  if (result.scenario.admission.waiting_room.rate_per_s > 0) {
    line += fmt::format(" and {} in the waiting room, whose pages asked {} times",
                        grouped(door.room_most), grouped(door.polls));
  }
  return "\n" + wrapped(line, "  ");
}

}  // namespace double11::report
