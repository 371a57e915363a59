// What the door did with clicks.
#include <double11/core/units.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

namespace {

// Controls that say who of the queue is next, against those that bound how many are in flight.
bool is_of_queue(scenario::OverloadControl control) {
  using enum scenario::OverloadControl;
  return control == drop_expired || control == lifo || control == codel || control == adaptive_lifo;
}

// That an overload control never had anything to do, and why; empty otherwise.
std::string idle_control(const Result& result) {
  const scenario::Admission& admission = result.scenario.admission;
  const measure::DoorCounts& door = result.record.door;
  if (admission.control == scenario::OverloadControl::none) return "";
  const std::string limit = grouped(admission.in_flight_limit);
  if (is_of_queue(admission.control) && door.queue_most == 0) {
    return wrapped(
        fmt::format("admission.control had no effect: nobody waited at the door, as at most {} of "
                    "{} credits were taken. A queue behind the door comes before it with an "
                    "admission.in_flight_limit of what the stages hold while all is well",
                    grouped(result.record.in_flight_most), limit),
        "  ");
  }
  if (!is_of_queue(admission.control) && door.queue_most > 0 && door.over_limit == 0) {
    return wrapped(fmt::format("admission.control had no effect: {} credits were fewer than it "
                               "would have let in, so that orders waited for these. It needs an "
                               "admission.in_flight_limit above the limits that it finds",
                               limit),
                   "  ");
  }
  return "";
}

}  // namespace

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
  return "\n" + wrapped(line, "  ") + idle_control(result);
}

}  // namespace double11::report
