// A recording that is replayed is the same stream of orders, to the last bit.
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/scenario/order_row.hpp>

#include <string>
#include <vector>

#include "arrival_extremes.hpp"
#include "catch.hpp"
#include "crowd_extremes.hpp"
#include "scenarios.hpp"
#include "temporary_file.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

using scenario::small_scenario;
using Overrides = std::vector<std::string>;

std::string recording_of(const scenario::Scenario& scenario, const std::vector<Order>& orders) {
  std::string text(scenario::kOrderColumnsAll);
  text += '\n';
  std::int64_t number = 0;
  for (const Order& order : orders) append_rows(scenario, order, ++number, text);
  return text;
}

std::vector<std::uint64_t> prints_of(const std::vector<Order>& orders) {
  std::vector<std::uint64_t> prints;
  for (const Order& order : orders) prints.push_back(fingerprint_of(order));
  return prints;
}

void check_replay_equals(Overrides overrides) {
  CAPTURE(overrides);
  const scenario::Scenario scenario = small_scenario(overrides);
  const auto orders = all_orders(Arrivals(scenario));
  const TemporaryFile file("replay.csv", recording_of(scenario, orders));
  overrides.push_back("traffic.replay=" + file.path());
  const scenario::Scenario again = small_scenario(overrides);
  REQUIRE(again.traffic.replayed);
  CHECK(again.traffic.replayed->orders == static_cast<std::int64_t>(orders.size()));
  CHECK(prints_of(all_orders(Arrivals(again))) == prints_of(orders));
}

}  // namespace

TEST_CASE("every process of arrivals is replayed as it was recorded") {
  for (Overrides overrides : kArrivalExtremes) {
    overrides.insert(overrides.end(), {"duration=150300us", "traffic.curve[0].rate=100k/s"});
    check_replay_equals(overrides);
  }
}

TEST_CASE("shows, bots and segments are replayed as they were recorded") {
  for (const auto& [path, values] : kCrowdExtremes) {
    for (const std::string& value : values) {
      Overrides overrides = kShowExtremes.back();
      overrides.insert(overrides.end(), {path + "=" + value, "duration=60ms"});
      check_replay_equals(overrides);
    }
  }
}

TEST_CASE("orders of one buyer at one instant stay orders of their own") {
  check_replay_equals({"traffic.buyers=1", "traffic.curve[0].rate=1G/s", "duration=1ms",
                       "traffic.arrivals=constant"});
}

TEST_CASE("a slice of a replay is the same whoever makes it, in whatever order") {
  const scenario::Scenario scenario = small_scenario({"traffic.curve[0].rate=50k/s"});
  const auto orders = all_orders(Arrivals(scenario));
  const TemporaryFile file("replay.csv", recording_of(scenario, orders));
  const scenario::Scenario again = small_scenario({"traffic.replay=" + file.path()});
  REQUIRE(again.traffic.replayed->marks.size() > 10);
  const Arrivals recorded(scenario);
  const Arrivals replayed(again);
  ArrivalCursor own;
  ArrivalCursor cursor;
  for (const std::uint64_t slice : {999U, 0U, 500U, 500U, 501U, 503U, 1U, 999U, 2U, 3U, 900U}) {
    CAPTURE(slice);
    std::vector<Order> expected;
    recorded.make(slice, own, expected);
    std::vector<Order> found;
    replayed.make(slice, cursor, found);
    CHECK(prints_of(found) == prints_of(expected));
  }
}

TEST_CASE("baskets by buyer and instant, gaps, and what comes after the end") {
  const TemporaryFile file("replay.csv",
                           "at,buyer,sku,quantity,price,region\r\n"
                           "0,5,1,2,3.5,east\r\n"
                           "0.0,5,2,1,,\"west\"\r\n"
                           "\r\n"
                           "0,5,2,1,,east");
  // The second line has another region than the first, so the file is refused.
  const auto loaded =
      scenario::parse(scenario::small_scenario_text(), "small", {"traffic.replay=" + file.path()});
  REQUIRE(loaded.problems.size() == 2);
  CHECK(text_of(loaded.problems[0]).find("line 3, column 6 (region)") != std::string::npos);
  CHECK(text_of(loaded.problems[1]).find("line 5, column 6 (region)") != std::string::npos);

  const TemporaryFile good("good.csv",
                           "\xEF\xBB\xBF"
                           "at,buyer,sku,quantity,price,region\r\n"
                           "0,5,1,2,3.5,east\r\n"
                           "0.0,5,2,1,,east\r\n"
                           "\r\n"
                           "0,6,1,1,3.50,west\n"
                           "0.500000001,6,1,1,3.50,west\n"
                           "0.9995,6,4,100,0.01,west\n"
                           "1.5,6,4,1,0.01,west");
  const scenario::Scenario scenario =
      small_scenario({"traffic.replay=" + good.path(), "duration=999500001ns"});
  const auto orders = all_orders(Arrivals(scenario));
  REQUIRE(orders.size() == 4);
  CHECK(orders[0].lines == 2);
  CHECK(orders[0].quantity[0] == 2);
  CHECK(orders[0].amount_fen == 700 + scenario::list_price_of(scenario.catalogue, SkuId{2}).fen);
  CHECK(orders[1].lines == 1);
  CHECK(orders[1].buyer == BuyerId{6});
  CHECK(orders[1].region == 2);
  CHECK(orders[1].id == OrderId(0, 1));
  CHECK(orders[2].planned == Instant(Duration(500'000'001)));
  CHECK(orders[2].id == OrderId(500, 0));
  CHECK(orders[3].quantity[0] == 100);
  CHECK(scenario::price_of(scenario.catalogue, SkuId{1}).fen == 350);
  CHECK(scenario::price_of(scenario.catalogue, SkuId{4}).fen == 1);
  CHECK(scenario::price_of(scenario.catalogue, SkuId{3}) ==
        scenario::list_price_of(scenario.catalogue, SkuId{3}));
  CHECK(Arrivals(scenario).expected() == 5);
}

}  // namespace double11::traffic
