// Inventory: all lines or none, under every strategy that keeps the law.
#include <double11/scenario/catalogue.hpp>
#include <double11/stages/inventory.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <span>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"
#include "strategies.hpp"

namespace double11::stages {
namespace {

using scenario::Scenario;
using scenario::small_scenario;

Scenario shop(const std::string& strategy, std::int64_t skus, std::int64_t stock) {
  return small_scenario({"inventory.strategy=" + strategy, "catalogue.hot.skus=0",
                         "catalogue.hot.share=0", "inventory.reservation_ttl=7ms",
                         "catalogue.skus=" + std::to_string(skus),
                         "catalogue.stock=" + std::to_string(stock)});
}

// A shard that may serve the SKU; where any may, that of the order.
std::uint32_t shard_for(const Inventory& inventory, const Order& order, std::size_t line) {
  const std::uint32_t any = inventory.shard_of({static_cast<std::uint32_t>(order.id.value)});
  return inventory.owned() ? inventory.shard_of(order.sku[line]) : any;
}

// Carries an order to the shards of its lines as the pipeline does.
void visit_reserve(Inventory& inventory, Order& order) {
  for (std::size_t line = 0; line < order.lines; ++line) {
    if (order.fully_reserved() || order.ends_as() == Outcome::sold_out) return;
    if ((static_cast<unsigned>(order.reserved_lines()) >> line & 1U) != 0) continue;
    inventory.reserve(shard_for(inventory, order, line), {&order, 1});
  }
}

void visit_release(Inventory& inventory, Order& order) {
  for (std::size_t line = 0; line < order.lines; ++line) {
    if ((static_cast<unsigned>(order.reserved_lines()) >> line & 1U) == 0) continue;
    inventory.release(shard_for(inventory, order, line), {&order, 1});
  }
}

std::int64_t on_shelves(const Inventory& inventory, std::uint32_t skus) {
  std::int64_t units = 0;
  for (std::uint32_t sku = 0; sku < skus; ++sku) units += inventory.available(SkuId{sku});
  return units;
}

TEST_CASE("Inventory: keeps its law", "[strategy]") {
  const std::string strategy = GENERATE(from_range(kSafeStrategies));
  const std::uint32_t shards = GENERATE(1U, 2U, 3U, 7U);
  INFO(strategy << " in " << shards << " shards");

  SECTION("the shelves are full at the start, hot SKUs with their own stock") {
    const Scenario scenario = small_scenario({"inventory.strategy=" + strategy});
    const auto inventory = Inventory::create(scenario, shards);
    for (std::uint32_t sku = 0; sku < 500; ++sku) {
      REQUIRE(inventory->available(SkuId{sku}) ==
              scenario::initial_stock(scenario.catalogue, SkuId{sku}));
      REQUIRE_FALSE(inventory->refused(SkuId{sku}));
      REQUIRE(inventory->shard_of(SkuId{sku}) < shards);
    }
  }

  SECTION("a basket with stock gets all its lines and the end of its reservation") {
    const auto inventory = Inventory::create(shop(strategy, 10, 5), shards);
    Order order = order_of(1, {{0, 2}, {1, 1}, {9, 5}});
    order.at = at_ns(100);
    visit_reserve(*inventory, order);
    CHECK(order.fully_reserved());
    CHECK(order.until == at_ns(100 + 7'000'000));
    CHECK(inventory->available(SkuId{0}) == 3);
    CHECK(inventory->available(SkuId{9}) == 0);
    CHECK(inventory->counts().granted == 1);
    CHECK(inventory->counts().units_granted == 8);
    order.will_end_as(Outcome::declined);
    visit_release(*inventory, order);
    CHECK(order.reserved_lines() == 0);
    CHECK(order.ends_as() == Outcome::declined);
    CHECK(on_shelves(*inventory, 10) == 50);
    CHECK(inventory->counts().released == 1);
    CHECK(inventory->counts().units_released == 8);
    CHECK_FALSE(inventory->refused(SkuId{9}));
  }

  SECTION("a basket with one line too many gets none in the end") {
    const auto inventory = Inventory::create(shop(strategy, 10, 5), shards);
    Order order = order_of(1, {{0, 2}, {1, 6}, {2, 1}});
    visit_reserve(*inventory, order);
    CHECK(order.ends_as() == Outcome::sold_out);
    CHECK_FALSE(order.fully_reserved());
    visit_release(*inventory, order);
    CHECK(order.reserved_lines() == 0);
    CHECK(on_shelves(*inventory, 10) == 50);
    CHECK(inventory->refused(SkuId{1}));
    CHECK_FALSE(inventory->refused(SkuId{0}));
    // Never granted, so never released either.
    CHECK(inventory->counts().granted == 0);
    CHECK(inventory->counts().released == 0);
    CHECK(inventory->counts().units_granted == 0);
    CHECK(inventory->counts().units_released == 0);
  }

  SECTION("one SKU on two lines is counted twice") {
    const auto inventory = Inventory::create(shop(strategy, 4, 3), shards);
    Order fits = order_of(1, {{2, 1}, {2, 2}});
    visit_reserve(*inventory, fits);
    CHECK(fits.fully_reserved());
    CHECK(inventory->available(SkuId{2}) == 0);
    fits.will_end_as(Outcome::expired);
    visit_release(*inventory, fits);
    CHECK(inventory->available(SkuId{2}) == 3);
    Order too_much = order_of(2, {{2, 2}, {2, 2}});
    visit_reserve(*inventory, too_much);
    CHECK(too_much.ends_as() == Outcome::sold_out);
    visit_release(*inventory, too_much);
    CHECK(inventory->available(SkuId{2}) == 3);
  }

  SECTION("stock 0 sells nothing, stock 1 sells one") {
    for (const std::int64_t stock : {0, 1}) {
      const auto inventory = Inventory::create(shop(strategy, 1, stock), shards);
      std::int64_t granted = 0;
      for (std::uint64_t id = 0; id < 3; ++id) {
        Order order = order_of(id);
        visit_reserve(*inventory, order);
        granted += order.fully_reserved() ? 1 : 0;
      }
      CHECK(granted == stock);
      CHECK(inventory->available(SkuId{0}) == 0);
      CHECK(inventory->refused(SkuId{0}));
    }
  }
}

// Random baskets and releases against a map of counters; the shelves are empty half of the time.
TEST_CASE("Inventory: does what a map of counters does") {
  const std::string strategy = GENERATE(from_range(kSafeStrategies));
  const std::uint32_t shards = GENERATE(1U, 2U, 5U);
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    INFO(strategy << " in " << shards << " shards, seed " << seed);
    std::mt19937_64 random(seed);
    constexpr std::uint32_t kSkus = 6;
    const auto stock = static_cast<std::int64_t>(random() % 12);
    const auto inventory = Inventory::create(shop(strategy, kSkus, stock), shards);
    std::map<std::uint32_t, std::int64_t> left;
    std::map<std::uint32_t, bool> refused;
    for (std::uint32_t sku = 0; sku < kSkus; ++sku) left[sku] = stock;
    std::vector<Order> held;
    measure::ReservationCounts counts;
    for (std::uint64_t step = 0; step < 600; ++step) {
      if (random() % 5 < 3 || held.empty()) {
        Order order = order_of(step, {});
        order.set_lines(1 + random() % kMaxLines);
        std::int64_t units = 0;
        for (std::size_t line = 0; line < order.lines; ++line) {
          order.sku[line] = SkuId{static_cast<std::uint32_t>(random() % kSkus)};
          order.quantity[line] = static_cast<std::uint8_t>(1 + random() % 3);
          units += order.quantity[line];
        }
        visit_reserve(*inventory, order);
        std::map<std::uint32_t, std::int64_t> wanted;
        for (std::size_t line = 0; line < order.lines; ++line) {
          wanted[order.sku[line].value] += order.quantity[line];
        }
        const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
          return left[want.first] >= want.second;
        });
        REQUIRE(order.fully_reserved() == fits);
        REQUIRE((order.ends_as() == Outcome::sold_out) == !fits);
        if (fits) {
          for (const auto& [sku, quantity] : wanted) left[sku] -= quantity;
          ++counts.granted;
          counts.units_granted += units;
          held.push_back(order);
        } else {
          visit_release(*inventory, order);
          REQUIRE(order.reserved_lines() == 0);
        }
      } else {
        const std::size_t chosen = random() % held.size();
        Order order = held[chosen];
        held.erase(held.begin() + static_cast<std::ptrdiff_t>(chosen));
        order.will_end_as(random() % 2 == 0 ? Outcome::declined : Outcome::refunded);
        visit_release(*inventory, order);
        REQUIRE(order.reserved_lines() == 0);
        for (std::size_t line = 0; line < order.lines; ++line) {
          left[order.sku[line].value] += order.quantity[line];
          counts.units_released += order.quantity[line];
        }
        ++counts.released;
      }
      for (std::uint32_t sku = 0; sku < kSkus; ++sku) {
        REQUIRE(inventory->available(SkuId{sku}) == left[sku]);
        REQUIRE(inventory->available(SkuId{sku}) >= 0);
      }
    }
    CHECK(inventory->counts().granted == counts.granted);
    CHECK(inventory->counts().released == counts.released);
    CHECK(inventory->counts().units_granted == counts.units_granted);
    CHECK(inventory->counts().units_released == counts.units_released);
  }
}

TEST_CASE("Inventory: only owner_shard asks for the owner of a SKU") {
  CHECK(Inventory::create(shop("owner_shard", 4, 1), 2)->owned());
  CHECK_FALSE(Inventory::create(shop("shared_atomic", 4, 1), 2)->owned());
  CHECK_FALSE(Inventory::create(shop("unsafe", 4, 1), 2)->owned());
}

TEST_CASE("Inventory: a shard leaves the lines of the other shards alone") {
  const auto inventory = Inventory::create(shop("owner_shard", 4, 5), 2);
  Order order = order_of(1, {{0, 1}, {1, 1}, {2, 1}});
  inventory->reserve(0, {&order, 1});
  CHECK(order.reserved_lines() == 0b101);
  CHECK_FALSE(order.fully_reserved());
  CHECK(order.until == kNever);
  CHECK(inventory->available(SkuId{1}) == 5);
  inventory->reserve(1, {&order, 1});
  CHECK(order.fully_reserved());
  order.will_end_as(Outcome::declined);
  inventory->release(1, {&order, 1});
  CHECK(order.reserved_lines() == 0b101);
  CHECK(inventory->counts().released == 0);
  inventory->release(0, {&order, 1});
  CHECK(inventory->counts().released == 1);
  CHECK(inventory->counts().units_released == 3);
}

}  // namespace
}  // namespace double11::stages
