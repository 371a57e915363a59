// Stock by warehouse and at the last mile: no unit is lost, shares come out right.
#include <double11/core/random.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/demand.hpp>
#include <double11/stages/regional_stock.hpp>

#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using scenario::small_scenario;
using Homes = std::vector<std::vector<std::uint32_t>>;

// Three regions of 50, 30 and 20 %, a warehouse in the first and in the last; the second is as near
// to both.
const Homes kHomes{{0}, {0, 1}, {1}};

scenario::Scenario stocked(const std::string& policy, std::vector<std::string> more = {}) {
  more.push_back("logistics.stock.policy=" + policy);
  return small_scenario(more);
}

RegionalStock::Needs one(std::uint32_t sku, std::uint8_t units) {
  return RegionalStock::needs_of(order_of(1, {{sku, units}}));
}

std::vector<std::int32_t> divided(std::int64_t units, const std::vector<double>& weights,
                                  double offset) {
  std::vector<std::int32_t> parts(weights.size());
  divide(units, weights, offset, parts);
  return parts;
}

TEST_CASE("divide: the parts add up, and none is off its share by a unit or more") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::vector<double> weights(1 + random() % 9);
    for (double& weight : weights) weight = static_cast<double>(random() % 4) * 0.37;
    weights[random() % weights.size()] = 1;
    const auto units =
        static_cast<std::int64_t>(random() % 2 == 0 ? random() % 5 : random() % 2'000'000'000);
    const auto parts =
        divided(units, weights, std::ldexp(static_cast<double>(random() >> 11U), -53));
    CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == units);
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double share = static_cast<double>(units) * weights[i] / all;
      CHECK(std::abs(parts[i] - share) < 1.001);
      CHECK((weights[i] > 0 || parts[i] == 0));
    }
  }
}

TEST_CASE("divide: one unit goes to each by its weight") {
  std::mt19937_64 random(7);
  const std::vector<double> weights{0.5, 0, 0.3, 0.2};
  std::vector<int> got(4);
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    const auto parts = divided(1, weights, std::ldexp(static_cast<double>(random() >> 11U), -53));
    for (std::size_t part = 0; part < 4; ++part) got[part] += parts[part];
  }
  for (std::size_t part = 0; part < 4; ++part) {
    const double sd = std::sqrt(kDraws * weights[part] * (1 - weights[part]));
    INFO("part " << part << ": " << got[part] << ", seed 7");
    CHECK(std::abs(got[part] - kDraws * weights[part]) <= 4 * sd);
  }
}

TEST_CASE("RegionalStock: all in the first warehouse, or as much in each, or by demand") {
  const auto in = [](const std::string& policy, std::size_t warehouse) {
    // Needs ask for at most 255 units, so 200 of each SKU.
    const RegionalStock stock(stocked(policy, {"catalogue.stock=200", "catalogue.hot.stock=100"}),
                              kHomes);
    return std::pair(stock.found(one(77, 250), warehouse), stock.found(one(1, 250), warehouse));
  };
  CHECK(in("central", 0) == std::pair<std::int64_t, std::int64_t>(200, 100));
  CHECK(in("central", 1) == std::pair<std::int64_t, std::int64_t>(0, 0));
  CHECK(in("uniform", 0) == std::pair<std::int64_t, std::int64_t>(100, 50));
  CHECK(in("uniform", 1) == std::pair<std::int64_t, std::int64_t>(100, 50));
  CHECK(in("perfect", 0).first == Approx(130).margin(1));
  CHECK(in("perfect", 0).second == Approx(65).margin(1));
}

TEST_CASE("RegionalStock: a forecast scatters around the perfect one as its error says") {
  const auto scenario =
      stocked("forecast",
              {"catalogue.stock=200", "logistics.stock.forecast_error=0.2", "catalogue.skus=4000"});
  const RegionalStock stock(scenario, kHomes);
  double sum = 0;
  double squares = 0;
  int count = 0;
  for (std::uint32_t sku = 5; sku < 4000; ++sku, ++count) {
    // log(a / b) of the two shares, against that of a perfect forecast.
    const double a = static_cast<double>(stock.found(one(sku, 250), 0));
    const double b = static_cast<double>(stock.found(one(sku, 250), 1));
    REQUIRE(a + b == 200);
    const double off = std::log(a / b) - std::log(0.65 / 0.35);
    sum += off;
    squares += off * off;
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(squares / count - mean * mean);
  // By the delta method: d log a = 0.2 (0.5 z0 + 0.15 z1) / 0.65, and b likewise.
  const double expected =
      0.2 * std::sqrt(std::pow(0.5 / 0.65, 2) + std::pow(0.15 / 0.65 - 0.15 / 0.35, 2) +
                      std::pow(0.2 / 0.35, 2));
  INFO("mean " << mean << ", deviation " << deviation << ", expected " << expected);
  // Second order: the logarithm of a mean of lognormals is off by less than the square of the
  // error.
  CHECK(std::abs(mean) < 0.02 + 4 * expected / std::sqrt(count));
  CHECK(std::abs(deviation - expected) < 0.01 + 4 * expected / std::sqrt(2.0 * count));
}

TEST_CASE("RegionalStock: what one lacks comes from those that have most, down to the last unit") {
  RegionalStock stock(stocked("uniform", {"catalogue.stock=10"}), kHomes);
  std::vector<std::pair<std::size_t, std::int64_t>> moved;
  const auto note = [&](RegionalStock::Source from, std::int64_t units) {
    REQUIRE_FALSE(from.last_mile);
    moved.emplace_back(from.index, units);
  };
  CHECK(stock.take(one(9, 3), 0, note) == 0);
  CHECK(moved.empty());
  CHECK(stock.found(one(9, 9), 0) == 2);
  CHECK(stock.take(one(9, 4), 0, note) == 0);
  CHECK(moved == std::vector<std::pair<std::size_t, std::int64_t>>{{1, 2}});
  CHECK(stock.take(one(9, 3), 0, note) == 0);
  // Now there is none left anywhere.
  CHECK(stock.take(one(9, 2), 1, note) == 2);
  CHECK(stock.left()[9] == 0);
  CHECK(stock.left()[10] == 10);
}

TEST_CASE("RegionalStock: the last units come back from the last mile") {
  RegionalStock stock(stocked("uniform", {"catalogue.hot.stock=20", "duration=100s",
                                          "logistics.anticipatory.share=1"}),
                      kHomes);
  std::int64_t returned = 0;
  CHECK(stock.take(one(0, 20), 0, [&](RegionalStock::Source from, std::int64_t units) {
    REQUIRE(from.last_mile);
    returned += units;
  }) == 0);
  CHECK(returned == 20);
  CHECK(stock.left()[0] == 0);
}

TEST_CASE("RegionalStock: a SKU on two lines is needed twice") {
  const auto needs = RegionalStock::needs_of(order_of(1, {{4, 2}, {7, 1}, {4, 3}}));
  REQUIRE(needs.count == 2);
  CHECK(needs.units[0] == 5);
  CHECK(needs.units[1] == 1);
  CHECK(needs.total == 6);
}

TEST_CASE("RegionalStock: the last mile holds its share of the demand, and no more than there is") {
  const auto scenario = small_scenario(
      {"logistics.anticipatory.share=0.5", "duration=10s", "logistics.stock.policy=perfect"});
  const RegionalStock stock(scenario, kHomes);
  const scenario::Demand demand(scenario);
  double units = 0;
  for (std::uint32_t sku = 0; sku < 500; ++sku) units += demand.units(SkuId{sku});
  std::int64_t ahead = 0;
  for (std::size_t region = 0; region < 3; ++region) {
    const double expected = units * 0.5 * scenario.traffic.regions[region].share;
    CHECK(std::abs(static_cast<double>(stock.ahead_units(region)) - expected) < 4 * std::sqrt(500));
    ahead += stock.ahead_units(region);
  }
  CHECK(std::abs(static_cast<double>(ahead) - units / 2) < 4 * std::sqrt(500 / 4.0));
  // Not one unit more or less than in the catalogue.
  const auto left = stock.left();
  for (std::uint32_t sku = 0; sku < 500; ++sku) {
    REQUIRE(left[sku] == scenario::initial_stock(scenario.catalogue, SkuId{sku}));
  }
  const RegionalStock scarce(
      small_scenario({"logistics.anticipatory.share=1", "duration=100s", "catalogue.stock=3",
                      "catalogue.hot.stock=0", "logistics.stock.policy=central"}),
      kHomes);
  CHECK(scarce.ahead_units(0) + scarce.ahead_units(1) + scarce.ahead_units(2) <= 3 * 495);
  CHECK(scarce.found(one(5, 3), 0) == 0);
}

TEST_CASE("RegionalStock: an order takes all of it from the last mile or nothing") {
  auto scenario = small_scenario({"logistics.anticipatory.share=1", "duration=10s"});
  RegionalStock stock(scenario, kHomes);
  const std::int64_t before = stock.ahead_units(0);
  CHECK(stock.take_ahead(RegionalStock::needs_of(order_of(1, {{0, 2}, {1, 1}})), 0));
  CHECK(stock.ahead_units(0) == before - 3);
  while (stock.take_ahead(one(499, 1), 0)) {
  }
  const std::int64_t rest = stock.ahead_units(0);
  CHECK_FALSE(stock.take_ahead(RegionalStock::needs_of(order_of(1, {{0, 2}, {499, 1}})), 0));
  CHECK(stock.ahead_units(0) == rest);
}

}  // namespace
}  // namespace double11::stages
