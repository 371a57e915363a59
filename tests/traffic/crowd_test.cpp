// Bots, and segments with baskets and a price reach of their own.
#include <double11/scenario/bots.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/segments.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"
#include "crowd_extremes.hpp"
#include "scenarios.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

using namespace statistics;
using scenario::small_scenario;

std::int64_t price_of_basket(const scenario::Scenario& scenario, const Order& order) {
  std::int64_t fen = 0;
  for (std::size_t line = 0; line < order.lines; ++line) {
    fen += order.quantity[line] * scenario::price_of(scenario.catalogue, order.sku[line]).fen;
  }
  return fen;
}

}  // namespace

TEST_CASE("bots are the last buyers, come as often as they shall and aim at the most popular") {
  for (const std::string seed : {"1", "2", "3"}) {
    CAPTURE(seed);
    const scenario::Scenario scenario = small_scenario(
        {R"(traffic.bots={"share":0.2,"count":50,"aim":4,"hot_share":0.75,"quantity_max":9})",
         "seed=" + seed, "traffic.curve[0].rate=50k/s", "catalogue.hot.share=0",
         "catalogue.hot.skus=0"});
    std::int64_t orders = 0;
    std::int64_t bots = 0;
    std::int64_t bots_lines = 0;
    std::array<std::int64_t, 4> aimed{};
    std::vector<std::int64_t> by_bot(50);
    std::vector<std::int64_t> quantities(9);
    for (const Order& order : all_orders(Arrivals(scenario))) {
      ++orders;
      REQUIRE(order.amount_fen == price_of_basket(scenario, order));
      REQUIRE(scenario::is_bot(scenario.traffic, order.buyer) == (order.buyer.value >= 9'950));
      if (order.buyer.value < 9'950) {
        for (std::size_t line = 0; line < order.lines; ++line) REQUIRE(order.quantity[line] <= 2);
        continue;
      }
      ++bots;
      ++by_bot[order.buyer.value - 9'950];
      bots_lines += order.lines;
      for (std::size_t line = 0; line < order.lines; ++line) {
        if (order.sku[line].value < 4) ++aimed[order.sku[line].value];
        ++quantities[order.quantity[line] - 1U];
      }
    }
    CHECK(std::abs(z_of_share(bots, orders, 0.2)) < kZLimit);
    CHECK(chi_square_even(by_bot) < chi_square_limit(49));
    CHECK(chi_square_even(quantities) < chi_square_limit(8));
    // Beside what they aim at, as everybody: SKU k with weight (k + 1)^-0.6 of 500.
    double weights = 0;
    for (int rank = 1; rank <= 500; ++rank) weights += std::pow(rank, -0.6);
    for (std::size_t sku = 0; sku < 4; ++sku) {
      CAPTURE(sku);
      const double share = 0.75 / 4 + 0.25 * std::pow(static_cast<double>(sku + 1), -0.6) / weights;
      CHECK(std::abs(z_of_share(aimed[sku], bots_lines, share)) < kZLimit);
    }
  }
}

TEST_CASE("without bots nobody is one") {
  const scenario::Scenario scenario = small_scenario({"traffic.bots.share=0"});
  CHECK_FALSE(scenario::is_bot(scenario.traffic, BuyerId{9'999}));
  CHECK(scenario::first_bot(scenario.traffic) == 10'000);
}

TEST_CASE("a segment has its own basket, the others the common one") {
  const scenario::Scenario scenario = small_scenario(
      {R"(traffic.segments=[{"name":"own","share":0.4,"basket":{"two":0.25,"four":0.75}},)"
       R"({"name":"common","share":0.6}])",
       "traffic.curve[0].rate=50k/s"});
  const scenario::Segments segments(scenario.traffic);
  std::array<std::array<std::int64_t, 5>, 2> lines{};
  for (const Order& order : all_orders(Arrivals(scenario))) {
    ++lines[segments.of(order.buyer)][order.lines];
    REQUIRE(order.amount_fen == price_of_basket(scenario, order));
  }
  CHECK(lines[0][1] + lines[0][3] == 0);
  const std::int64_t own = lines[0][2] + lines[0][4];
  CHECK(std::abs(z_of_share(lines[0][2], own, 0.25)) < kZLimit);
  const std::int64_t common = lines[1][1] + lines[1][2] + lines[1][3];
  CHECK(lines[1][4] == 0);
  CHECK(std::abs(z_of_share(lines[1][1], common, 0.5)) < kZLimit);
  CHECK(std::abs(z_of_share(lines[1][2], common, 0.3)) < kZLimit);
}

TEST_CASE("nobody spends more than the reach of the segment while there is something within it") {
  const std::vector<std::string> common{"traffic.curve[0].rate=20k/s", "traffic.quantity_max=3"};
  std::vector<std::string> reached = common;
  reached.emplace_back(R"(traffic.segments=[{"name":"all","share":1,"price_reach":"100 yuan"}])");
  const scenario::Scenario without = small_scenario(common);
  const scenario::Scenario scenario = small_scenario(reached);
  const auto before = all_orders(Arrivals(without));
  const auto orders = all_orders(Arrivals(scenario));
  REQUIRE(before.size() == orders.size());
  std::int64_t beyond = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const Order& order = orders[i];
    REQUIRE(order.amount_fen == price_of_basket(scenario, order));
    REQUIRE(order.buyer == before[i].buyer);
    REQUIRE(order.lines <= before[i].lines);
    for (std::size_t line = order.lines; line < kMaxLines; ++line) {
      REQUIRE(order.quantity[line] == 0);
      REQUIRE(order.sku[line].value == 0);
    }
    // Who can pay for it all takes it all.
    if (before[i].amount_fen <= 10'000) {
      REQUIRE(fingerprint_of(order) == fingerprint_of(before[i]));
    }
    if (order.amount_fen <= 10'000) continue;
    // Nothing within reach was found: one unit.
    ++beyond;
    REQUIRE(order.lines == 1);
    REQUIRE(order.quantity[0] == 1);
  }
  // 53 % of the SKUs are dearer; nine draws in a row of them are rare.
  CHECK(beyond * 100 < static_cast<std::int64_t>(orders.size()));
}

TEST_CASE("orders of every crowd are whole") {
  for (const auto& [path, values] : kCrowdExtremes) {
    for (const std::string& value : values) {
      for (std::vector<std::string> overrides : kShowExtremes) {
        CAPTURE(path, value, overrides);
        overrides.push_back(path + "=" + value);
        overrides.insert(overrides.end(), {"duration=120ms", "traffic.curve[0].rate=30k/s"});
        const scenario::Scenario scenario = small_scenario(overrides);
        const auto orders = all_orders(Arrivals(scenario));
        CHECK(orders.size() > 1'000);
        Instant last{};
        for (const Order& order : orders) {
          REQUIRE(order.planned >= last);
          REQUIRE(order.planned < Instant(scenario.duration));
          last = order.planned;
          REQUIRE(order.amount_fen == price_of_basket(scenario, order));
          REQUIRE(order.lines >= 1);
          REQUIRE(order.buyer.value < 10'000);
          for (std::size_t line = 0; line < kMaxLines; ++line) {
            REQUIRE((order.quantity[line] > 0) == (line < order.lines));
            REQUIRE(order.sku[line].value < 500);
          }
        }
      }
    }
  }
}

}  // namespace double11::traffic
