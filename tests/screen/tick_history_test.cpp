// What a viewer remembers of a run.
#include <double11/screen/tick_history.hpp>

#include <algorithm>
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
using scenario::small_scenario;

TEST_CASE("tick history: the rate over the run, nothing where it has not been") {
  const auto scenario = small_scenario({"duration=10s"});
  Ticker ticker(scenario, Runtime::virtual_time, 1);
  TickHistory history(scenario, Runtime::virtual_time);
  history.add(ticker.next(snapshot_at(scenario, 0.25, 1s, 2'500)));
  history.add(ticker.next(snapshot_at(scenario, 0.5, 2s, 7'500)));
  for (const std::size_t columns : {4U, 8U, 60U, 140U}) {
    INFO(columns);
    const std::vector<double> rates = history.rates(columns);
    REQUIRE(rates.size() == columns);
    CHECK(rates.front() == Approx(1'000));
    CHECK(rates[columns / 2 - 1] == Approx(2'000));
    CHECK(rates[columns / 2] < 0);
    CHECK(rates.back() < 0);
  }
  CHECK(history.rates(0).empty());
  // More columns than are kept apart, and one for all: the best.
  CHECK(history.rates(1).front() == Approx(2'000));
  CHECK(history.rates(1'000).front() == Approx(1'000));
}

TEST_CASE("tick history: at pace max the mean since the start is judged") {
  const auto scenario = small_scenario({"duration=10s"});
  Ticker ticker(scenario, Runtime::pace_max, 1);
  TickHistory history(scenario, Runtime::pace_max);
  CHECK(history.judged_so_far() == 0);
  history.add(ticker.next(snapshot_at(scenario, 0.5, 1s, 5'000)));
  CHECK(history.judged_so_far() == Approx(5'000));
  history.add(ticker.next(snapshot_at(scenario, 0.6, 2s, 6'000)));
  CHECK(history.judged_so_far() == Approx(3'000));
}

TEST_CASE("tick history: else the best second or more") {
  const auto scenario = small_scenario({"duration=10s"});
  Ticker ticker(scenario, Runtime::pace_real, 1);
  TickHistory history(scenario, Runtime::pace_real);
  // A burst within half a second is no second.
  history.add(ticker.next(snapshot_at(scenario, 0.05, 500ms, 3'000)));
  CHECK(history.judged_so_far() == 0);
  history.add(ticker.next(snapshot_at(scenario, 0.10, 1s, 3'000)));
  CHECK(history.judged_so_far() == Approx(3'000));
  history.add(ticker.next(snapshot_at(scenario, 0.15, 1500ms, 4'000)));
  history.add(ticker.next(snapshot_at(scenario, 0.20, 2s, 4'000)));
  CHECK(history.judged_so_far() == Approx(3'000));
  history.add(ticker.next(snapshot_at(scenario, 0.40, 4s, 24'000)));
  CHECK(history.judged_so_far() == Approx(10'000));
  history.add(ticker.next(snapshot_at(scenario, 0.90, 9s, 25'000)));
  CHECK(history.judged_so_far() == Approx(10'000));
}

TEST_CASE("tick history: the speed of the last ticks outlives a pause") {
  const auto scenario = small_scenario({"duration=100s"});
  Ticker ticker(scenario, Runtime::pace_max, 1);
  TickHistory history(scenario, Runtime::pace_max);
  CHECK(history.recent_speed() == 0);
  history.add(ticker.next(snapshot_at(scenario, 0.1, 1s, 10)));
  history.add(ticker.next(snapshot_at(scenario, 0.2, 2s, 20)));
  CHECK(history.recent_speed() == Approx(10));
  history.add(ticker.next(snapshot_at(scenario, 0.2, 3s, 20)));
  CHECK(history.recent_speed() == Approx(10));
}

TEST_CASE("tick history: a queue that goes up and down does not grow, one that climbs does") {
  const auto scenario = small_scenario({"duration=100s"});
  TickHistory history(scenario, Runtime::pace_max);
  Tick tick;
  const auto add = [&](std::int64_t inventory, std::int64_t payment) {
    tick.queue[index_of(Stage::inventory)] = inventory;
    tick.queue[index_of(Stage::payment)] = payment;
    history.add(tick);
  };
  for (const std::int64_t queue : {100, 500, 100, 500, 100, 500}) add(queue, 3);
  CHECK_FALSE(history.growing().has_value());
  for (const std::int64_t queue : {10, 20, 30, 40, 50, 60, 70, 80}) add(500, queue);
  CHECK(history.growing() == Stage::payment);
  for (int i = 0; i < 8; ++i) add(500, 80);
  CHECK_FALSE(history.growing().has_value());
}

TEST_CASE("tick history: what was broken once is not forgotten") {
  const auto scenario = small_scenario();
  TickHistory history(scenario, Runtime::pace_max);
  Tick tick;
  tick.broken = {"more paid than reserved"};
  history.add(tick);
  history.add(tick);
  history.add(Tick{});
  CHECK(history.broken() == std::vector<std::string>{"more paid than reserved"});
}

}  // namespace
}  // namespace double11::screen
