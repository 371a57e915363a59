// Rows of the list `traffic.segments`.
#include <double11/core/order.hpp>
#include <double11/scenario/limits.hpp>

#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "scenario/key_table.hpp"

namespace double11::scenario {

void add_segments(Table& table) {
  table.add_list(
      "traffic.segments", {1, 16},
      "Kinds of buyers; every buyer belongs to one. The shares add up to 1.",
      [](Scenario & s) -> auto& { return s.traffic.segments; });
  table
      .add(
          "traffic.segments[].name", Kind::text, {1, 60}, "Name of the segment.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.segments[i].name; })
      .required = true;
  table
      .add(
          "traffic.segments[].share", Kind::share, {0, 1}, "Share of the buyers in it.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.segments[i].share; })
      .required = true;
  table.add(
      "traffic.segments[].priority", Kind::count, {0, 1000},
      "With payment.discipline priority: smaller goes first.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.segments[i].priority; });
  table.add(
      "traffic.segments[].patience_factor", Kind::number, {1e-6, 1e6},
      "Times payment.patience that its buyers wait.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.segments[i].patience_factor; });
  constexpr std::array<const char*, kMaxLines> kLines{"one", "two", "three", "four"};
  for (std::size_t line = 0; line < kMaxLines; ++line) {
    table.add(
        fmt::format("traffic.segments[].basket.{}", kLines[line]), Kind::share, {0, 1},
        fmt::format("Share of its orders with {} line{}; the shares add up to 1. All 0: as "
                    "traffic.basket says.",
                    kLines[line], line == 0 ? "" : "s"),
        [line](Scenario & s, std::size_t i) -> auto& {
          return s.traffic.segments[i].basket[line];
        });
  }
  table.add(
      "traffic.segments[].price_reach", Kind::money, {0, kOrderFenMax},
      "Most that an order of its buyers costs: they look for another SKU than one that is dearer, "
      "take fewer units, leave lines out. 0 fen: no limit.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.segments[i].price_reach; });
}

}  // namespace double11::scenario
