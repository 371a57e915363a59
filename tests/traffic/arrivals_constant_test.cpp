// Evenly spaced arrivals: one where the integral of the rate passes k + 1/2, none lost and none
// twice where slices meet.
#include <double11/core/units.hpp>
#include <double11/traffic/arrivals.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

scenario::Scenario constant_scenario(std::vector<std::string> overrides) {
  // One line each, for what is tested is when they come.
  overrides.insert(overrides.end(), {"traffic.arrivals=constant", "traffic.basket=[1]"});
  return scenario::small_scenario(overrides);
}

}  // namespace

TEST_CASE("as many constant arrivals come as the rate adds up to, in every slice") {
  for (const std::string rate :
       {"500/s", "1k/s", "1500/s", "2500/s", "333/s", "7777/s", "90/min"}) {
    CAPTURE(rate);
    const scenario::Scenario scenario =
        constant_scenario({"traffic.curve[0].rate=" + rate, "duration=3s"});
    const Arrivals arrivals(scenario);
    const double per_slice = *parse_rate(rate) / 1000;
    std::int64_t total = 0;
    ArrivalCursor cursor;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      std::vector<Order> orders;
      arrivals.make(slice, cursor, orders);
      const auto count = static_cast<double>(orders.size());
      REQUIRE(count >= std::floor(per_slice));
      REQUIRE(count <= std::ceil(per_slice));
      total += static_cast<std::int64_t>(orders.size());
    }
    // floor(3 s * rate + 1/2); an arrival exactly at the end lies outside.
    CHECK(std::abs(static_cast<double>(total) - 3 * *parse_rate(rate)) <= 0.5);
  }
}

TEST_CASE("no constant arrival is lost or made twice where slices meet") {
  // Rates at which k + 1/2 falls on the edge of a slice again and again.
  std::int64_t lost = 0;
  std::int64_t twice = 0;
  for (int rate = 500; rate <= 9'500; rate += 1'000) {
    const scenario::Scenario scenario =
        constant_scenario({"traffic.curve[0].rate=" + std::to_string(rate) + "/s", "duration=5s"});
    const auto orders = all_orders(Arrivals(scenario));
    const double gap_ns = 1e9 / rate;
    for (std::size_t i = 1; i < orders.size(); ++i) {
      const auto apart = static_cast<double>((orders[i].planned - orders[i - 1].planned).count());
      if (apart > 1.5 * gap_ns) ++lost;
      if (apart < 0.5 * gap_ns) ++twice;
    }
  }
  CHECK(lost == 0);
  CHECK(twice == 0);
}

TEST_CASE("a constant rate of any size spaces its arrivals evenly") {
  const std::uint64_t seed = 90;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 40; ++round) {
    const auto rate = static_cast<double>(300 + random() % 20'000);
    CAPTURE(rate);
    const scenario::Scenario scenario =
        constant_scenario({"traffic.curve[0].rate=" + text_of_rate(rate), "duration=500ms"});
    const auto orders = all_orders(Arrivals(scenario));
    REQUIRE(std::abs(static_cast<double>(orders.size()) - 0.5 * rate) <= 0.5);
    for (std::size_t k = 0; k < orders.size(); ++k) {
      const double wanted_ns = (static_cast<double>(k) + 0.5) / rate * 1e9;
      REQUIRE(std::abs(static_cast<double>(nanoseconds_of(orders[k].planned)) - wanted_ns) <= 2);
    }
  }
}

TEST_CASE("constant arrivals sit where the integral of a ramp passes k and a half") {
  const scenario::Scenario scenario = constant_scenario(
      {R"(traffic.curve=[{"at":"0s","rate":"100/s","shape":"ramp"},{"at":"2s","rate":"5k/s"},)"
       R"({"at":"3s","rate":"0/s"},{"at":"3500ms","rate":"20/s"}])",
       "duration=4s"});
  const Arrivals arrivals(scenario);
  const auto orders = all_orders(arrivals);
  const double expected = arrivals.curve().expected_until(Instant(scenario.duration));
  REQUIRE(std::abs(static_cast<double>(orders.size()) - expected) <= 0.5);
  for (std::size_t k = 0; k < orders.size(); ++k) {
    const double passed = arrivals.curve().expected_until(orders[k].planned);
    CAPTURE(k);
    // Off by a nanosecond and by the staircase within a slice.
    REQUIRE(std::abs(passed - (static_cast<double>(k) + 0.5)) < 0.002);
    REQUIRE((orders[k].planned < Instant(std::chrono::seconds(3)) ||
             orders[k].planned >= Instant(std::chrono::milliseconds(3500))));
  }
}

TEST_CASE("constant arrivals do not depend on the seed, shoppers do") {
  const scenario::Scenario one = constant_scenario({"seed=1"});
  const scenario::Scenario two = constant_scenario({"seed=2"});
  const auto first = all_orders(Arrivals(one));
  const auto second = all_orders(Arrivals(two));
  REQUIRE(first.size() == second.size());
  bool same_times = true;
  bool same_buyers = true;
  for (std::size_t i = 0; i < first.size(); ++i) {
    same_times = same_times && first[i].planned == second[i].planned;
    same_buyers = same_buyers && first[i].buyer == second[i].buyer;
  }
  CHECK(same_times);
  CHECK_FALSE(same_buyers);
}

TEST_CASE("constant arrivals stay exact late in a long day") {
  const scenario::Scenario scenario =
      constant_scenario({"traffic.curve[0].rate=325k/s", "duration=24h"});
  const Arrivals arrivals(scenario);
  const std::uint64_t late = 86'000'000;
  std::vector<Order> orders;
  ArrivalCursor cursor;
  for (std::uint64_t slice = late; slice < late + 20; ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  CHECK(orders.size() == 20 * 325);
  for (std::size_t i = 1; i < orders.size(); ++i) {
    const auto apart = static_cast<double>((orders[i].planned - orders[i - 1].planned).count());
    REQUIRE(apart == Approx(1e9 / 325'000).margin(50));
  }
}

}  // namespace double11::traffic
