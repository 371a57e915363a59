// Rows of the list `faults`.
#include "scenario/key_table.hpp"

namespace double11::scenario {

void add_faults(Table& table) {
  table.add_list(
      "faults", {0, 1000},
      "Parts of the shop that slow down, lose capacity or go down for a time. The report says how "
      "long the shop took to recover from each.",
      [](Scenario & s) -> auto& { return s.faults; });
  table
      .add(
          "faults[].at", Kind::duration, {0, kLongest}, "When it begins.",
          [](Scenario & s, std::size_t i) -> auto& { return s.faults[i].at; })
      .required = true;
  table
      .add(
          "faults[].duration", Kind::duration, {1, kLongest}, "How long it lasts.",
          [](Scenario & s, std::size_t i) -> auto& { return s.faults[i].duration; })
      .required = true;
  table
      .add(
          "faults[].of", Kind::text, {1, 100},
          "What is struck: payment, inventory (its rows), admission or logistics as a whole, or "
          "one "
          "by its name: payment.CHANNEL, logistics.WAREHOUSE, carrier.NAME.",
          [](Scenario & s, std::size_t i) -> auto& { return s.faults[i].of; })
      .required = true;
  table.add(
      "faults[].factor", Kind::number, {0, 1000},
      "Times the usual speed or capacity; 0: down. Faults at the same time multiply.",
      [](Scenario & s, std::size_t i) -> auto& { return s.faults[i].factor; });
}

}  // namespace double11::scenario
