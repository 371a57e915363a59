// Concurrency limits: each rule by hand, and what they find in front of a plain server.
#include <double11/stages/concurrency_limit.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

// Answers of orders that came when the limit was used up.
void tell(ConcurrencyLimit& limit, Duration round_trip, int times = 1) {
  for (int i = 0; i < times; ++i) limit.answered(Instant{}, round_trip, limit.limit(), false);
}

TEST_CASE("Vegas: grows while there is no queue, and by less with one") {
  Vegas vegas({}, 1);
  CHECK(vegas.limit() == 20);
  tell(vegas, 10ms);  // the shortest from now on
  CHECK(vegas.limit() == 20);
  tell(vegas, 10ms);  // no queue: beta, 6 * log10(20) with log10 rounded down
  CHECK(vegas.limit() == 26);
  tell(vegas, 10'700us);  // 26 * (1 - 10/10.7) = 1.7: between log10 and 3 times
  CHECK(vegas.limit() == 27);
  tell(vegas, 12ms);  // 27 * (1 - 10/12) = 4.5: as it shall be
  CHECK(vegas.limit() == 27);
  tell(vegas, 20ms);  // 13.5: above 6
  CHECK(vegas.limit() == 26);
  vegas.answered(Instant{}, 20ms, 12, false);  // not even half of it in flight
  CHECK(vegas.limit() == 26);
  vegas.answered(Instant{}, 20ms, 12, true);
  CHECK(vegas.limit() == 25);
}

TEST_CASE("Vegas: steps are log10 of the limit, within its bounds") {
  Vegas::Settings settings;
  settings.first = 150;
  settings.probe_factor = 1'000'000;
  Vegas vegas(settings, 1);
  tell(vegas, 10ms, 2);
  CHECK(vegas.limit() == 150 + 12);
  tell(vegas, 10ms, 1000);
  CHECK(vegas.limit() == 1000);
  tell(vegas, 100ms);
  CHECK(vegas.limit() == 997);
  // A queue of 6 is what there shall be at the smallest step.
  tell(vegas, 1000s, 2000);
  CHECK(vegas.limit() == 6);
  for (int i = 0; i < 10; ++i) vegas.answered(Instant{}, 1000s, 1, true);
  CHECK(vegas.limit() == 1);
}

TEST_CASE("Vegas: measures the shortest round trip anew after half to all of 30 limits") {
  Vegas::Settings settings;
  settings.first = 12;
  constexpr int kSeeds = 400;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Vegas vegas(settings, seed);
    tell(vegas, 10ms);
    // A queue of 6 is as it shall be, until a probe takes 20 ms for the time without a queue.
    int answers = 1;
    while (vegas.limit() == 12) {
      tell(vegas, 20ms);
      ++answers;
    }
    INFO("seed " << seed);
    CHECK(answers > 180);
    CHECK(answers <= 362);
    sum += answers - 1;
  }
  // Uniform on 180 to 360, rounded up.
  const double z = (sum / kSeeds - 270.5) / (180 / std::sqrt(12.0 * kSeeds));
  CHECK(std::abs(z) < 3.89);  // alpha 1e-4
}

TEST_CASE("Gradient2: keeps up to 1.5 times the usual round trip") {
  Gradient2 limit({});
  CHECK(limit.limit() == 20);
  tell(limit, 10ms);  // 20 * 0.8 + (20 + 4) * 0.2
  CHECK(limit.limit() == 20);
  tell(limit, 10ms);
  CHECK(limit.limit() == 21);
  tell(limit, 10ms, 1000);
  CHECK(limit.limit() == 200);
  tell(limit, 15ms);
  CHECK(limit.limit() == 200);
  // Twice as long: gradient about 0.75, and 4 for the queue.
  tell(limit, 20ms);
  CHECK(limit.limit() ==
        static_cast<int>(160 + 0.2 * (200 * 1.5 * (10 + 10.0 / 601 + 5.0 / 601) / 20 + 4)));
  // As long again and again it becomes usual.
  tell(limit, 20ms, 5000);
  CHECK(limit.limit() == 200);
}

TEST_CASE("Gradient2: never below its least, and forgets the time of an overload") {
  Gradient2 limit({});
  for (int i = 0; i < 10; ++i) tell(limit, Duration(1ms * (1 << i)));
  CHECK(limit.limit() >= 20);
  // The mean of the first ten is 102 ms; of short ones the 20th part of it is soon gone.
  Gradient2 other({});
  tell(other, 100ms, 10);
  tell(other, 1ms, 60);
  const std::int64_t before = other.limit();
  tell(other, 20ms, 10);
  CHECK(other.limit() < before);
}

TEST_CASE("Gradient2: an idle shop tells nothing, a round trip of no time breaks nothing") {
  Gradient2 limit({});
  for (int i = 0; i < 100; ++i) limit.answered(Instant{}, 10ms, 9, false);
  CHECK(limit.limit() == 20);
  tell(limit, 0ms, 100);
  CHECK(limit.limit() > 20);
}

TEST_CASE("SentinelRule: most answers a second times the shortest round trip") {
  SentinelRule rule;
  CHECK(rule.limit() == 11);
  // 60 in half a second, the shortest 100 ms: 120 a second for 0.1 s is 12, and one enters at 12.
  for (int i = 0; i < 60; ++i) rule.answered(at_ns(i), i == 30 ? 100ms : 200ms, 1, false);
  CHECK(rule.limit() == 13);
  // The half second after next no longer knows.
  rule.answered(Instant(500ms), 300ms, 1, false);
  CHECK(rule.limit() == 13);
  rule.answered(Instant(1s), 300ms, 1, false);
  CHECK(rule.limit() == 2);
  for (int i = 0; i < 49; ++i) rule.answered(Instant(1s), 300ms, 1, false);
  CHECK(rule.limit() == 31);
  // One may always be in flight, and one more waits; those without an answer do not count.
  rule.answered(Instant(1s), 1ns, 1, true);
  CHECK(rule.limit() == 31);
  rule.answered(Instant(1s), 1ns, 1, false);
  CHECK(rule.limit() == 2);
}

// Servers that each take 10 ms, and always somebody who wants in: how much of what they can do
// they do, and how long the way is.
struct Found {
  double use;
  double mean_round_trip_ms;
};
Found play(ConcurrencyLimit& limit, int servers) {
  constexpr auto kService = 10ms;
  std::vector<Instant> free_at(static_cast<std::size_t>(servers));
  struct InFlight {
    Instant entered;
    Instant ends;
    std::int64_t in_flight;
  };
  std::vector<InFlight> inside;
  std::int64_t answers = 0;
  double sum_ms = 0;
  for (Instant now{}; now < Instant(60s); now += 100us) {
    for (std::size_t i = 0; i < inside.size();) {
      if (inside[i].ends > now) {
        ++i;
        continue;
      }
      const InFlight done = inside[i];
      inside[i] = inside.back();
      inside.pop_back();
      limit.answered(now, done.ends - done.entered, done.in_flight, false);
      if (now < Instant(30s)) continue;
      ++answers;
      sum_ms += seconds_of(done.ends - done.entered) * 1e3;
    }
    while (static_cast<std::int64_t>(inside.size()) < limit.limit()) {
      auto& server = *std::min_element(free_at.begin(), free_at.end());
      server = std::max(server, now) + kService;
      inside.push_back({now, server, static_cast<std::int64_t>(inside.size()) + 1});
    }
  }
  const double possible = 30.0 * servers / seconds_of(kService);
  return {static_cast<double>(answers) / possible, sum_ms / static_cast<double>(answers)};
}

TEST_CASE("Concurrency limits: servers are busy and the queue is short") {
  Vegas vegas({}, 7);
  const Found by_vegas = play(vegas, 40);
  // The answers of servers in step come too late for steps of one: it swings.
  CHECK(by_vegas.use > 0.8);
  CHECK(by_vegas.mean_round_trip_ms < 30);
  Gradient2 gradient({});
  const Found by_gradient = play(gradient, 40);
  CHECK(by_gradient.use > 0.97);
  CHECK(by_gradient.mean_round_trip_ms < 60);
  SentinelRule rule;
  const Found by_rule = play(rule, 40);
  CHECK(by_rule.use > 0.95);
  CHECK(by_rule.mean_round_trip_ms < 15);
}

}  // namespace
}  // namespace double11::stages
