// What the door remembers: clicks and units by buyer, and what is sold out.
#include <double11/stages/door_limits.hpp>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using scenario::small_scenario;

Order of_buyer(std::uint32_t buyer, std::uint8_t quantity = 1) {
  Order order = order_of(1, {{3, quantity}});
  order.buyer = BuyerId{buyer};
  return order;
}

Order at(Order order, std::int64_t ns) {
  order.at = at_ns(ns);
  return order;
}

TEST_CASE("door limits: clicks of a buyer count in windows that follow one another") {
  const auto scenario =
      small_scenario({"admission.buyer_rate.clicks_most=2", "admission.buyer_rate.window=1ms"});
  DoorLimits limits(scenario);
  CHECK(limits.count_click(of_buyer(1), at_ns(0)));
  CHECK(limits.count_click(of_buyer(1), at_ns(999'999)));
  CHECK_FALSE(limits.count_click(of_buyer(1), at_ns(999'999)));
  CHECK(limits.count_click(of_buyer(2), at_ns(999'999)));
  // The next window begins at its first nanosecond.
  CHECK(limits.count_click(of_buyer(1), at_ns(1'000'000)));
  CHECK(limits.count_click(of_buyer(1), at_ns(1'999'999)));
  CHECK_FALSE(limits.count_click(of_buyer(1), at_ns(1'999'999)));
  CHECK(limits.count_click(of_buyer(1), at_ns(50'000'000'000)));
}

TEST_CASE("door limits: without limits everything is let through") {
  const auto scenario = small_scenario();
  DoorLimits limits(scenario);
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(limits.count_click(of_buyer(1), at_ns(0)));
    REQUIRE(limits.take_units(of_buyer(1, 200)));
  }
  Order gone = of_buyer(1, 1);
  limits.learn(gone, Outcome::sold_out);
  CHECK_FALSE(limits.is_sold_out(gone));
}

TEST_CASE("door limits: units of a buyer, against a plain count") {
  for (const std::int64_t most : {1, 5, 60}) {
    const auto scenario = small_scenario({"admission.buyer_units_most=" + std::to_string(most)});
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      INFO("at most " << most << ", seed " << seed);
      std::mt19937_64 random(seed);
      DoorLimits limits(scenario);
      std::map<std::uint32_t, std::int64_t> units;
      std::vector<Order> under_way;
      for (int step = 0; step < 2000; ++step) {
        if (!under_way.empty() && random() % 2 == 0) {
          std::swap(under_way[random() % under_way.size()], under_way.back());
          limits.return_units(under_way.back());
          units[under_way.back().buyer.value] -= under_way.back().quantity[0];
          under_way.pop_back();
          continue;
        }
        const Order order = of_buyer(static_cast<std::uint32_t>(random() % 7),
                                     static_cast<std::uint8_t>(1 + random() % 9));
        const bool fits = units[order.buyer.value] + order.quantity[0] <= most;
        REQUIRE(limits.take_units(order) == fits);
        if (!fits) continue;
        units[order.buyer.value] += order.quantity[0];
        under_way.push_back(order);
      }
    }
  }
}

TEST_CASE("door limits: who asks for as much as was refused, or more, is told so") {
  const auto scenario = small_scenario({"admission.sold_out_short_cut=on"});
  DoorLimits limits(scenario);
  const auto wants = [](std::uint32_t sku, std::uint8_t quantity) {
    return order_of(1, {{sku, quantity}});
  };
  CHECK_FALSE(limits.is_sold_out(wants(3, 9)));
  limits.learn(at(wants(3, 5), 10), Outcome::sold_out);
  CHECK(limits.is_sold_out(wants(3, 5)));
  CHECK(limits.is_sold_out(wants(3, 6)));
  CHECK_FALSE(limits.is_sold_out(wants(3, 4)));
  CHECK_FALSE(limits.is_sold_out(wants(4, 5)));
  CHECK(limits.is_sold_out(order_of(1, {{4, 1}, {3, 5}})));
  // A smaller one is refused, a larger one tells nothing new.
  limits.learn(at(wants(3, 2), 11), Outcome::sold_out);
  limits.learn(at(wants(3, 7), 12), Outcome::sold_out);
  CHECK(limits.is_sold_out(wants(3, 2)));
  CHECK_FALSE(limits.is_sold_out(wants(3, 1)));
  // What was dispatched does not come back; of a basket nobody knows which line it was.
  limits.learn(at(wants(3, 2), 13), Outcome::dispatched);
  CHECK(limits.is_sold_out(wants(3, 2)));
  limits.learn(at(order_of(1, {{8, 1}, {9, 1}}), 14), Outcome::sold_out);
  CHECK_FALSE(limits.is_sold_out(wants(8, 1)));
  // Units go back, and with them everybody may ask again; old news does not count.
  limits.learn(at(wants(3, 1), 20), Outcome::declined);
  CHECK_FALSE(limits.is_sold_out(wants(3, 9)));
  limits.learn(at(wants(3, 1), 19), Outcome::sold_out);
  CHECK_FALSE(limits.is_sold_out(wants(3, 9)));
  limits.learn(at(wants(3, 1), 21), Outcome::sold_out);
  CHECK(limits.is_sold_out(wants(3, 1)));
}

}  // namespace
}  // namespace double11::stages
