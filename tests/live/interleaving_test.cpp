// The pipeline under many schedules: whoever turns when, the books balance and, where nothing is
// scarce, every order has the same fate.
#include <algorithm>
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11::live {
namespace {

using scenario::Scenario;
using scenario::small_scenario;

// A tenth of a second of orders; the timeout makes late payments, too.
Scenario short_sale(const std::string& placement, const std::string& strategy) {
  return small_scenario({"duration=100ms", "payment.timeout=60ms", "run.placement=" + placement,
                         "inventory.strategy=" + strategy});
}

TEST_CASE("interleaving: 200 schedules of every placement end with the same totals") {
  const std::string placement = GENERATE(std::string("sharded"), std::string("staged"));
  const std::string strategy = GENERATE(from_range(kSafeStrategies));
  const Scenario scenario = short_sale(placement, strategy);
  const measure::RunRecord alone = drive_to_end(scenario, 1, 0);
  require_clean(scenario, alone);
  REQUIRE(count_of(alone, Outcome::dispatched) > 100);
  REQUIRE(count_of(alone, Outcome::declined) > 0);
  REQUIRE(count_of(alone, Outcome::refunded) > 0);
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto workers = static_cast<std::uint32_t>(1 + seed % 4);
    INFO(placement << ", " << strategy << ", " << workers << " workers, seed " << seed);
    const measure::RunRecord record = drive_to_end(scenario, workers, seed);
    require_clean(scenario, record);
    REQUIRE(record.books.stream_print() == alone.books.stream_print());
    REQUIRE(record.books.arrivals() == alone.books.arrivals());
    for (const Outcome outcome : kAllOutcomes) {
      INFO(name_of(outcome));
      REQUIRE(record.books.outcomes(outcome) == alone.books.outcomes(outcome));
    }
    REQUIRE(record.books.turnover() == alone.books.turnover());
    REQUIRE(record.available == alone.available);
    REQUIRE(record.payments.captured == alone.payments.captured);
    REQUIRE(record.payment_busy == alone.payment_busy);
  }
}

TEST_CASE("interleaving: modelled latencies do not depend on the schedule") {
  const Scenario scenario = short_sale("sharded", "owner_shard");
  const measure::RunRecord alone = drive_to_end(scenario, 1, 0);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    const measure::RunRecord record = drive_to_end(scenario, 3, seed);
    for (const Funnel step : kFunnel) {
      const auto& one = alone.latency[index_of(step)];
      const auto& other = record.latency[index_of(step)];
      INFO(name_of(step));
      REQUIRE(one.count() == other.count());
      REQUIRE(one.max() == other.max());
      REQUIRE(std::equal(one.cells().begin(), one.cells().end(), other.cells().begin()));
    }
    REQUIRE(record.series.rows() == alone.series.rows());
  }
}

TEST_CASE("interleaving: batches of one end with the same totals") {
  for (const std::string placement : {"sharded", "staged"}) {
    const Scenario scenario = short_sale(placement, "owner_shard");
    const measure::RunRecord alone = drive_to_end(scenario, 1, 0);
    for (const std::size_t batch : {1U, 3U}) {
      INFO(placement << ", batches of " << batch);
      Pipeline pipeline(scenario, {5, nullptr, Canary::none, batch});
      REQUIRE(drive(pipeline, 5, 1));
      const measure::RunRecord record = pipeline.record();
      require_clean(scenario, record);
      REQUIRE(totals_of(record) == totals_of(alone));
      REQUIRE(record.available == alone.available);
    }
  }
}

TEST_CASE("interleaving: round robin and one worker at a time end as well") {
  const Scenario scenario = short_sale("sharded", "owner_shard");
  for (const int burst : {1, 7, 1000}) {
    INFO("burst " << burst);
    Pipeline pipeline(scenario, {4, nullptr, Canary::none});
    std::int64_t turns = 0;
    while (!pipeline.state().over() && turns < kTurnLimit) {
      for (std::uint32_t worker = 0; worker < 4; ++worker) {
        for (int i = 0; i < burst; ++i, ++turns) pipeline.turn(worker);
      }
    }
    REQUIRE(pipeline.state().over());
    require_clean(scenario, pipeline.record());
  }
}

}  // namespace
}  // namespace double11::live
