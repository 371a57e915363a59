// The door in the live engine: whatever the placement, the pace and the schedule, every click ends
// once, every credit comes back, and the run is over when the last buyer is.
#include <double11/live/run.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

const std::vector<std::string> kStorm{
    "duration=100ms",           "traffic.curve[0].rate=50k/s",     "traffic.retry.attempts=4",
    "traffic.retry.delay=5ms",  "traffic.double_clicks.share=0.2", "admission.in_flight_limit=300",
    "admission.queue_limit=100"};

// Everybody who came is done.
void require_done(const measure::RunRecord& record) {
  REQUIRE(record.clients.served + record.clients.given_up == record.clients.first_clicks);
}

TEST_CASE("door: several workers, both placements") {
  const std::string placement = GENERATE(std::string("sharded"), std::string("staged"));
  for (const std::uint32_t workers : {1U, 2U, 3U, 5U}) {
    const auto scenario = small_scenario(with(kStorm, {"run.placement=" + placement}));
    const measure::RunRecord record = drive_to_end(scenario, workers, workers);
    require_clean(scenario, record);
    require_done(record);
    CHECK(record.clients.retries > 0);
    CHECK(count_of(record, Outcome::duplicate) == record.clients.second_clicks);
    CHECK(record.in_flight_most <= 300);
    CHECK(record.door.queue_most <= 100);
    // Every click is handled there once; orders that come back to the door are no others.
    CHECK(record.stages[index_of(Stage::admission)].orders == record.books.arrivals().count);
  }
}

TEST_CASE("door: a whole batch that ends at once lets others in, and nobody twice") {
  for (const std::uint32_t workers : {1U, 2U}) {
    const auto scenario = small_scenario(
        {"duration=20ms", "traffic.curve[0].rate=1M/s", "catalogue.stock=0",
         "catalogue.hot.stock=0", "traffic.retry.attempts=2", "admission.in_flight_limit=3000"});
    const measure::RunRecord record = drive_to_end(scenario, workers, 3);
    require_clean(scenario, record);
    require_done(record);
    CHECK(count_of(record, Outcome::sold_out) == record.books.arrivals().count);
  }
}

TEST_CASE("door: a room full of people is let in at once") {
  const auto scenario = small_scenario(
      {"duration=20ms", "traffic.curve[0].rate=200k/s", "admission.waiting_room.rate=1G/s",
       "admission.waiting_room.opens=30ms", "admission.waiting_room.next=lot"});
  const std::int64_t turns_most = 2'000'000;
  for (const std::uint32_t workers : {1U, 3U}) {
    Pipeline pipeline(scenario, {workers, nullptr, Canary::none});
    REQUIRE(drive(pipeline, workers, 5, turns_most));
    const measure::RunRecord record = pipeline.record();
    require_clean(scenario, record);
    require_done(record);
    CHECK(record.door.room_most == record.books.arrivals().count);
  }
}

TEST_CASE("door: at pace max a room that opens in days, or a retry in days, is no wait") {
  const auto days =
      GENERATE(std::vector<std::string>{"admission.waiting_room.rate=1k/s",
                                        "admission.waiting_room.opens=10d"},
               std::vector<std::string>{"traffic.retry.attempts=3", "traffic.retry.delay=20d",
                                        "payment.decline_probability=1", "traffic.retry.jitter=0",
                                        R"(traffic.retry.after=["declined"])"});
  const auto scenario = small_scenario(with({"duration=20ms", "traffic.curve[0].rate=2k/s"}, days));
  for (const std::uint32_t workers : {1U, 2U}) {
    Pipeline pipeline(scenario, {workers, nullptr, Canary::none});
    REQUIRE(drive(pipeline, workers, 9, 1'000'000));
    const measure::RunRecord record = pipeline.record();
    require_clean(scenario, record);
    require_done(record);
    CHECK(record.scenario_end > Instant(std::chrono::hours(24) * 9));
  }
}

TEST_CASE("door: at pace real retries come when they are due, and the run waits for them") {
  const auto scenario = small_scenario(
      {"run.pace=real", "duration=20ms", "traffic.curve[0].rate=2k/s", "traffic.retry.attempts=2",
       "traffic.retry.delay=2min", "traffic.retry.jitter=0", "payment.decline_probability=1",
       R"(traffic.retry.after=["declined"])",
       R"(payment.latency={"distribution":"constant",)"
       R"("mean":"5ms"})"});
  ManualClock clock;
  Pipeline pipeline(scenario, {2, &clock, Canary::none});
  const auto turn_until = [&](Duration end) {
    while (clock.now() < Instant(end)) {
      clock.advance(std::chrono::milliseconds(1));
      for (int i = 0; i < 8; ++i) {
        for (const std::uint32_t worker : {0U, 1U}) {
          if (!pipeline.state().over()) pipeline.turn(worker);
        }
      }
    }
  };
  turn_until(std::chrono::seconds(1));
  const measure::Snapshot settled = look(pipeline, 2);
  const std::int64_t first = settled.funnel[index_of(Funnel::offered)];
  CHECK(first > 10);
  CHECK(settled.in_flight() == 0);
  turn_until(std::chrono::seconds(119));
  CHECK(offered(pipeline, 2) == first);
  CHECK_FALSE(pipeline.state().over());
  turn_until(std::chrono::seconds(122));
  REQUIRE(pipeline.state().over());
  const measure::RunRecord record = pipeline.record();
  require_clean(scenario, record);
  require_done(record);
  CHECK(record.clients.retries == first);
}

TEST_CASE("door: at pace real a buyer who has stopped waiting gets his money back") {
  const auto scenario =
      small_scenario({"run.pace=real", "duration=20ms", "traffic.curve[0].rate=2k/s",
                      "traffic.retry.timeout=4ms", "payment.decline_probability=0",
                      R"(payment.latency={"distribution":"constant",)"
                      R"("mean":"5ms"})"});
  ManualClock clock;
  Pipeline pipeline(scenario, {3, &clock, Canary::none});
  for (int i = 0; i < 2000 && !pipeline.state().over(); ++i) {
    clock.advance(std::chrono::microseconds(100));
    for (const std::uint32_t worker : {0U, 1U, 2U, 0U, 1U, 2U}) {
      if (!pipeline.state().over()) pipeline.turn(worker);
    }
  }
  REQUIRE(pipeline.state().over());
  const measure::RunRecord record = pipeline.record();
  require_clean(scenario, record);
  require_done(record);
  CHECK(count_of(record, Outcome::refunded) == record.books.arrivals().count);
  CHECK(record.clients.timed_out == record.books.arrivals().count);
  CHECK(record.clients.answered_late == record.books.arrivals().count);
}

TEST_CASE("door: a stop at any moment sends home who waits, and nobody comes again") {
  const auto kind = GENERATE(
      std::vector<std::string>{"traffic.retry.delay=10d"},
      std::vector<std::string>{"traffic.retry.timeout=6ms", "admission.control=drop_expired",
                               "admission.expiry_margin=1ms"},
      std::vector<std::string>{"admission.control=adaptive_lifo"},
      std::vector<std::string>{"admission.waiting_room.rate=5k/s",
                               "admission.waiting_room.next=lot", "traffic.retry.timeout=30ms"});
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      for (const std::int64_t turns : {0, 1, 7, 60, 200, 500}) {
        INFO(kind[0] << ", " << placement << ", " << workers << " workers, " << turns << " turns");
        const auto scenario =
            small_scenario(with(with(kStorm, kind), {"run.placement=" + placement}));
        Pipeline pipeline(scenario, {workers, nullptr, Canary::none});
        drive(pipeline, workers, 11, turns);
        const std::int64_t before = turns == 0 ? 0 : offered(pipeline, workers);
        pipeline.state().request_stop();
        REQUIRE(drive(pipeline, workers, 12, 1'000'000));
        measure::RunRecord record = pipeline.record();
        record.interrupted = true;  // who stops it says so
        require_clean(scenario, record);
        CHECK(record.books.arrivals().count == before);
      }
    }
  }
}

TEST_CASE("door: with threads of its own, at both paces") {
  for (const std::string pace : {"max", "real"}) {
    const auto scenario = small_scenario(
        with(kStorm, {"run.pace=" + pace, "run.workers=3", "duration=50ms",
                      R"(payment.latency={"distribution":"constant","mean":"20ms"})"}));
    const measure::RunRecord record = run(scenario);
    require_clean(scenario, record);
    require_done(record);
    CHECK(record.clients.retries > 0);
  }
}

TEST_CASE("door: what goes by draws is as in virtual time") {
  const auto scenario = small_scenario(
      {"duration=50ms", "traffic.double_clicks.share=0.5", "admission.bot_filter.false_alarm=0.2",
       "traffic.retry.attempts=3", R"(traffic.retry.after=["declined","throttled"])"});
  const measure::RunRecord one = drive_to_end(scenario, 1, 1);
  for (const std::uint32_t workers : {2U, 4U}) {
    const measure::RunRecord many = drive_to_end(scenario, workers, 8);
    require_clean(scenario, many);
    for (const Outcome outcome : kAllOutcomes) {
      INFO(name_of(outcome));
      CHECK(many.books.outcomes(outcome) == one.books.outcomes(outcome));
    }
  }
  CHECK(count_of(one, Outcome::throttled) > 10);
  CHECK(count_of(one, Outcome::duplicate) > 10);
}

}  // namespace
}  // namespace double11::live
