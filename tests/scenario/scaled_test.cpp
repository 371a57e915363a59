#include <double11/scenario/scaled.hpp>

#include <chrono>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::scenario {

using namespace std::chrono_literals;

TEST_CASE("scaled: without a scale or an end nothing changes") {
  const Scenario scenario = small_scenario();
  CHECK(to_json(scaled(scenario)) == to_json(scenario));
}

TEST_CASE("scaled: what makes the sale larger grows, what describes an order stays") {
  const Scenario scenario = small_scenario(
      {"simulate.scale=0.1", R"(target={"rate":"2k/s"})",
       R"(thresholds=["paid.rate.peak >= 1k/s","offered.count > 1500","outcome.shed.count == 0","latency.paid.p99 < 1s","dispatched.share > 0.5"])"});
  const Scenario small = scaled(scenario);
  CHECK(small.simulate.scale == 1);
  CHECK(small.traffic.scale == Approx(0.1));
  CHECK(small.target.rate_per_s == Approx(200));
  CHECK(small.catalogue.stock == 10'000);
  CHECK(small.catalogue.hot_stock == 100'000);
  CHECK(small.admission.in_flight_limit == 2'000);
  CHECK(small.admission.queue_limit == 2'000);
  CHECK(small.payment.servers == 2'000);
  CHECK(small.logistics.warehouses[1].capacity_per_s == Approx(1'000));
  CHECK(small.payment.latency.p99 == 100ms);
  CHECK(small.catalogue.skus == scenario.catalogue.skus);
  const std::vector<std::string> expected{"paid.rate.peak >= 100/s", "offered.count > 150",
                                          "outcome.shed.count == 0", "latency.paid.p99 < 1s",
                                          "dispatched.share > 0.5"};
  CHECK(small.thresholds == expected);
}

TEST_CASE("scaled: counts keep at least one and stay within their limits") {
  const Scenario tiny = scaled(
      small_scenario({"simulate.scale=1e-6", "payment.servers=3", "admission.queue_limit=0"}));
  CHECK(tiny.payment.servers == 1);
  CHECK(tiny.admission.queue_limit == 0);
  const Scenario huge = scaled(small_scenario({"simulate.scale=1e4"}));
  CHECK(huge.payment.servers == 100'000'000);
}

TEST_CASE("scaled: buyers and bots grow where one is told from another") {
  CHECK(scaled(small_scenario({"simulate.scale=10"})).traffic.buyers == 10'000);
  for (const char* const setting : {"admission.buyer_units_most=2",
                                    "admission.buyer_rate.clicks_most=2", "report.fairness=on"}) {
    INFO(setting);
    CHECK(scaled(small_scenario({"simulate.scale=10", setting})).traffic.buyers == 100'000);
  }
  const std::string bots = R"(traffic.bots={"share":"50%","count":5000})";
  const Scenario large = scaled(small_scenario({"simulate.scale=10", bots}));
  CHECK(large.traffic.buyers == 100'000);
  CHECK(large.traffic.bots.count == 50'000);
  // A bot and somebody else are left, and not more buyers than numbers for them.
  const Scenario tiny = scaled(small_scenario({"simulate.scale=1e-6", bots}));
  CHECK(tiny.traffic.buyers == 2);
  CHECK(tiny.traffic.bots.count == 1);
  const Scenario huge = scaled(small_scenario({"simulate.scale=1e4", "traffic.buyers=4G", bots}));
  CHECK(huge.traffic.buyers == 4'000'000'000);
  CHECK(huge.traffic.bots.count < huge.traffic.buyers);
}

TEST_CASE("scaled: until cuts a sale") {
  CHECK(scaled(small_scenario({"simulate.until=300ms"})).duration == 300ms);
  CHECK(scaled(small_scenario({"simulate.until=1s"})).duration == 1s);
}

TEST_CASE("scaled: the stations of a network grow, too") {
  const Scenario scenario = small_scenario(
      {"simulate.scale=0.5",
       R"(network={"stations":[{"name":"a","servers":10,"queue_limit":8,"tokens":{"rate":"4/s","burst":6}}]})"});
  const NetworkStation station = scaled(scenario).network.stations[0];
  CHECK(station.servers == 5);
  CHECK(station.queue_limit == 4);
  CHECK(station.tokens.rate_per_s == Approx(2));
  CHECK(station.tokens.burst == 3);
  CHECK(scaled(small_scenario({"simulate.scale=0.5", R"(network={"stations":[{"name":"a"}]})"}))
            .network.stations[0]
            .queue_limit == 1'000'000'000);
}

}  // namespace double11::scenario
