// A stop in mid-run: traffic ends, what is in flight is finished, the books balance.
#include <double11/live/run.hpp>

#include <atomic>
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

TEST_CASE("stop: what is in flight is finished, nothing new is let in") {
  const std::string placement = GENERATE(std::string("sharded"), std::string("staged"));
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    for (const std::int64_t turns : {0, 1, 50, 400, 900}) {
      INFO(placement << ", " << workers << " workers, stop after " << turns << " turns");
      const auto scenario = small_scenario({"run.placement=" + placement});
      Pipeline pipeline(scenario, {workers, nullptr, Canary::none});
      REQUIRE_FALSE(drive(pipeline, workers, 1, turns));
      const std::int64_t before = turns == 0 ? 0 : offered(pipeline, workers);
      pipeline.state().request_stop();
      REQUIRE(drive(pipeline, workers, 2));
      const measure::RunRecord record = pipeline.record();
      require_clean(scenario, record);
      CHECK(record.books.arrivals().count == before);
      CHECK(record.books.all_outcomes().count == before);
    }
  }
}

TEST_CASE("stop: who waits at the door goes home, abandoned") {
  const auto scenario = small_scenario({"admission.in_flight_limit=5"});
  Pipeline pipeline(scenario, {2, nullptr, Canary::none});
  while (offered(pipeline, 2) < 1000) pipeline.turn(0);
  pipeline.state().request_stop();
  REQUIRE(drive(pipeline, 2, 7));
  const measure::RunRecord record = pipeline.record();
  require_clean(scenario, record);
  CHECK(count_of(record, Outcome::abandoned) > 500);
  CHECK(count_of(record, Outcome::dispatched) > 0);
}

TEST_CASE("stop: orders that wait for a payment server are served, not expired") {
  const auto scenario = small_scenario({"payment.servers=1", "payment.decline_probability=0"});
  Pipeline pipeline(scenario, {2, nullptr, Canary::none});
  while (offered(pipeline, 2) < 200) pipeline.turn(0);
  pipeline.state().request_stop();
  REQUIRE(drive(pipeline, 2, 7));
  const measure::RunRecord record = pipeline.record();
  require_clean(scenario, record);
  CHECK(count_of(record, Outcome::expired) == 0);
  CHECK(count_of(record, Outcome::dispatched) == record.books.arrivals().count);
}

TEST_CASE("stop: with a calendar, which may leave no servers, who waits at payment goes home") {
  const auto scenario =
      small_scenario({"payment.servers=50", "payment.decline_probability=0",
                      R"(payment.calendar=[{"at":"100ms","servers":0},{"at":"10h","servers":9}])"});
  for (const std::uint32_t workers : {1U, 3U}) {
    INFO(workers << " workers");
    Pipeline pipeline(scenario, {workers, nullptr, Canary::none});
    while (offered(pipeline, workers) < 1000) pipeline.turn(0);
    pipeline.state().request_stop();
    REQUIRE(drive(pipeline, workers, 7, 1'000'000));
    const measure::RunRecord record = pipeline.record();
    require_clean(scenario, record);
    CHECK(count_of(record, Outcome::abandoned) > 100);
    CHECK(count_of(record, Outcome::expired) == 0);
    CHECK(count_of(record, Outcome::dispatched) > 50);
    // Nobody waited for ten o'clock.
    CHECK(record.scenario_end < Instant(std::chrono::seconds(10)));
  }
}

TEST_CASE("stop: at pace real as well") {
  const auto scenario = small_scenario({"run.pace=real"});
  for (const std::uint32_t workers : {1U, 3U}) {
    INFO(workers << " workers");
    ManualClock clock;
    Pipeline pipeline(scenario, {workers, &clock, Canary::none});
    for (int step = 0; step < 3000; ++step) {
      clock.advance(std::chrono::microseconds(100));
      for (std::uint32_t worker = 0; worker < workers; ++worker) pipeline.turn(worker);
    }
    REQUIRE_FALSE(pipeline.state().over());
    pipeline.state().request_stop();
    // The clock stands still from here on.
    REQUIRE(drive(pipeline, workers, 5, 100'000));
    const measure::RunRecord record = pipeline.record();
    require_clean(scenario, record);
    CHECK(record.books.arrivals().count > 400);
    CHECK(record.books.arrivals().count < 800);
  }
}

// A day of traffic in real time: it can only end because the flag ends it.
TEST_CASE("stop: the flag interrupts a run of threads and marks it") {
  const auto scenario = small_scenario({"run.pace=real", "duration=24h", "run.workers=2"});
  std::atomic<int> calls{0};
  std::atomic<bool> stop{false};
  RunOptions options;
  options.stop = &stop;
  options.on_snapshot = [&](const measure::Snapshot&) {
    calls.fetch_add(1);
    stop = true;
  };
  const measure::RunRecord record = run(scenario, options);
  CHECK(record.interrupted);
  CHECK(calls >= 1);
  require_clean(scenario, record);
}

}  // namespace
}  // namespace double11::live
