#include <double11/screen/tick.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <atomic>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::virtual_time {
namespace {

using scenario::small_scenario;

TEST_CASE("looking on: nothing of the result depends on it, and the last snapshot is the end") {
  const auto scenario = small_scenario({"traffic.curve[0].rate=200k/s", "duration=3s"});
  const measure::RunRecord alone = simulate(scenario, {});
  for (const std::uint32_t workers : {1U, 2U, 3U}) {
    screen::Ticker ticker(scenario, measure::Runtime::virtual_time, workers);
    std::vector<measure::Snapshot> all;
    SimulateOptions options;
    options.workers = workers;
    options.on_snapshot = [&](const measure::Snapshot& snapshot) {
      CHECK(ticker.next(snapshot).broken.empty());
      all.push_back(snapshot);
    };
    const measure::RunRecord record = simulate(scenario, options);
    CHECK(record.fingerprints.total() == alone.fingerprints.total());
    REQUIRE_FALSE(all.empty());
    CHECK(all.back().funnel == funnel_of(record));
    CHECK(all.back().in_flight() == 0);
    CHECK(all.back().servers_busy == 0);
    CHECK(all.back().units_sold == record.books.units_sold());
    CHECK(all.back().turnover == record.books.turnover());
    CHECK(all.back().captured == record.payments.captured);
    CHECK(all.back().dispatched_by_region == record.delivery.by_region());
    CHECK(all.back().scenario_now == Instant(scenario.duration));
  }
}

TEST_CASE("looking on: the timeline is the same for any number of workers") {
  const auto scenario = small_scenario({"payment.servers=60"});
  const auto looks = [&](std::uint32_t workers) {
    SimulateOptions options;
    options.workers = workers;
    return simulate(scenario, options).timeline.looks();
  };
  const auto one = looks(1);
  const auto three = looks(3);
  REQUIRE(one.size() == three.size());
  REQUIRE(one.size() >= 200);
  std::int64_t queue_most = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    REQUIRE(one[i].at == three[i].at);
    REQUIRE(one[i].queue == three[i].queue);
    REQUIRE(one[i].servers_busy == three[i].servers_busy);
    REQUIRE(one[i].in_flight == three[i].in_flight);
    REQUIRE(one[i].servers_busy <= 60);
    // What has a credit waits for a server or has one.
    REQUIRE(one[i].in_flight == one[i].queue[index_of(Stage::payment)] + one[i].servers_busy);
    queue_most = std::max(queue_most, one[i].queue[index_of(Stage::payment)]);
  }
  CHECK(queue_most > 0);
}

TEST_CASE("looking on: a simulation that stands still goes on, and can be stopped") {
  const auto scenario = small_scenario({"duration=2s"});
  const measure::RunRecord alone = simulate(scenario, {});
  for (const bool stops : {false, true}) {
    Steering steering(1);
    std::atomic<bool> stop{false};
    int shown = 0;
    Instant paused_at;
    bool stood_still = true;
    SimulateOptions options;
    options.workers = 2;
    options.steering = &steering;
    options.stop = &stop;
    options.on_snapshot = [&](const measure::Snapshot& snapshot) {
      ++shown;
      if (shown == 1) steering.pause(snapshot.scenario_now);
      // What was made before the pause may still be worked through.
      if (shown == 2) paused_at = snapshot.scenario_now;
      if (shown == 3 || shown == 4) stood_still = stood_still && snapshot.scenario_now == paused_at;
      if (shown == 4 && stops) stop = true;
      if (shown == 4 && !stops) steering.set_speed(Steering::kUnlimited, snapshot.scenario_now);
      if (shown == 4 && !stops) steering.resume();
    };
    const measure::RunRecord record = simulate(scenario, options);
    CHECK(shown >= 4);
    CHECK(stood_still);
    CHECK(record.interrupted == stops);
    if (!stops) CHECK(record.fingerprints.total() == alone.fingerprints.total());
    if (stops) CHECK(record.books.arrivals().count < alone.books.arrivals().count);
    // A simulation is what it is however long it took.
    CHECK_FALSE(record.steered);
  }
}

}  // namespace
}  // namespace double11::virtual_time
