// The clock of a warehouse: shifts, nights, faults, and what crews cost.
#include <double11/stages/picking_clock.hpp>

#include <chrono>
#include <random>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;
using Faults = std::vector<WorkClock::Step>;

Instant at(Duration duration) {
  return Instant(duration);
}

// One parcel per second from 8:00 to 20:00.
PickingClock day_shift(const Faults& faults = {}) {
  return PickingClock({{0s, 0}, {8h, 1}, {20h, 0}}, faults);
}

TEST_CASE("PickingClock: at one rate a pick takes its time, at any hour of any day") {
  const PickingClock clock({{0s, 1000}}, {});
  CHECK(clock.finish(at(0s)) == at(1ms));
  CHECK(clock.finish(at(24h - 1ns)) == at(24h - 1ns + 1ms));
  CHECK(clock.finish(at(399 * 24h)) == at(399 * 24h + 1ms));
}

TEST_CASE("PickingClock: work rests at night and goes on in the morning") {
  const PickingClock clock = day_shift();
  CHECK(clock.finish(at(0s)) == at(8h + 1s));
  CHECK(clock.finish(at(8h)) == at(8h + 1s));
  CHECK(clock.finish(at(20h - 1s)) == at(20h));
  // 400 ms of it are done in the evening, 600 ms in the morning.
  CHECK(clock.finish(at(20h - 400ms)) == at(32h + 600ms));
  CHECK(clock.finish(at(300 * 24h + 22h)) == at(301 * 24h + 8h + 1s));
}

TEST_CASE("PickingClock: a pick that takes longer than a day goes on day after day") {
  // 0.00001/s: 100,000 s of work, 43,200 s of them a day.
  const PickingClock clock({{0s, 0}, {8h, 1e-5}, {20h, 0}}, {});
  CHECK(clock.finish(at(0s)) == at(2 * 24h + 8h + 13'600s));
}

TEST_CASE("PickingClock: faults slow down and stop, then the days go on as before") {
  // Half the speed from 9:00 to 10:00 of the second day, none until 12:00.
  const PickingClock clock =
      day_shift({{at(33h), WorkClock::kUsual / 2}, {at(34h), 0}, {at(36h), WorkClock::kUsual}});
  CHECK(clock.finish(at(9h)) == at(9h + 1s));
  CHECK(clock.finish(at(33h)) == at(33h + 2s));
  CHECK(clock.finish(at(34h - 1s)) == at(36h + 500ms));
  CHECK(clock.finish(at(35h)) == at(36h + 1s));
  CHECK(clock.finish(at(44h)) == at(56h + 1s));
  CHECK(clock.finish(at(24h * 30 + 9h)) == at(24h * 30 + 9h + 1s));
}

TEST_CASE("PickingClock: ends are in the order of the beginnings, whatever the days look like") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::vector<PickingClock::DayStep> day{{0s, 3}};
    for (int hour = 1; hour < 24; ++hour) {
      if (random() % 3 == 0) day.push_back({hour * 1h, static_cast<double>(random() % 4)});
    }
    Faults faults;
    for (Duration when = 5h; random() % 4 != 0; when += 7h) {
      faults.push_back({at(when), static_cast<std::int64_t>(random() % 3) * WorkClock::kUsual / 2});
    }
    faults.push_back({at(100h), WorkClock::kUsual});
    const PickingClock clock(day, faults);
    Instant now{};
    Instant end{};
    for (int i = 0; i < 2000; ++i) {
      now += Duration(static_cast<std::int64_t>(random() % 600'000'000'000));
      const Instant next = clock.finish(now);
      REQUIRE(next > now);
      REQUIRE(next >= end);
      end = next;
    }
  }
}

TEST_CASE("PickingClock: in a steady span all picks take as long, and just outside they may not") {
  const PickingClock clock =
      day_shift({{at(33h), WorkClock::kUsual / 2}, {at(34h), 0}, {at(36h), WorkClock::kUsual}});
  std::mt19937_64 random(7);
  std::size_t steady = 0;
  for (int i = 0; i < 5000; ++i) {
    const Instant now(Duration(static_cast<std::int64_t>(random() % Duration(96h).count())));
    const PickingClock::Steady span = clock.steady_at(now);
    if (now < span.from || now > span.until) continue;
    ++steady;
    for (const Instant begin : {span.from, now, span.until}) {
      REQUIRE(clock.finish(begin) == begin + span.pick);
    }
  }
  CHECK(steady > 1000);
  CHECK(clock.steady_at(at(8h)).from == at(8h));
  CHECK(clock.steady_at(at(8h)).until == at(20h - 1s));
  CHECK(clock.steady_at(at(0s)).until < at(0s));
  CHECK(clock.steady_at(at(34h)).until < at(34h));
  CHECK(clock.steady_at(PickingClock::kLatest).until < at(0s));
}

TEST_CASE("PickingClock: nothing is later than a century") {
  const PickingClock slow({{0s, 0}, {1h, 1e-6}, {1h + 1ns, 0}}, {});
  CHECK(slow.finish(at(0s)) == PickingClock::kLatest);
  CHECK(day_shift().finish(PickingClock::kLatest) == PickingClock::kLatest);
  CHECK(day_shift().finish(PickingClock::kLatest - 1ns) == PickingClock::kLatest);
}

TEST_CASE("picking_clock: people and robots add up, and the building is the limit") {
  const auto with = [](const std::string& shifts) {
    return small_scenario({"logistics.shifts=" + shifts});
  };
  // 100 people and 50 robots: 10,000 + 15,000 an hour.
  const auto both =
      with(R"([{"people":100,"person_rate":"100/h","robots":50,"robot_rate":"300/h"}])");
  CHECK(picking_clock(both, 0).finish(at(0s)) == at(144ms));
  const auto one = with(R"([{"warehouse":"west-1","people":10,"person_rate":"360/h"}])");
  CHECK(picking_clock(one, 1).finish(at(0s)) == at(1s));
  CHECK(picking_clock(one, 0).finish(at(0s)) == at(100us));
  const auto crowd = with(R"([{"people":1000000,"person_rate":"1k/s"}])");
  CHECK(picking_clock(crowd, 0).finish(at(0s)) == at(100us));
}

TEST_CASE("picking_clock: shifts go by the time of day at which the scenario starts") {
  const auto scenario = small_scenario(
      {R"(logistics.shifts=[{"from":"22h","to":"6h","people":10,"person_rate":"360/h"}])",
       "logistics.starts_at=5h"});
  const PickingClock clock = picking_clock(scenario, 0);
  CHECK(clock.finish(at(0s)) == at(1s));
  CHECK(clock.finish(at(1h)) == at(17h + 1s));
  CHECK(clock.finish(at(17h)) == at(17h + 1s));
  CHECK(clock.finish(at(24h)) == at(24h + 1s));
}

TEST_CASE("labour_cost: every hour of a shift is paid, busy or not") {
  const auto scenario = small_scenario(
      {R"(logistics.shifts=[)"
       R"({"from":"8h","to":"20h","people":10,"person_hour":"30 yuan"},)"
       R"({"from":"20h","to":"4h","warehouse":"west-1","robots":2,"robot_hour":"27 yuan"}])"});
  CHECK(labour_cost(scenario, 0, at(8h)).fen == 0);
  CHECK(labour_cost(scenario, 0, at(9h)).fen == 10 * 3'000);
  CHECK(labour_cost(scenario, 0, at(10 * 24h)).fen == 10 * 12 * 10 * 3'000);
  CHECK(labour_cost(scenario, 1, at(4h)).fen == 2 * 4 * 2'700);
  CHECK(labour_cost(scenario, 1, at(24h)).fen == 12 * 10 * 3'000 + 8 * 2 * 2'700);
}

// The published case: a robot picks three times as much as a person, at 70 % less labour cost.
TEST_CASE("labour_cost: a third of the crew as robots picks as much for 30 % of the cost") {
  const auto people = small_scenario({R"(logistics.shifts=[{"people":300}])"});
  const auto robots = small_scenario({R"(logistics.shifts=[{"robots":100}])"});
  CHECK(picking_clock(people, 0).finish(at(0s)) == picking_clock(robots, 0).finish(at(0s)));
  CHECK(labour_cost(robots, 0, at(24h)).fen * 10 == labour_cost(people, 0, at(24h)).fen * 3);
}

TEST_CASE("labour_cost: a century of the dearest crews is a number") {
  const auto scenario =
      small_scenario({R"(logistics.shifts=[{"people":1000000,"person_hour":"10000 yuan"}])"});
  CHECK(labour_cost(scenario, 0, PickingClock::kLatest).fen == 10'000'000'000'000'000);
}

}  // namespace
}  // namespace double11::stages
