// ServerPool against a plain set of free times, through idle and overloaded spells.
#include "virtual_time/server_pool.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "catch.hpp"

namespace double11::virtual_time {
namespace {

constexpr std::int64_t kLatest = 1'000'000'000'000;

// Groups of jobs whose gaps put `load` on the servers, another one every 40 groups.
void play(std::uint64_t servers, std::uint64_t seed) {
  INFO(servers << " servers, seed " << seed);
  std::mt19937_64 random(seed);
  constexpr std::int64_t kService = 1'000'000;
  ServerPool pool(servers, kService);
  std::multiset<std::int64_t> plain;
  for (std::uint64_t i = 0; i < servers; ++i) plain.insert(0);
  std::int64_t now = 0;
  std::int64_t waited = 0;
  std::int64_t jobs = 0;
  const double loads[]{0.3, 0.8, 1.3, 0.9, 0.1, 0.97};
  for (int group = 0; group < 240; ++group) {
    const double load = loads[group / 40];
    const std::size_t size = 1 + random() % 256;
    std::vector<std::int64_t> queued(size), service(size), start(size), until(size), free(size);
    std::exponential_distribution<double> gap(load * static_cast<double>(servers) / kService);
    std::exponential_distribution<double> length(1.0 / kService);
    for (std::size_t i = 0; i < size; ++i) {
      now += static_cast<std::int64_t>(gap(random));
      queued[i] = now;
      // Now and then one that takes forever.
      service[i] = random() % 500 == 0 ? 40 * kService : static_cast<std::int64_t>(length(random));
    }
    pool.serve(queued, service, start, until, free, kLatest);
    for (std::size_t i = 0; i < size; ++i) {
      const std::int64_t expected = std::max(queued[i], *plain.begin());
      REQUIRE(start[i] == expected);
      REQUIRE(until[i] == expected + service[i]);
      plain.erase(plain.begin());
      plain.insert(until[i]);
      // Never too late, and right where somebody would have to wait for it.
      REQUIRE(free[i] <= std::max(*plain.begin(), start[i]));
      if (*plain.begin() > start[i]) REQUIRE(free[i] == *plain.begin());
      waited += start[i] > queued[i] ? 1 : 0;
    }
    jobs += static_cast<std::int64_t>(size);
  }
  CHECK(waited < jobs);
}

}  // namespace

TEST_CASE("a pool of servers does what a set of free times does") {
  for (const std::uint64_t servers : {1U, 2U, 31U, 32U, 63U, 64U, 65U, 127U, 128U, 500U, 3000U}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) play(servers, seed);
  }
}

TEST_CASE("what would end after the latest instant ends then") {
  for (const std::uint64_t servers : {2U, 100U}) {
    ServerPool pool(servers, 1000);
    const std::vector<std::int64_t> queued{5, 6, 7};
    const std::vector<std::int64_t> service{1'000'000, 10, 2000};
    std::vector<std::int64_t> start(3), until(3), free(3);
    pool.serve(queued, service, start, until, free, 1000);
    CHECK(until[0] == 1000);
    CHECK(until[1] == 16);
    CHECK(until[2] == 1000);
  }
}

}  // namespace double11::virtual_time
