// Shelves under threads: what shared strategies keep and what read-modify-write loses.
#include "stages/shelves.hpp"

#include <double11/stages/inventory.hpp>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/escrow_shelf.hpp"
#include "stages/orders.hpp"
#include "strategies.hpp"

namespace double11::stages {
namespace {

scenario::Scenario one_sku(const std::string& strategy, int stock) {
  return scenario::small_scenario({"inventory.strategy=" + strategy, "catalogue.skus=1",
                                   "catalogue.hot.skus=0", "catalogue.hot.share=0",
                                   "catalogue.stock=" + std::to_string(stock)});
}

TEST_CASE("shared strategies: two threads never sell more than there is, nor less") {
  const std::string strategy = GENERATE(from_range(kSharedStrategies));
  const auto scenario = one_sku(strategy, 7);
  for (int round = 0; round < 200; ++round) {
    const auto inventory = Inventory::create(scenario, 2);
    std::atomic<int> ready{0};
    std::array<int, 2> granted{};
    std::vector<std::thread> threads;
    for (std::uint32_t shard = 0; shard < 2; ++shard) {
      threads.emplace_back([&, shard] {
        ready.fetch_add(1);
        while (ready.load() < 2) std::this_thread::yield();
        for (std::uint64_t id = 0; id < 20; ++id) {
          Order order = order_of(id);
          inventory->reserve(shard, {&order, 1});
          granted[shard] += order.fully_reserved() ? 1 : 0;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    INFO(strategy << ", round " << round);
    REQUIRE(granted[0] + granted[1] == 7);
    REQUIRE(inventory->available(SkuId{0}) == 0);
    REQUIRE(inventory->counts().granted == 7);
    REQUIRE(inventory->refused(SkuId{0}));
  }
}

TEST_CASE("shared strategies: two threads that take and give end where they began") {
  const std::string strategy = GENERATE(from_range(kSharedStrategies));
  INFO(strategy);
  const auto scenario = one_sku(strategy, 3);
  const auto inventory = Inventory::create(scenario, 2);
  std::vector<std::thread> threads;
  for (std::uint32_t shard = 0; shard < 2; ++shard) {
    threads.emplace_back([&, shard] {
      for (std::uint64_t id = 0; id < 50'000; ++id) {
        Order order = order_of(id, {{0, 2}});
        inventory->reserve(shard, {&order, 1});
        if (order.fully_reserved()) order.will_end_as(Outcome::declined);
        inventory->release(shard, {&order, 1});
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(inventory->available(SkuId{0}) == 3);
  CHECK(inventory->counts().granted == inventory->counts().released);
  CHECK(inventory->counts().granted > 0);
}

TEST_CASE("escrow: leases shrink with the stock, and what others hold is found in the end") {
  const auto scenario = one_sku("escrow", 1000);
  EscrowShelf shelf(scenario.catalogue, 4);
  const SkuId sku{0};
  // One shard alone sells everything, whatever the others have leased.
  for (std::uint32_t shard = 0; shard < 4; ++shard) REQUIRE(shelf.take(shard, sku, 1));
  CHECK(shelf.available(sku) == 996);
  for (int unit = 0; unit < 996; ++unit) {
    INFO(unit);
    REQUIRE(shelf.take(3, sku, 1));
  }
  CHECK(shelf.available(sku) == 0);
  CHECK_FALSE(shelf.refused(sku));
  CHECK_FALSE(shelf.take(3, sku, 1));
  CHECK(shelf.refused(sku));
  // Pieces in several places make up a line; too few are left where they are worth as much.
  for (std::uint32_t shard = 0; shard < 4; ++shard) shelf.give(shard, sku, 1);
  CHECK_FALSE(shelf.take(1, sku, 5));
  CHECK(shelf.available(sku) == 4);
  CHECK(shelf.take(1, sku, 4));
  CHECK(shelf.available(sku) == 0);
}

// The interleaving that threads meet by chance, step by step.
TEST_CASE("unsafe: two buyers that read before either writes get the same unit") {
  const auto scenario = one_sku("unsafe", 1);
  UnsafeShelf shelf(scenario.catalogue, 2);
  const SkuId sku{0};
  const std::int32_t seen_by_first = shelf.read(sku);
  const std::int32_t seen_by_second = shelf.read(sku);
  REQUIRE(seen_by_first >= 1);
  REQUIRE(seen_by_second >= 1);  // both may buy
  shelf.write(sku, seen_by_first - 1);
  shelf.write(sku, seen_by_second - 1);
  const int sold = 2;
  CHECK(shelf.available(sku) == 0);
  CHECK(shelf.available(sku) + sold != 1);  // law 2 is broken
}

TEST_CASE("unsafe: alone it is right") {
  const auto scenario = one_sku("unsafe", 5);
  UnsafeShelf shelf(scenario.catalogue, 1);
  CHECK(shelf.take(0, SkuId{0}, 3));
  CHECK_FALSE(shelf.take(0, SkuId{0}, 3));
  CHECK(shelf.refused(SkuId{0}));
  shelf.give(0, SkuId{0}, 1);
  CHECK(shelf.take(0, SkuId{0}, 3));
  CHECK(shelf.available(SkuId{0}) == 0);
}

}  // namespace
}  // namespace double11::stages
