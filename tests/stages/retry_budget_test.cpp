// RetryBudget against a list of everything that was earned and taken.
#include <double11/stages/retry_budget.hpp>

#include <chrono>
#include <random>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

RetryBudget::Settings budget(double share, double min_per_s, bool by_successes = false) {
  RetryBudget::Settings settings;
  settings.share = share;
  settings.min_per_s = min_per_s;
  settings.by_successes = by_successes;
  return settings;
}

int taken(RetryBudget& retries, Instant now) {
  int count = 0;
  while (count < 1'000'000 && retries.take(now)) ++count;
  return count;
}

TEST_CASE("RetryBudget: a share of the requests, exactly") {
  RetryBudget retries(budget(0.2, 0));
  CHECK(taken(retries, Instant{}) == 0);
  for (int i = 0; i < 4; ++i) retries.requested(Instant{});
  CHECK(taken(retries, Instant{}) == 0);
  retries.requested(Instant{});
  CHECK(taken(retries, Instant{}) == 1);
  for (int i = 0; i < 1'000'003; ++i) retries.requested(Instant(1s));
  CHECK(taken(retries, Instant(1s)) == 200'000);
  CHECK(retries.left(Instant(1s)) == 600'000);
}

TEST_CASE("RetryBudget: what is not used in time is lost") {
  RetryBudget retries(budget(0.5, 0));
  for (int i = 0; i < 10; ++i) retries.requested(Instant(500ms));
  for (int i = 0; i < 10; ++i) retries.requested(Instant(5s));
  CHECK(retries.left(Instant(9999ms)) == 10'000'000);
  CHECK(retries.left(Instant(10s)) == 5'000'000);
  CHECK(retries.left(Instant(15s)) == 0);
  CHECK(retries.left(Instant(1000000h)) == 0);
}

TEST_CASE("RetryBudget: a few a second are always allowed") {
  RetryBudget retries(budget(0, 10));
  CHECK(taken(retries, Instant{}) == 100);
  CHECK(taken(retries, Instant(9s)) == 0);
  CHECK(taken(retries, Instant(10s)) == 100);
  int count = 0;
  for (Instant now(20s); now < Instant(120s); now += 100ms) count += taken(retries, now);
  CHECK(count == 1000);
}

TEST_CASE("RetryBudget: with successes nothing is allowed by a service that is down") {
  RetryBudget retries(budget(0.5, 0, true));
  for (int i = 0; i < 100; ++i) retries.requested(Instant{});
  CHECK(taken(retries, Instant{}) == 0);
  for (int i = 0; i < 4; ++i) retries.succeeded(Instant{});
  CHECK(taken(retries, Instant{}) == 2);
  RetryBudget other(budget(0.5, 0));
  for (int i = 0; i < 100; ++i) other.succeeded(Instant{});
  CHECK(taken(other, Instant{}) == 0);
}

TEST_CASE("RetryBudget: does what a list of all that happened does") {
  struct Entry {
    std::int64_t window;
    std::int64_t millionths;
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const auto share = static_cast<std::int64_t>(random() % 1'500'000);
    const auto floor = static_cast<std::int64_t>(random() % 3) * 250'000;
    RetryBudget::Settings settings =
        budget(static_cast<double>(share) * 1e-6, static_cast<double>(floor) * 1e-6);
    settings.time_to_live = 2s;
    RetryBudget retries(settings);
    std::vector<Entry> list;
    std::int64_t now_ns = 0;
    int takes = 0;
    for (int step = 0; step < 2000; ++step) {
      now_ns +=
          static_cast<std::int64_t>(random() % (step % 200 == 0 ? 3'000'000'000U : 60'000'000U));
      const std::int64_t window = now_ns / 200'000'000;
      if (random() % 2 == 0) {
        retries.requested(at_ns(now_ns));
        list.push_back({window, share});
        continue;
      }
      std::int64_t left = 2 * floor;
      for (const Entry& entry : list) left += entry.window > window - 10 ? entry.millionths : 0;
      REQUIRE(retries.left(at_ns(now_ns)) == left);
      REQUIRE(retries.take(at_ns(now_ns)) == (left >= 1'000'000));
      if (left < 1'000'000) continue;
      list.push_back({window, -1'000'000});
      ++takes;
    }
    CHECK(takes > 0);
  }
}

}  // namespace
}  // namespace double11::stages
