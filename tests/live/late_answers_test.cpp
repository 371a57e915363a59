// Payment channels that answer long after everybody has given up: the money goes back, the run ends
// without sitting through the wait, and a refund that is forgotten is found.
#include <cstdint>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

// Most channels answer within a day; the shop waits 50 ms.
scenario::Scenario days_late() {
  return scenario::small_scenario(
      {"payment.latency.p50=1h", "payment.latency.p99=1d", "payment.timeout=50ms"});
}

TEST_CASE("late answers: the run ends within few turns, with every success returned") {
  for (const std::uint32_t workers : {1U, 3U}) {
    const scenario::Scenario scenario = days_late();
    PipelineOptions options;
    options.workers = workers;
    Pipeline pipeline(scenario, options);
    // Scenario time would need 86 million slices to reach the last answer one by one.
    constexpr int kTurns = 200'000;
    int turn = 0;
    for (; turn < kTurns && !pipeline.state().over(); ++turn) {
      pipeline.turn(static_cast<std::uint32_t>(turn) % workers);
    }
    INFO(workers << " workers, " << turn << " turns");
    REQUIRE(pipeline.state().over());
    const measure::RunRecord record = pipeline.record();
    require_clean(scenario, record);
    CHECK(count_of(record, Outcome::refunded) > 0);
    CHECK(record.payments.refunds == count_of(record, Outcome::refunded));
    CHECK(record.payments.captured == record.payments.refunded);
  }
}

TEST_CASE("late answers: a forgotten refund is found") {
  const scenario::Scenario scenario = days_late();
  const measure::RunRecord record = drive_to_end(scenario, 2, 1, Canary::forgotten_refund);
  const report::Audit audit = report::audit(scenario, record);
  REQUIRE(audit.violations == 1);
  CHECK(audit.laws[8].violations == 1);
}

TEST_CASE("a planned arrival that never reaches admission is found and named") {
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    const scenario::Scenario scenario = scenario::small_scenario();
    const measure::RunRecord record = drive_to_end(scenario, workers, 7, Canary::lost_arrival);
    const report::Audit audit = report::audit(scenario, record);
    CHECK(audit.violations == 1);
    REQUIRE(audit.laws.front().violations == 1);
    CHECK(audit.laws.front().offender.find("order ") == 0);
  }
}

}  // namespace
}  // namespace double11::live
