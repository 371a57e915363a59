// Pace real under a clock that the test moves: arrivals are never early, and latencies count from
// the planned arrival whatever held the system up (no coordinated omission).
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;
using scenario::small_scenario;

std::vector<Instant> planned_of(const Scenario& scenario) {
  const traffic::Arrivals arrivals(scenario);
  std::vector<Order> orders;
  traffic::ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  std::vector<Instant> planned;
  for (const Order& order : orders) planned.push_back(order.planned);
  std::sort(planned.begin(), planned.end());
  return planned;
}

std::int64_t due_by(const std::vector<Instant>& planned, Instant now) {
  return std::upper_bound(planned.begin(), planned.end(), now) - planned.begin();
}

// Turns all workers until none finds work at the present instant.
void settle(Pipeline& pipeline, std::uint32_t workers) {
  for (bool worked = true; worked;) {
    worked = false;
    for (std::uint32_t worker = 0; worker < workers; ++worker) worked |= pipeline.turn(worker);
  }
}

// Runs to the end in steps of 100 us; with a stall of `stall` at 500 ms.
measure::RunRecord paced(const Scenario& scenario, std::uint32_t workers, Duration stall) {
  ManualClock clock;
  Pipeline pipeline(scenario, {workers, &clock, Canary::none});
  bool stalled = false;
  for (int step = 0; step < 1'000'000 && !pipeline.state().over(); ++step) {
    clock.advance(100us);
    if (!stalled && clock.now() >= Instant(500ms)) {
      clock.advance(stall);
      stalled = true;
    }
    settle(pipeline, workers);
  }
  REQUIRE(pipeline.state().over());
  return pipeline.record();
}

TEST_CASE("pace real: nothing is released before its planned time, and all by it") {
  const Scenario scenario = small_scenario({"run.pace=real", "duration=200ms"});
  const auto planned = planned_of(scenario);
  REQUIRE(planned.size() > 300);
  for (const std::uint32_t workers : {1U, 3U}) {
    INFO(workers << " workers");
    ManualClock clock;
    Pipeline pipeline(scenario, {workers, &clock, Canary::none});
    for (int step = 0; step < 3000; ++step) {
      clock.advance(Duration(70'000 + step));
      for (std::uint32_t worker = 0; worker < workers; ++worker) pipeline.turn(worker);
      REQUIRE(offered(pipeline, workers) <= due_by(planned, clock.now()));
      settle(pipeline, workers);
      REQUIRE(offered(pipeline, workers) == due_by(planned, clock.now()));
    }
  }
}

TEST_CASE("pace real: the lag of the generator is the clock's step") {
  const Scenario scenario = small_scenario({"run.pace=real", "traffic.arrivals=constant"});
  const measure::RunRecord record = paced(scenario, 1, 0ns);
  require_clean(scenario, record);
  CHECK(record.generator_lag.count() == record.books.arrivals().count);
  CHECK(record.generator_lag.max() <= 100'000);
  // Within one step of the clock, reported at most 1/128 above.
  CHECK(record.latency[index_of(Funnel::reserved)].max() <= 110'000);
}

TEST_CASE("pace real: outcomes are those of pace max where nothing is scarce") {
  const Scenario real = small_scenario({"run.pace=real"});
  const measure::RunRecord at_real = paced(real, 2, 0ns);
  const Scenario max = small_scenario();
  const measure::RunRecord at_max = drive_to_end(max, 2, 1);
  CHECK(at_real.books.stream_print() == at_max.books.stream_print());
  CHECK(totals_of(at_real) == totals_of(at_max));
}

// Arrivals of two seconds at an even 2k/s, a stall from 0.5 s to 1.5 s: a system that measured from
// the release would show no latency at all. Half of the arrivals are planned during the stall, with
// waits spread evenly from 1 s to 0.
TEST_CASE("pace real: a stall of a second shows in the latencies of all that were due in it") {
  const Scenario scenario =
      small_scenario({"run.pace=real", "duration=2s", "traffic.arrivals=constant"});
  const measure::RunRecord record = paced(scenario, 1, 1s);
  require_clean(scenario, record);
  const auto& admitted = record.latency[index_of(Funnel::admitted)];
  REQUIRE(admitted.count() == 4000);
  std::int64_t above_half = 0;
  std::int64_t above_tick = 0;
  for (std::size_t cell = 0; cell < measure::Histogram::kCells; ++cell) {
    const auto count = static_cast<std::int64_t>(admitted.cells()[cell]);
    if (measure::Histogram::upper_edge(cell) > 500'000'000) above_half += count;
    if (measure::Histogram::upper_edge(cell) > 1'000'000) above_tick += count;
  }
  // A cell of the histogram at 500 ms is 4 ms wide, or 8 arrivals.
  CHECK(std::abs(above_half - 1000) <= 12);
  CHECK(std::abs(above_tick - 2000) <= 12);
  CHECK(admitted.max() > 990'000'000);
  CHECK(admitted.max() <= 1'000'000'000);
  // The generator's own lag says why.
  CHECK(record.generator_lag.max() == admitted.max());
  CHECK(record.latency[index_of(Funnel::dispatched)].quantile(0.6) > 100'000'000);
}

TEST_CASE("pace real: a stall while reservations run out adds no negative service time") {
  const Scenario scenario =
      small_scenario({"run.pace=real", "inventory.reservation_ttl=1ms", "run.placement=staged"});
  ManualClock clock;
  Pipeline pipeline(scenario, {4, &clock, Canary::none});
  for (int step = 0; step < 400'000 && !pipeline.state().over(); ++step) {
    // Every worker sees another time: between reservation and payment the machine stalls for 5 ms.
    clock.advance(5ms);
    pipeline.turn(static_cast<std::uint32_t>(step % 4));
  }
  REQUIRE(pipeline.state().over());
  const measure::RunRecord record = pipeline.record();
  require_clean(scenario, record);
  CHECK(record.payment_busy >= Duration(0));
}

}  // namespace
}  // namespace double11::live
