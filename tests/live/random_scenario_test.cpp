// Random scenarios with every knob at its extremes: the run ends and its books balance.
#include <array>
#include <cstdint>
#include <random>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "random_scenarios.hpp"

namespace double11::live {
namespace {

TEST_CASE("random scenarios: every run ends, within its limits, with balanced books") {
  std::array<std::int64_t, kOutcomes> seen{};
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Draw draw = draw_scenario(seed);
    INFO("seed " << seed << ", " << text_of(draw));
    const auto scenario = scenario::small_scenario(draw.overrides);
    const measure::RunRecord record = drive_to_end(scenario, draw.workers, seed);
    require_clean(scenario, record);
    REQUIRE(record.in_flight_most <= scenario.admission.in_flight_limit);
    const bool door = has_door(scenario);
    REQUIRE(
        (door ? record.door.queue_most : record.stages[index_of(Stage::admission)].queue_most) <=
        scenario.admission.queue_limit);
    REQUIRE(record.payment_busy >= Duration(0));
    if (!door && scenario.payment.patience.distribution == scenario::Distribution::none) {
      REQUIRE(count_of(record, Outcome::abandoned) == 0);
    }
    if (!door) REQUIRE(count_of(record, Outcome::throttled) == 0);
    if (!door) REQUIRE(count_of(record, Outcome::duplicate) == 0);
    REQUIRE(record.clients.served + record.clients.given_up == record.clients.first_clicks);
    const auto totals = totals_of(record);
    for (std::size_t i = 0; i < kOutcomes; ++i) seen[i] += totals[i];
  }
  // The draws reach every fate that a run to the end can have.
  for (const Outcome outcome : kAllOutcomes) {
    INFO(name_of(outcome));
    CHECK(seen[index_of(outcome)] > 50);
  }
}

TEST_CASE("random scenarios: a stop at any moment leaves balanced books") {
  for (std::uint64_t seed = 1001; seed <= 1100; ++seed) {
    const Draw draw = draw_scenario(seed);
    INFO("seed " << seed << ", " << text_of(draw));
    const auto scenario = scenario::small_scenario(draw.overrides);
    Pipeline pipeline(scenario, {draw.workers, nullptr, Canary::none});
    std::mt19937_64 random(seed);
    drive(pipeline, draw.workers, seed, static_cast<std::int64_t>(random() % 2000));
    pipeline.state().request_stop();
    REQUIRE(drive(pipeline, draw.workers, seed + 1));
    require_clean(scenario, pipeline.record());
  }
}

}  // namespace
}  // namespace double11::live
