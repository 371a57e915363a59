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

TEST_CASE("WorkClock: faults multiply where they overlap, and strike a group's members") {
  const auto sale =
      small_scenario({R"(faults=[{"at":"10ms","duration":"40ms","of":"logistics","factor":0.5},
                  {"at":"30ms","duration":"40ms","of":"logistics.east-1","factor":0.5},
                  {"at":"60ms","duration":"20ms","of":"logistics.west-1"},
                  {"at":"60ms","duration":"20ms","of":"payment","factor":3}])"});
  const auto east = WorkClock::of_faults(sale, "logistics.east-1").steps();
  REQUIRE(east.size() == 4);
  const std::int64_t speeds[]{kUsual / 2, kUsual / 4, kUsual / 2, kUsual};
  const Instant ats[]{Instant(10ms), Instant(30ms), Instant(50ms), Instant(70ms)};
  for (std::size_t i = 0; i < east.size(); ++i) {
    CHECK(east[i].at == ats[i]);
    CHECK(east[i].speed == speeds[i]);
  }
  const auto west = WorkClock::of_faults(sale, "logistics.west-1");
  CHECK(west.work_s(Instant(0s), Instant(100ms)) == Approx(0.100 - 0.020 - 0.020));
  CHECK(WorkClock::of_faults(sale, "logistics").steps().size() == 2);
  CHECK(WorkClock::of_faults(sale, "admission").steps().empty());
  CHECK(WorkClock::of_payment(sale).work_s(Instant(0s), Instant(100ms)) == Approx(0.140));
}

TEST_CASE("WorkClock: faults, slow-downs and breakdowns of payment at once") {
  const std::vector<std::string> overrides{
      R"(payment.slowdowns=[{"at":"0s","duration":"10s","factor":0.5}])",
      R"(faults=[{"at":"0s","duration":"10s","of":"payment","factor":0.5}])"};
  CHECK(WorkClock::of_payment(small_scenario(overrides)).work_s(Instant(0s), Instant(8s)) ==
        Approx(2.0));
  // However small, what is not down is not down; however large, it is a speed.
  std::string many = "faults=[";
  for (int i = 0; i < 400; ++i) {
    many += R"({"at":"0s","duration":"1s","of":"payment","factor":1e-3},)";
    many += R"({"at":"2s","duration":"1s","of":"payment","factor":1e3},)";
  }
  many.back() = ']';
  const auto steps = WorkClock::of_payment(small_scenario({many})).steps();
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].speed == 1);
  CHECK(steps[2].speed == 1'000'000 * kUsual);
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
