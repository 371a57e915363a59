// A hot item that sells out: every unit is sold, none twice, nobody is refused too early.
#include <double11/live/run.hpp>

#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

std::vector<std::string> hot_item(const std::string& strategy) {
  return {"inventory.strategy=" + strategy, "catalogue.hot.skus=1", "catalogue.hot.share=0.9",
          "catalogue.hot.stock=300",        "traffic.basket=[1]",   "traffic.quantity_max=1",
          "payment.decline_probability=0"};
}

TEST_CASE("sold out: exactly the stock is dispatched when nobody is declined") {
  const std::string strategy = GENERATE(from_range(kSafeStrategies));
  const auto scenario = small_scenario(hot_item(strategy));
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(strategy << ", " << workers << " workers, seed " << seed);
      const measure::RunRecord record = drive_to_end(scenario, workers, seed);
      require_clean(scenario, record);
      CHECK(record.books.units_sold(SkuId{0}) == 300);
      CHECK(record.available[0] == 0);
      CHECK(record.refused[0]);
      CHECK(count_of(record, Outcome::sold_out) > 1000);
      CHECK(report::audit(scenario, record).undersold_units == 0);
    }
  }
}

TEST_CASE("sold out: threads sell exactly the stock, too") {
  const std::string strategy = GENERATE(from_range(kSafeStrategies));
  for (const std::string placement : {"sharded", "staged"}) {
    INFO(strategy << ", " << placement);
    const auto scenario = small_scenario(
        with(hot_item(strategy), {"run.workers=4", "run.placement=" + placement,
                                  "traffic.curve[0].rate=100k/s", "catalogue.hot.stock=20000"}));
    const measure::RunRecord record = run(scenario);
    require_clean(scenario, record);
    CHECK(record.books.units_sold(SkuId{0}) == 20'000);
    CHECK(count_of(record, Outcome::sold_out) > 10'000);
  }
}

TEST_CASE("sold out: baskets with a line too many give the other lines back") {
  const auto scenario =
      small_scenario({"traffic.basket=[0,0,0,1]", "traffic.quantity_max=3", "catalogue.skus=20",
                      "catalogue.hot.skus=0", "catalogue.hot.share=0", "catalogue.stock=100"});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    const measure::RunRecord record = drive_to_end(scenario, 3, seed);
    require_clean(scenario, record);
    CHECK(count_of(record, Outcome::sold_out) > 500);
    CHECK(count_of(record, Outcome::dispatched) > 50);
  }
}

TEST_CASE("sold out: declined units are sold again") {
  const auto scenario =
      small_scenario(with(hot_item("owner_shard"), {"payment.decline_probability=0.5"}));
  const measure::RunRecord record = drive_to_end(scenario, 2, 1);
  require_clean(scenario, record);
  CHECK(record.reservations.granted > record.reservations.released + 250);
  CHECK(record.reservations.units_granted > 400);
  CHECK(record.books.units_sold(SkuId{0}) <= 300);
}

}  // namespace
}  // namespace double11::live
