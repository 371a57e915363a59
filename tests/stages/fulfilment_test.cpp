// Logistics over days: parcel by parcel against a slow model, and where it goes wrong first.
#include <double11/core/random.hpp>
#include <double11/stages/fulfilment.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"
#include "stages/slow_logistics.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;
using scenario::small_scenario;

std::string hours(std::uint64_t count) {
  return std::to_string(count) + "h";
}

std::vector<std::string> random_settings(std::mt19937_64& random) {
  const auto one_of = [&](const std::vector<std::string>& values) {
    return values[random() % values.size()];
  };
  std::vector<std::string> settings{
      "catalogue.skus=12",
      "catalogue.hot.skus=2",
      "catalogue.stock=" + one_of({"12", "60"}),
      "catalogue.hot.stock=" + one_of({"0", "120"}),
      R"(traffic.regions=[{"name":"east","share":0.5,"x_km":0},)"
      R"({"name":"middle","share":0.3,"x_km":700},)"
      R"({"name":"west","share":0.2,"x_km":1500,"overseas":"yes"}])",
      R"(logistics.warehouses=[{"name":"e","region":"east","capacity":"0.5/s"},)"
      R"({"name":"m","region":"middle","capacity":"0.5/s","x_km":690},)"
      R"({"name":"w","region":"west","capacity":"0.5/s","x_km":1400}])",
      "logistics.stock.policy=" + one_of({"none", "central", "uniform"}),
      "logistics.stock.transfer=" + one_of({"0s", "5h", "24h"}),
      "logistics.departure_period=" + one_of({"0s", "0s", "2h"}),
      "logistics.speed_km_per_h=" + one_of({"0", "40"}),
      "logistics.transit_near=" + one_of({"0s", "6h"}),
      "logistics.starts_at=" + hours(random() % 24),
      "logistics.cost_near=1 yuan"};
  if (random() % 4 != 0) {
    std::string shifts = R"([{"warehouse":"e","from":")" + hours(random() % 12) + R"(","to":")" +
                         hours(12 + random() % 12) + R"(","people":4,"person_rate":"0.125/s"})";
    for (std::uint64_t more = random() % 3; more > 0; --more) {
      const std::uint64_t from = random() % 24;
      shifts += R"(,{"warehouse":"e","from":")" + hours(from) + R"(","to":")" +
                hours((from + 1 + random() % 23) % 24) + R"(","robots":)" +
                std::to_string(random() % 3) + R"(,"robot_rate":"0.125/s"})";
    }
    settings.push_back("logistics.shifts=" + shifts + "]");
  }
  if (random() % 3 != 0) {
    const std::uint64_t opens = random() % 10;
    std::string carriers = R"([{"name":"a","opens":")" + hours(opens) + R"(","cut_off":")" +
                           hours(opens + 4 + random() % 10) + R"(","parcels_per_day":)" +
                           one_of({"0", "30", "200"}) + "}";
    if (random() % 2 == 0) carriers += R"(,{"name":"b","parcels_per_day":25})";
    settings.push_back("logistics.carriers=" + carriers + "]");
  }
  return settings;
}

TEST_CASE("Fulfilment: parcel by parcel as a slow model has it") {
  std::int64_t transferred = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    const auto settings = random_settings(random);
    std::string all = "seed " + std::to_string(seed) + ":";
    for (const std::string& setting : settings) all += " --set " + setting;
    INFO(all);
    const Scenario scenario = small_scenario(settings);
    Fulfilment fulfilment(scenario);
    SlowLogistics slow(scenario);
    std::map<std::uint32_t, std::int64_t> left;
    for (std::uint32_t sku = 0; sku < 12; ++sku) {
      left[sku] = sku < 2 ? scenario.catalogue.hot_stock : scenario.catalogue.stock;
    }
    Instant now{};
    for (std::uint64_t i = 0; i < 400; ++i) {
      // Half of them in a rush, half over the following days.
      now += Duration(
          static_cast<std::int64_t>(random() % (i < 200 ? 1'000'000'000 : 900'000'000'000)));
      Order order = order_of(i);
      order.set_lines(0);
      order.at = now;
      order.set_region(random() % 3);
      for (std::size_t lines = 1 + random() % 3; lines > 0; --lines) {
        const auto sku = static_cast<std::uint32_t>(random() % 12);
        const auto units = static_cast<std::uint8_t>(1 + random() % 3);
        if (left[sku] < units) continue;  // as inventory would
        left[sku] -= units;
        order.sku[order.lines] = SkuId{sku};
        order.quantity[order.lines] = units;
        order.set_lines(order.lines + std::size_t{1});
      }
      if (order.lines == 0) continue;
      const Parcel parcel = fulfilment.dispatch(order);
      const Parcel expected = slow.dispatch(order);
      INFO("order " << i << " at " << nanoseconds_of(now));
      REQUIRE(parcel.warehouse == expected.warehouse);
      REQUIRE(nanoseconds_of(parcel.eta) == nanoseconds_of(expected.eta));
      REQUIRE(parcel.eta >= order.at);
    }
    const measure::FulfilmentCounts counts = fulfilment.counts();
    CHECK(counts.missing_units == 0);
    CHECK(counts.transferred_units == slow.transferred());
    transferred += counts.transferred_units;
    for (std::uint32_t sku = 0; sku < counts.units_left.size(); ++sku) {
      REQUIRE(counts.units_left[sku] == slow.units_of(sku));
      REQUIRE(counts.units_left[sku] == left[sku]);
    }
  }
  CHECK(transferred > 100);
}

// Stock of every policy, with a part of it at the last mile: where it goes from may be unclear, but
// no unit is there twice or lost, whoever orders it where.
TEST_CASE("Fulfilment: what inventory sells is somewhere, to the last unit") {
  for (const std::string policy : {"central", "uniform", "forecast", "perfect"}) {
    for (const std::string ahead : {"0", "0.3", "1"}) {
      INFO(policy << ", " << ahead << " ahead, seed 3");
      const Scenario scenario = small_scenario(
          {"logistics.stock.policy=" + policy, "logistics.anticipatory.share=" + ahead,
           "logistics.stock.forecast_error=1", "catalogue.skus=40", "catalogue.stock=37",
           "catalogue.hot.stock=150"});
      Fulfilment fulfilment(scenario);
      std::vector<std::int64_t> left(40, 37);
      std::fill_n(left.begin(), 5, 150);
      std::mt19937_64 random(3);
      for (std::uint64_t i = 0; i < 3000; ++i) {
        const auto sku = static_cast<std::uint32_t>(random() % 40);
        const auto units = static_cast<std::uint8_t>(1 + random() % 4);
        // All but a few SKUs are sold out in the end.
        if (left[sku] < units || sku % 10 == 9) continue;
        left[sku] -= units;
        Order order = order_of(i, {{sku, units}});
        order.at = Instant(i * 1s);
        order.set_region(random() % 3);
        fulfilment.dispatch(order);
      }
      const auto counts = fulfilment.counts();
      CHECK(counts.missing_units == 0);
      CHECK(
          std::equal(left.begin(), left.end(), counts.units_left.begin(), counts.units_left.end()));
    }
  }
}

// What makes logistics plain again must decide as plain logistics does.
TEST_CASE("Fulfilment: with nothing but costs it decides like plain logistics") {
  for (const std::string period : {"0s", "7ms"}) {
    const std::vector<std::string> settings{
        "logistics.departure_period=" + period, "logistics.transit_near=10ms",
        "logistics.transit_far=14ms", "logistics.warehouses[0].capacity=1k/s",
        "logistics.warehouses[1].capacity=500/s"};
    auto priced = settings;
    priced.push_back("logistics.cost_far=3 yuan");
    const Scenario plain_scenario = small_scenario(settings);
    const Scenario priced_scenario = small_scenario(priced);
    Logistics plain(plain_scenario, 1);
    Logistics over_days(priced_scenario, 1);
    std::mt19937_64 random(5);
    Instant now{};
    std::int64_t far = 0;
    for (std::uint64_t i = 0; i < 3000; ++i) {
      now += Duration(static_cast<std::int64_t>(random() % 1'200'000));
      Order order = order_of(i);
      order.at = now;
      order.set_region(random() % 3);
      const Parcel one = plain.dispatch(order);
      const Parcel other = over_days.dispatch(order);
      INFO("order " << i << ", seed 5, departures every " << period);
      REQUIRE(one.warehouse == other.warehouse);
      REQUIRE(one.eta == other.eta);
      far += order.region != (one.warehouse == 0 ? 0 : 2) ? 1 : 0;
    }
    CHECK(far > 0);
    CHECK(over_days.fulfilment_counts().transport.fen == far * 300);
    CHECK(plain.fulfilment_counts().transport.fen == 0);
    CHECK(over_days.counts().id_prints == plain.counts().id_prints);
    CHECK(over_days.counts().by_warehouse == plain.counts().by_warehouse);
  }
}

TEST_CASE("Fulfilment: carriers get their shares of the parcels") {
  const Scenario scenario =
      small_scenario({R"(logistics.carriers=[{"name":"a","share":3},{"name":"b","share":1},)"
                      R"({"name":"c","region":"west","share":4},{"name":"none","share":0}])"});
  Fulfilment fulfilment(scenario);
  constexpr int kOrders = 20'000;
  for (std::uint64_t i = 0; i < kOrders; ++i) {
    Order order = order_of(OrderId(i % 100, static_cast<std::uint32_t>(i / 100)).value);
    order.set_region(i % 2 == 0 ? 0 : 2);
    fulfilment.dispatch(order);
  }
  const auto counts = fulfilment.counts();
  const std::array<double, 4> expected{0.5 * 0.75 + 0.5 * 0.375, 0.5 * 0.25 + 0.5 * 0.125, 0.25, 0};
  for (std::size_t i = 0; i < 4; ++i) {
    const double sd = std::sqrt(kOrders * expected[i] * (1 - expected[i]));
    INFO("carrier " << i << ": " << counts.carriers[i].parcels);
    CHECK(std::abs(static_cast<double>(counts.carriers[i].parcels) - kOrders * expected[i]) <=
          4 * sd);
  }
}

TEST_CASE("Fulfilment: what lies at the last mile is there soon, once, and the rest goes back") {
  const Scenario scenario =
      small_scenario({"logistics.anticipatory.share=1", "logistics.anticipatory.last_mile=12min",
                      "logistics.cost_near=2 yuan", "logistics.cost_far=5 yuan",
                      "catalogue.stock=1000", "catalogue.hot.stock=1000"});
  Fulfilment fulfilment(scenario);
  const std::int64_t ahead = fulfilment.counts().ahead_units;
  REQUIRE(ahead > 0);
  std::int64_t soon = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Order order = order_of(i, {{0, 1}});
    order.at = Instant(1s);
    order.set_region(0);
    const Parcel parcel = fulfilment.dispatch(order);
    if (parcel.eta == Instant(1s + 12min)) {
      ++soon;
      REQUIRE(soon == static_cast<std::int64_t>(i + 1));  // the first ones, until it is empty
    }
  }
  const auto counts = fulfilment.counts();
  CHECK(soon > 0);
  CHECK(soon < 1000);
  CHECK(counts.ahead_parcels == soon);
  CHECK(counts.ahead_units == ahead);
  CHECK(counts.returned_units == ahead - soon);
  CHECK(counts.transport.fen == (1000 - soon) * 200);
  // The middle region is as far from both warehouses.
  CHECK(counts.ahead.fen > ahead * 200);
  CHECK(counts.ahead.fen < ahead * 500);
  CHECK(counts.returns < counts.ahead);
}

TEST_CASE("Fulfilment: at the extremes of every key nothing overflows") {
  const Scenario scenario = small_scenario(
      {"duration=400d", R"(logistics.warehouses[0].capacity=0.000001/s)",
       R"(logistics.warehouses[1].capacity=0.000001/s)", "logistics.transit_near=30d",
       "logistics.transit_far=30d", "logistics.departure_period=30d",
       "logistics.cost_near=10000 yuan", "logistics.cost_far=10000 yuan",
       "logistics.stock.policy=central", "logistics.stock.transfer=30d",
       "catalogue.stock=2000000000", "catalogue.hot.stock=2000000000",
       R"(logistics.shifts=[{"from":"0s","to":"1ns","people":1000000,"person_hour":"10000 yuan"}])",
       R"(logistics.carriers=[{"name":"slow","cut_off":"1ns","parcels_per_day":1}])"});
  Fulfilment fulfilment(scenario);
  for (std::uint64_t i = 0; i < 300; ++i) {
    Order order = order_of(i, {{0, 100}, {1, 100}, {2, 100}, {3, 100}});
    order.at = Instant(400 * 24h);
    const Parcel parcel = fulfilment.dispatch(order);
    REQUIRE(parcel.eta > order.at);
    REQUIRE(parcel.eta < Instant(std::chrono::years(200)));
  }
  CHECK(fulfilment.counts().cost().fen > 0);
}

}  // namespace
}  // namespace double11::stages
