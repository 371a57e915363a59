// What a tick says of the time between two snapshots.
#include <double11/screen/tick.hpp>

#include <chrono>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "screen/snapshots.hpp"

namespace double11::screen {
namespace {

using namespace std::chrono_literals;
using measure::Runtime;
using measure::Snapshot;
using scenario::small_scenario;

TEST_CASE("tick: rates are of the time since the last one, by either clock") {
  const auto scenario = small_scenario({"duration=10s"});
  Ticker ticker(scenario, Runtime::pace_max, 2);
  ticker.next(snapshot_at(scenario, 0.1, 500ms, 1'000));
  const Tick tick = ticker.next(snapshot_at(scenario, 0.3, 1s, 4'000));
  CHECK(tick.rate_per_s[index_of(Funnel::offered)] == Approx(1'500));
  CHECK(tick.machine_per_s[index_of(Funnel::offered)] == Approx(6'000));
  CHECK(tick.rate_per_s[index_of(Funnel::paid)] == Approx(1'455));
  CHECK(tick.speed == Approx(4));
  CHECK(tick.progress == Approx(0.3));
  CHECK(tick.funnel[index_of(Funnel::offered)] == 4'000);
  CHECK(tick.in_flight == 0);
}

TEST_CASE("tick: what is judged is the machine's rate at pace max, else that of scenario time") {
  const auto scenario = small_scenario();
  for (const Runtime runtime : {Runtime::pace_max, Runtime::pace_real, Runtime::virtual_time}) {
    Ticker ticker(scenario, runtime, 1);
    const Tick tick = ticker.next(snapshot_at(scenario, 0.5, 250ms, 1'000));
    CHECK(ticker.runtime() == runtime);
    CHECK(judged_per_s(tick, runtime)[0] == Approx(runtime == Runtime::pace_max ? 4'000 : 2'000));
  }
}

TEST_CASE("tick: the first one is from the start, and no time at all has no rates") {
  const auto scenario = small_scenario();
  Ticker ticker(scenario, Runtime::pace_real, 1);
  const Tick first = ticker.next(Snapshot{});
  CHECK(first.rate_per_s[0] == 0);
  CHECK(first.machine_per_s[0] == 0);
  CHECK(first.speed == 0);
  CHECK(first.progress == 0);
  CHECK_FALSE(first.p50.has_value());
  CHECK(first.broken.empty());
  const Tick second = ticker.next(snapshot_at(scenario, 0.1, 100ms, 200));
  CHECK(second.rate_per_s[0] == Approx(2'000));
  // The same again: no time has passed.
  const Tick third = ticker.next(snapshot_at(scenario, 0.1, 100ms, 200));
  CHECK(third.rate_per_s[0] == 0);
  CHECK_FALSE(third.p50.has_value());
}

TEST_CASE("tick: percentiles are of what was dispatched since the last one") {
  const auto scenario = small_scenario();
  Ticker ticker(scenario, Runtime::pace_real, 1);
  Snapshot snapshot;
  for (int i = 0; i < 1'000; ++i) snapshot.latency.record(Duration(1s).count());
  snapshot.wall = 1s;
  CHECK(ticker.next(snapshot).p50 >= 1s);
  for (int i = 0; i < 98; ++i) snapshot.latency.record(Duration(10ms).count());
  for (int i = 0; i < 2; ++i) snapshot.latency.record(Duration(500ms).count());
  snapshot.wall = 2s;
  const Tick tick = ticker.next(snapshot);
  REQUIRE(tick.p50.has_value());
  REQUIRE(tick.p99.has_value());
  CHECK(seconds_of(*tick.p50) == Approx(0.010).epsilon(0.01));
  CHECK(seconds_of(*tick.p99) == Approx(0.500).epsilon(0.01));
}

TEST_CASE("tick: busy is a share of the time of all workers") {
  const auto scenario = small_scenario();
  Ticker ticker(scenario, Runtime::pace_max, 4);
  Snapshot snapshot;
  snapshot.wall = 1s;
  snapshot.busy[index_of(Stage::payment)] = 1s;
  CHECK(ticker.next(snapshot).busy_share[index_of(Stage::payment)] == Approx(0.25));
  snapshot.wall = 2s;
  snapshot.busy[index_of(Stage::payment)] = 100s;  // clocks of several threads may disagree
  CHECK(ticker.next(snapshot).busy_share[index_of(Stage::payment)] == 1);
}

TEST_CASE("tick: a fault is in effect from its beginning until just before its end") {
  auto scenario = small_scenario({"duration=10s"});
  scenario.faults = {{1s, 2s, "payment", 0}, {2s, 4s, "inventory", 0.5}};
  const auto faults_at = [&](Duration now) {
    Ticker ticker(scenario, Runtime::virtual_time, 1);
    Snapshot snapshot;
    snapshot.scenario_now = Instant(now);
    return ticker.next(snapshot).faults;
  };
  using Faults = std::vector<std::size_t>;
  CHECK(faults_at(999ms).empty());
  CHECK(faults_at(1s) == Faults{0});
  CHECK(faults_at(2s) == Faults{0, 1});
  CHECK(faults_at(3s) == Faults{1});
  CHECK(faults_at(6s).empty());
}

TEST_CASE("tick: payment servers are those of the calendar, or of all channels") {
  const auto servers_at = [](const scenario::Scenario& scenario, Duration now) {
    Ticker ticker(scenario, Runtime::virtual_time, 1);
    Snapshot snapshot;
    snapshot.scenario_now = Instant(now);
    snapshot.servers_busy = 3;
    const Tick tick = ticker.next(snapshot);
    CHECK(tick.servers_busy == 3);
    return tick.servers;
  };
  auto scenario = small_scenario({"payment.servers=10"});
  CHECK(servers_at(scenario, 0s) == 10);
  scenario.payment.calendar = {{100ms, 20}, {500ms, 5}};
  CHECK(servers_at(scenario, 99ms) == 10);
  CHECK(servers_at(scenario, 100ms) == 20);
  CHECK(servers_at(scenario, 700ms) == 5);
  scenario.payment.channels.resize(2);
  scenario.payment.channels[0].servers = 7;
  scenario.payment.channels[1].servers = 8;
  CHECK(servers_at(scenario, 700ms) == 15);
}

TEST_CASE("tick: dispatched orders by region, as many as the scenario has") {
  const auto scenario = small_scenario();
  Ticker ticker(scenario, Runtime::pace_max, 1);
  Snapshot snapshot;
  snapshot.dispatched_by_region[0] = 5;
  snapshot.dispatched_by_region[2] = 7;
  CHECK(ticker.next(snapshot).dispatched_by_region == std::vector<std::int64_t>{5, 0, 7});
}

TEST_CASE("tick: counts that cross are broken, unless the other worker was only asked later") {
  const auto scenario = small_scenario();
  Ticker ticker(scenario, Runtime::pace_max, 2);
  Snapshot snapshot = snapshot_at(scenario, 0.1, 100ms, 200);
  snapshot.funnel[index_of(Funnel::paid)] = 201;  // of 200 reserved, a moment ago
  CHECK(ticker.next(snapshot).broken.empty());
  snapshot.wall = 200ms;  // and still
  CHECK(ticker.next(snapshot).broken == std::vector<std::string>{"more paid than reserved"});
}

TEST_CASE("tick: more sold than there was, more sent than was paid for, more given back") {
  const auto scenario = small_scenario(
      {"catalogue.skus=2", "catalogue.stock=10", "catalogue.hot.skus=1", "catalogue.hot.stock=5"});
  const auto broken_by = [&](void (*change)(Snapshot&)) {
    Ticker ticker(scenario, Runtime::pace_max, 2);
    Snapshot snapshot;
    change(snapshot);
    ticker.next(snapshot);
    return ticker.next(snapshot).broken;
  };
  using Texts = std::vector<std::string>;
  CHECK(broken_by([](Snapshot& one) { one.units_sold = 15; }).empty());
  CHECK(broken_by([](Snapshot& one) { one.units_sold = 16; }) ==
        Texts{"more units sold than there were"});
  CHECK(broken_by([](Snapshot& one) {
          one.turnover = {101};
          one.captured = {100};
        }) == Texts{"more dispatched than was paid for"});
  CHECK(broken_by([](Snapshot& one) {
          one.refunded = {101};
          one.captured = {100};
        }) == Texts{"more refunded than was captured"});
}

}  // namespace
}  // namespace double11::screen
