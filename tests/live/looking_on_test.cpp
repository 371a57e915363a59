#include <double11/live/run.hpp>
#include <double11/screen/tick.hpp>

#include <thread>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

void check_end(const measure::Snapshot& last, const measure::RunRecord& record) {
  CHECK(last.funnel == funnel_of(record));
  for (const Outcome outcome : kAllOutcomes) {
    CHECK(last.outcomes[index_of(outcome)] == record.books.outcomes(outcome).count);
  }
  CHECK(last.in_flight() == 0);
  CHECK(last.servers_busy == 0);
  CHECK(last.units_sold == record.books.units_sold());
  CHECK(last.turnover == record.books.turnover());
  CHECK(last.captured == record.payments.captured);
  CHECK(last.refunded == record.payments.refunded);
  CHECK(last.dispatched_by_region == record.delivery.by_region());
  CHECK(last.latency.count() == record.latency[index_of(Funnel::dispatched)].count());
}

TEST_CASE("looking on: snapshots grow, are seen to be right, and end as the record") {
  for (const char* const pace : {"run.pace=real", "run.pace=max"}) {
    INFO(pace);
    const auto scenario =
        small_scenario({pace, "duration=900ms", "run.workers=3", "traffic.curve[0].rate=20k/s"});
    const bool is_real = scenario.run.pace == scenario::Pace::real;
    screen::Ticker ticker(scenario,
                          is_real ? measure::Runtime::pace_real : measure::Runtime::pace_max, 3);
    std::vector<measure::Snapshot> all;
    const auto caller = std::this_thread::get_id();
    RunOptions options;
    options.on_snapshot = [&](const measure::Snapshot& snapshot) {
      REQUIRE(std::this_thread::get_id() == caller);
      const screen::Tick tick = ticker.next(snapshot);
      CHECK(tick.broken.empty());
      if (!all.empty()) {
        for (std::size_t step = 0; step < kFunnelSteps; ++step) {
          CHECK(snapshot.funnel[step] >= all.back().funnel[step]);
        }
        CHECK(snapshot.wall >= all.back().wall);
        CHECK(snapshot.scenario_now >= all.back().scenario_now);
      }
      all.push_back(snapshot);
    };
    const measure::RunRecord record = run(scenario, options);
    require_clean(scenario, record);
    REQUIRE_FALSE(all.empty());
    check_end(all.back(), record);
    CHECK(all.back().scenario_now == Instant(scenario.duration));
    CHECK_FALSE(record.steered);
    if (is_real) CHECK(record.timeline.looks().size() >= 2);
  }
}

TEST_CASE("looking on: paused, no order comes; resumed, they all come") {
  const auto scenario = small_scenario({"run.pace=real", "duration=600ms", "run.workers=2"});
  Steering steering(1);
  int shown = 0;
  Instant paused_at;
  bool stood_still = true;
  RunOptions options;
  options.steering = &steering;
  options.on_snapshot = [&](const measure::Snapshot& snapshot) {
    ++shown;
    if (shown == 1) steering.pause(snapshot.scenario_now);
    if (shown == 2) paused_at = snapshot.scenario_now;
    if (shown == 3 || shown == 4) stood_still = stood_still && snapshot.scenario_now == paused_at;
    if (shown == 4) steering.resume();
  };
  const measure::RunRecord record = run(scenario, options);
  require_clean(scenario, record);
  CHECK(shown >= 5);
  CHECK(stood_still);
  CHECK(record.steered);
  CHECK(record.books.arrivals().count ==
        run(small_scenario({"duration=600ms"})).books.arrivals().count);
}

TEST_CASE("looking on: at pace max a speed bounds scenario time") {
  const auto scenario = small_scenario({"duration=1s", "run.workers=2"});
  Steering steering(2);
  RunOptions options;
  options.steering = &steering;
  const measure::RunRecord record = run(scenario, options);
  require_clean(scenario, record);
  // A second at twice the speed of the clock; never quicker, whatever the machine does.
  CHECK(record.wall >= std::chrono::milliseconds(490));
}

}  // namespace
}  // namespace double11::live
