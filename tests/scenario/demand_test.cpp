// Expected demand, against sums by hand.
#include <double11/scenario/demand.hpp>

#include <cmath>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::scenario {

TEST_CASE("expected_orders: areas under steps and ramps, cut at the end") {
  const auto orders = [](const std::string& curve, const std::string& duration) {
    return expected_orders(small_scenario({"traffic.curve=" + curve, "duration=" + duration}));
  };
  CHECK(orders(R"([{"at":"0s","rate":"100/s"}])", "10s") == Approx(1000));
  const std::string ramp =
      R"([{"at":"0s","rate":"100/s","shape":"ramp"},{"at":"10s","rate":"0/s"},)"
      R"({"at":"20s","rate":"50/s"}])";
  CHECK(orders(ramp, "10s") == Approx(500));
  CHECK(orders(ramp, "5s") == Approx(375));
  CHECK(orders(ramp, "30s") == Approx(1000));
}

TEST_CASE("expected_orders: with a wave, against a sum over milliseconds") {
  const Scenario scenario = small_scenario(
      {R"(traffic.curve=[{"at":"0s","rate":"100/s","shape":"ramp"},{"at":"7s","rate":"300/s"}])",
       "duration=9500ms", "traffic.wave.amplitude=0.8", "traffic.wave.period=4s",
       "traffic.scale=3"});
  double sum = 0;
  for (int i = 0; i < 9500; ++i) {
    const double t = (i + 0.5) * 1e-3;
    const double rate = t < 7 ? 100 + 200 * t / 7 : 300;
    sum += 3e-3 * rate * (1 + 0.8 * std::sin(2 * 3.14159265358979323846 * t / 4));
  }
  CHECK(expected_orders(scenario) == Approx(sum).epsilon(1e-6));
}

TEST_CASE("Demand: units of all SKUs are those of all orders, by popularity") {
  const Scenario scenario = small_scenario({"duration=10s"});
  const Demand demand(scenario);
  double sum = 0;
  for (std::uint32_t sku = 0; sku < 500; ++sku) sum += demand.units(SkuId{sku});
  // 20,000 orders of 1.7 lines of 1.5 units.
  CHECK(sum == Approx(20'000 * 1.7 * 1.5));
  CHECK(demand.units(SkuId{0}) == Approx(51'000 * 0.2 / 5));
  CHECK(demand.units(SkuId{4}) == demand.units(SkuId{0}));
  CHECK(demand.units(SkuId{5}) / demand.units(SkuId{5 + 31}) == Approx(std::pow(32, 0.6)));
}

TEST_CASE("Demand: segments have baskets of their own") {
  CHECK(lines_per_order(small_scenario().traffic) == Approx(1.7));
  const Scenario scenario = small_scenario(
      {R"(traffic.segments=[{"name":"a","share":0.25,"basket":{"four":1}},{"name":"b","share":0.75}])"});
  CHECK(lines_per_order(scenario.traffic) == Approx(0.25 * 4 + 0.75 * 1.7));
}

}  // namespace double11::scenario
