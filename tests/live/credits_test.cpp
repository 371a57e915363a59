// Credits: none is made, none is lost.
#include <double11/live/credits.hpp>

#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace double11::live {
namespace {

TEST_CASE("CreditPool: gives what there is and remembers the most that was out") {
  CreditPool pool(5);
  CHECK(pool.total() == 5);
  CHECK(pool.take(3) == 3);
  CHECK(pool.take(3) == 2);
  CHECK(pool.take(1) == 0);
  CHECK(pool.free() == 0);
  pool.give(4);
  CHECK(pool.take(1) == 1);
  CHECK(pool.free() == 3);
  CHECK(pool.most_taken() == 5);
}

TEST_CASE("CreditPool: an unused pool had none out") {
  const CreditPool pool(9);
  CHECK(pool.most_taken() == 0);
  CHECK(pool.free() == 9);
}

TEST_CASE("Purse: the purse of a pool of one gives it back") {
  CreditPool pool(1);
  Purse first(pool, 4);
  Purse second(pool, 4);
  REQUIRE(first.fill(256) == 1);
  first.spend(1);
  CHECK(second.fill(1) == 0);
  first.give(1);
  first.give_back_to(0);
  CHECK(pool.free() == 1);
  CHECK(second.fill(1) == 1);
}

TEST_CASE("Purse: an idle purse keeps no more than it is told") {
  CreditPool pool(10'000);
  Purse purse(pool, 1);
  REQUIRE(purse.fill(1) == 1);
  purse.give_back_to(1);
  CHECK(pool.free() == 9'999);
  purse.give_back_to(5);
  CHECK(pool.free() == 9'999);
  purse.give_back_to(0);
  CHECK(pool.free() == 10'000);
}

TEST_CASE("Purse: what comes back to one worker reaches the others") {
  // One worker ends all orders that another admits, as in a staged pipeline.
  CreditPool pool(1000);
  Purse admits(pool, 2);
  Purse ends(pool, 2);
  std::int64_t admitted = 0;
  for (int round = 0; round < 10'000; ++round) {
    const std::int64_t count = admits.fill(100);
    admits.spend(count);
    ends.give(count);
    admitted += count;
  }
  // At most two chunks of 31 stay in the other purse.
  CHECK(admitted > 10'000 * 90);
}

TEST_CASE("Purse: random purses never hold more than the pool had") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const auto total = static_cast<std::int64_t>(1 + random() % (seed % 2 == 0 ? 5000 : 6));
    const std::size_t workers = 1 + random() % 5;
    CreditPool pool(total);
    std::vector<Purse> purses(workers, Purse(pool, static_cast<std::int64_t>(workers)));
    std::int64_t spent = 0;
    for (int step = 0; step < 2000; ++step) {
      Purse& purse = purses[random() % workers];
      switch (random() % 4) {
        case 0:
        case 1: {
          const auto wanted = static_cast<std::int64_t>(random() % 300);
          const std::int64_t filled = purse.fill(wanted);
          REQUIRE(filled >= 0);
          REQUIRE(filled <= wanted);
          const std::int64_t used =
              filled == 0
                  ? 0
                  : static_cast<std::int64_t>(random() % (static_cast<std::uint64_t>(filled) + 1));
          purse.spend(used);
          spent += used;
          break;
        }
        case 2: {
          const auto back = spent == 0 ? 0 : 1 + static_cast<std::int64_t>(random() % 8) % spent;
          purse.give(back);
          spent -= back;
          break;
        }
        default:
          purse.give_back_to(static_cast<std::int64_t>(random() % 3));
      }
      REQUIRE(pool.free() >= 0);
      REQUIRE(pool.free() + spent <= total);
      REQUIRE(pool.most_taken() <= total);
    }
    for (Purse& purse : purses) purse.give_back_to(0);
    REQUIRE(pool.free() + spent == total);
  }
}

TEST_CASE("CreditPool: threads share it without making or losing credits") {
  for (const std::int64_t total : {1, 3, 1000}) {
    INFO("total " << total);
    CreditPool pool(total);
    std::atomic<std::int64_t> out{0};
    std::atomic<bool> too_many{false};
    std::vector<std::thread> threads;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      threads.emplace_back([&, seed] {
        std::mt19937_64 random(seed);
        Purse purse(pool, 3);
        std::int64_t spent = 0;
        for (int step = 0; step < 20'000; ++step) {
          const std::int64_t got = purse.fill(static_cast<std::int64_t>(1 + random() % 4));
          purse.spend(got);
          spent += got;
          if (out.fetch_add(got) + got > total) too_many = true;
          if (random() % 2 == 0) {
            out.fetch_sub(spent);
            purse.give(spent);
            spent = 0;
          }
          if (random() % 8 == 0) purse.give_back_to(0);
        }
        out.fetch_sub(spent);
        purse.give(spent);
        purse.give_back_to(0);
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK_FALSE(too_many);
    CHECK(pool.free() == total);
    CHECK(pool.most_taken() <= total);
    CHECK(pool.most_taken() >= 1);
  }
}

}  // namespace
}  // namespace double11::live
