// Logistics that cannot be divided, on any number of threads: one shard has it all.
#include <double11/live/placement.hpp>
#include <double11/live/run.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

TEST_CASE("Placement: logistics over days has one shard, plain logistics as many as workers") {
  for (const std::string kind : {"sharded", "staged"}) {
    const std::string placement = "run.placement=" + kind;
    const auto shards = [&](const std::vector<std::string>& settings) {
      return Placement(small_scenario(settings), 8).shards(Stage::logistics);
    };
    INFO(kind);
    CHECK(shards({placement}) == (kind == "sharded" ? 8U : 2U));
    CHECK(shards({placement, "logistics.stock.policy=central"}) == 1);
    CHECK(shards({placement, R"(logistics.shifts=[{"people":1}])"}) == 1);
    CHECK(shards({placement, R"(logistics.carriers=[{"name":"a"}])"}) == 1);
  }
}

TEST_CASE("logistics over days: every law holds on 1, 2 and 4 threads, both placements") {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::string& strategy : kSafeStrategies) {
      for (const std::string workers : {"1", "2", "4"}) {
        INFO(placement << ", " << strategy << ", " << workers << " workers");
        const auto scenario = small_scenario(
            {"run.placement=" + placement, "inventory.strategy=" + strategy,
             "run.workers=" + workers, "catalogue.stock=5", "catalogue.hot.stock=100",
             "logistics.stock.policy=forecast", "logistics.stock.forecast_error=0.5",
             "logistics.anticipatory.share=0.3", "logistics.cost_near=4 yuan",
             R"(logistics.shifts=[{"people":100,"from":"6h","to":"22h"}])",
             R"(logistics.carriers=[{"name":"a","parcels_per_day":300},{"name":"b"}])"});
        const measure::RunRecord record = run(scenario);
        require_clean(scenario, record);
        const auto& delivery = record.delivery;
        CHECK(delivery.domestic().parcels == record.parcels.parcels);
        CHECK(record.parcels.parcels > 500);
        CHECK(record.fulfilment.ahead_parcels > 0);
        CHECK(record.fulfilment.missing_units == 0);
        CHECK(record.fulfilment.units_left == record.available);
      }
    }
  }
}

}  // namespace
}  // namespace double11::live
