// Rows of the group `inventory.row`.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

// Long enough for any database; short enough that a crowd's wait can be told in nanoseconds.
constexpr Range kCost{0, kSecond};

void only(Key& key, RowModel least, const std::string& when) {
  limit_to(key, "inventory.row.model", "inventory.row.model is " + when,
           [least](const Scenario& s, std::size_t) { return s.inventory.row.model >= least; });
}

}  // namespace

void add_rows(Table& table) {
  table.add_choice(
      "inventory.row.model", {"none", "plain", "group"},
      "Whether a reservation must be written to a database row for each of its SKUs before the "
      "order goes on to payment: no; one update after the other; or in groups, as with group "
      "commit.",
      [](Scenario & s, std::size_t) -> auto& { return s.inventory.row.model; });
  const auto add = [&](const std::string& name, Kind kind, Range range, const std::string& meaning,
                       auto pointer) {
    const bool group_only = name == "group_most";
    only(table.add(
             "inventory.row." + name, kind, range, meaning,
             [pointer](Scenario & s, std::size_t) -> auto& { return s.inventory.row.*pointer; }),
         group_only ? RowModel::group : RowModel::plain, group_only ? "group" : "plain or group");
  };
  add("lock", Kind::duration, kCost, "Time to get the lock of the row, once for each group.",
      &Row::lock);
  add("lock_crowded", Kind::duration, kCost,
      "The same while inventory.row.crowd or more wait for the row; in between it is in between.",
      &Row::lock_crowded);
  add("crowd", Kind::count, {0, 100e6},
      "How many waiting updates make a crowd. 0: the lock always takes inventory.row.lock.",
      &Row::crowd);
  add("crowd_bend", Kind::share, {0, 1},
      "How the lock's time goes from one to the other: 0 in proportion to those who wait, 1 to "
      "their square (deadlock detection compares each with each).",
      &Row::crowd_bend);
  add("update", Kind::duration, kCost, "Time for each update.", &Row::update);
  add("commit", Kind::duration, kCost, "Time until it is durable, once for each group.",
      &Row::commit);
  add("group_most", Kind::count, {1, 10'000},
      "Most waiting updates that share one lock and one commit.", &Row::group_most);
  add("round_trip", Kind::duration, kCost,
      "Between shop and database for each update, before it waits for its row.", &Row::round_trip);
}

}  // namespace double11::scenario
