// WorkClock: slow-downs, outages and breakdowns stretch services, exactly.
#include <double11/stages/work_clock.hpp>

#include <chrono>
#include <cmath>
#include <random>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;

constexpr std::int64_t kUsual = WorkClock::kUsual;

Instant at_ns(std::int64_t ns) {
  return Instant(Duration(ns));
}

TEST_CASE("WorkClock: without steps work is time") {
  const WorkClock clock;
  CHECK(clock.finish(at_ns(5), 7ns) == at_ns(12));
  CHECK(clock.work_s(Instant(1s), Instant(3s)) == 2.0);
  CHECK(WorkClock::of_payment(small_scenario()).finish(at_ns(5), 7ns) == at_ns(12));
}

TEST_CASE("WorkClock: a service crosses speeds") {
  const WorkClock clock({{at_ns(100), kUsual / 2}, {at_ns(200), 0}, {at_ns(300), 2 * kUsual}});
  CHECK(clock.finish(at_ns(0), 100ns) == at_ns(100));
  CHECK(clock.finish(at_ns(0), 101ns) == at_ns(102));
  CHECK(clock.finish(at_ns(90), 60ns) == at_ns(200));
  // Nothing happens from 200 to 300, then twice as much; rounded up.
  CHECK(clock.finish(at_ns(90), 61ns) == at_ns(301));
  CHECK(clock.finish(at_ns(250), 9ns) == at_ns(305));
  CHECK(clock.finish(at_ns(250), 0ns) == at_ns(250));
  CHECK(clock.finish(at_ns(1000), 10ns) == at_ns(1005));
  CHECK(clock.work_s(at_ns(0), at_ns(400)) == Approx(350e-9));
}

TEST_CASE("WorkClock: finishes when so much work has been done, and not a nanosecond before") {
  std::mt19937_64 random(31);
  INFO("seed 31");
  for (int round = 0; round < 200; ++round) {
    std::vector<WorkClock::Step> steps;
    std::int64_t at = 0;
    for (int i = 0; i < 6; ++i) {
      at += static_cast<std::int64_t>(1 + random() % 50);
      const std::int64_t speeds[]{0, kUsual / 3, kUsual, 5 * kUsual, 1 + kUsual / 7};
      steps.push_back({at_ns(at), speeds[random() % 5]});
    }
    steps.back().speed = kUsual / 2;
    const WorkClock clock(steps);
    const auto speed_at = [&](std::int64_t ns) {
      std::int64_t speed = kUsual;
      for (const auto& step : steps) speed = nanoseconds_of(step.at) <= ns ? step.speed : speed;
      return speed;
    };
    const auto start = static_cast<std::int64_t>(random() % 250);
    const auto work = static_cast<std::int64_t>(1 + random() % 300);
    std::int64_t done = 0;
    std::int64_t end = start;
    while (done < work * kUsual) done += speed_at(end++);
    REQUIRE(nanoseconds_of(clock.finish(at_ns(start), Duration(work))) == end);
  }
}

TEST_CASE("WorkClock: slow-downs of a scenario, and a breakdown on top of them") {
  const auto clock = WorkClock::of_payment(
      small_scenario({R"(payment.slowdowns=[{"at":"100ms","duration":"100ms","factor":0.25},
                             {"at":"300ms","duration":"50ms"}])"}));
  CHECK(clock.finish(Instant(90ms), 20ms) == Instant(140ms));
  CHECK(clock.finish(Instant(290ms), 20ms) == Instant(360ms));
  const auto both = WorkClock::of_payment(
      small_scenario({R"(payment.slowdowns=[{"at":"0s","duration":"10s","factor":0.5}])",
                      "payment.breakdown.up=30ms", "payment.breakdown.down=30ms"}));
  const double work = both.work_s(Instant(0s), Instant(1s));
  CHECK(work > 0.1);
  CHECK(work < 0.4);
  // After the traffic nothing fails; the slow-down goes on.
  CHECK(both.work_s(Instant(1s), Instant(2s)) == Approx(0.5));
}

TEST_CASE("WorkClock: a channel that fails is up its share of the time") {
  // Up 20 ms, down 5 ms: 0.8. The variance of the share over a time T of cycles with exponential
  // parts is 2 (up down)^2 / (up + down)^3 / T.
  double sum = 0;
  constexpr int kRuns = 60;
  for (int seed = 1; seed <= kRuns; ++seed) {
    const auto clock = WorkClock::of_payment(
        small_scenario({"duration=10s", "payment.breakdown.up=20ms", "payment.breakdown.down=5ms",
                        "seed=" + std::to_string(seed)}));
    sum += clock.work_s(Instant(0s), Instant(10s)) / 10;
  }
  const double deviation =
      std::sqrt(2 * std::pow(0.020 * 0.005, 2) / std::pow(0.025, 3) / (10.0 * kRuns));
  CHECK(std::abs(sum / kRuns - 0.8) < 4 * deviation);
}

}  // namespace
}  // namespace double11::stages
