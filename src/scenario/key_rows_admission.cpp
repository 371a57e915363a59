// Rows of the group `admission`.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

void add_filters(Table& table) {
  table.add_choice(
      "admission.second_clicks", {"suppress", "pass"},
      "The second click of a double click is recognised by its key (outcome duplicate), or is "
      "taken "
      "for another order (wrong on purpose, the audit catches it).",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.second_clicks; });
  table.add(
      "admission.bot_filter.hit", Kind::share, {0, 1},
      "Share of the clicks of bots that the filter throttles.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.bot_filter.hit; });
  table.add(
      "admission.bot_filter.false_alarm", Kind::share, {0, 1},
      "Share of the clicks of people that the filter throttles.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.bot_filter.false_alarm; });
  table.add(
      "admission.buyer_rate.clicks_most", Kind::count, {0, 1e6},
      "Most clicks of one buyer in a window; further ones are throttled. 0: no limit.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.buyer_rate.clicks_most; });
  table.add(
      "admission.buyer_rate.window", Kind::duration, {1e6, kLongest},
      "Length of the windows, which follow one another from the start.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.buyer_rate.window; });
  table.add(
      "admission.buyer_units_most", Kind::count, {0, 1e6},
      "Most units of one buyer in orders that are under way or dispatched; an order beyond it is "
      "throttled. 0: no limit.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.buyer_units_most; });
  table.add_choice(
      "admission.sold_out_short_cut", {"off", "on"},
      "Who asks for what the last buyer did not get is told so at the door, before any queue, "
      "until "
      "units of it come back.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.sold_out_short_cut; });
}

void add_waiting_room(Table& table) {
  table.add(
      "admission.waiting_room.rate", Kind::rate, {0, 1e9},
      "People wait outside and are let in at this rate. 0/s: no waiting room.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.waiting_room.rate_per_s; });
  table.add(
      "admission.waiting_room.opens", Kind::duration, {0, kLongest},
      "When the first of them is let in.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.waiting_room.opens; });
  table.add_choice(
      "admission.waiting_room.next", {"arrival", "lot", "opening_lot"},
      "Who is let in next: who came first; anybody by lot; or by lot those who came before the "
      "opening, and after them who came first.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.waiting_room.next; });
  table.add(
      "admission.waiting_room.limit", Kind::count, {0, 100e6},
      "Most people in it; beyond it they are shed.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.waiting_room.limit; });
  table.add(
      "admission.waiting_room.poll_period", Kind::duration, {0, kLongest},
      "How often the page of somebody who waits asks for his place; the report counts these "
      "requests. 0s: never.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.waiting_room.poll_period; });
}

void add_rate_limit(Table& table) {
  table.add(
      "admission.rate_limit.rate", Kind::rate, {0, 1e9},
      "A token bucket lets orders through at this rate; others are throttled. 0/s: no limit.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.rate_limit.rate_per_s; });
  table.add(
      "admission.rate_limit.burst", Kind::count, {1, 100e6},
      "Orders that it lets through at once after a pause. Not with a warm-up.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.rate_limit.burst; });
  table.add(
      "admission.rate_limit.warm_up", Kind::duration, {0, kDay},
      "A cold system gets the rate over cold_factor, and within this time the whole. 0s: at once.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.rate_limit.warm_up; });
  table.add(
      "admission.rate_limit.cold_factor", Kind::number, {1.001, 1000},
      "See warm_up; 3 in Sentinel.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.rate_limit.cold_factor; });
}

}  // namespace

void add_admission(Table& table) {
  table.add(
      "admission.in_flight_limit", Kind::count, {1, 100e6},
      "Credits: most orders between admission and their outcome. Bounds all memory.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.in_flight_limit; });
  table.add(
      "admission.queue_limit", Kind::count, {0, 100e6},
      "Most arrivals that wait for a credit; beyond it they are shed.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.queue_limit; });
  add_filters(table);
  add_waiting_room(table);
  add_rate_limit(table);
  table.add_choice(
      "admission.control",
      {"none", "drop_expired", "lifo", "codel", "adaptive_lifo", "vegas", "gradient2", "sentinel"},
      "How an overload is kept from the stages: by who of the queue for credits is next (first "
      "come; "
      "without those who stopped waiting; last come; CoDel; adaptive LIFO), or by how many may be "
      "in "
      "flight (Vegas, Gradient2, Sentinel's rule). docs/midnight.md has parameters and sources.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.control; });
  table.add(
      "admission.expiry_margin", Kind::duration, {0, kDay},
      "With admission.control drop_expired: an order is given up so long before its buyer stops "
      "waiting, as one that is let in needs time, too.",
      [](Scenario & s, std::size_t) -> auto& { return s.admission.expiry_margin; });
}

}  // namespace double11::scenario
