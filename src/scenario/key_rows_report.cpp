// Rows of the group `report`, and of the list `published`.
#include "scenario/key_table.hpp"

namespace double11::scenario {

void add_published(Table& table) {
  table.add_list(
      "published", {0, 1000},
      "Published figures that the report shows beside what was run or simulated.",
      [](Scenario & s) -> auto& { return s.published; });
  table.add(
      "published[].at", Kind::duration, {0, 400 * kDay},
      "Scenario time of the figure. 0s: it is about the whole run.",
      [](Scenario & s, std::size_t i) -> auto& { return s.published[i].at; });
  table
      .add(
          "published[].what", Kind::text, {1, 60},
          "dispatched.count (orders that took a step of the funnel until then), turnover (of "
          "everything dispatched until then), offered.rate (at that instant); of the whole run any "
          "metric.",
          [](Scenario & s, std::size_t i) -> auto& { return s.published[i].what; })
      .required = true;
  table
      .add(
          "published[].value", Kind::text, {1, 40},
          "The figure, in the unit of what it is about: \"467M\", \"325k/s\", \"168.2G yuan\".",
          [](Scenario & s, std::size_t i) -> auto& { return s.published[i].value; })
      .required = true;
  table.add(
      "published[].tolerance", Kind::share, {0, 1},
      "Relative deviation up to which the figure counts as met.",
      [](Scenario & s, std::size_t i) -> auto& { return s.published[i].tolerance; });
  table.add(
      "published[].source", Kind::text, {0, 1000}, "Where it was published.",
      [](Scenario & s, std::size_t i) -> auto& { return s.published[i].source; });
}

void add_report(Table& table) {
  table.add_choice(
      "report.fairness", {"off", "on"},
      "Measure who gets what: bots against people, the buyers who got most, early clicks against "
      "late ones. Each worker needs about 20 bytes per buyer who gets anything.",
      [](Scenario & s, std::size_t) -> auto& { return s.report.fairness; });
}

}  // namespace double11::scenario
