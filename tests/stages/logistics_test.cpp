// Logistics: the warehouse with the earliest ETA, its backlog, its counts.
#include <double11/core/random.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <random>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;

// Regions east, west and one without a warehouse; one of 1,000 and one of 500 parcels per second.
scenario::Scenario two_warehouses() {
  return small_scenario(
      {R"(traffic.regions=[{"name":"east","share":0.4},{"name":"west","share":0.4},)"
       R"({"name":"north","share":0.2}])",
       R"(logistics.warehouses=[)"
       R"({"name":"e","region":"east","capacity":"1k/s"},)"
       R"({"name":"w","region":"west","capacity":"500/s"}])",
       "logistics.transit_near=10ms", "logistics.transit_far=14ms"});
}

Order paid_in(std::uint8_t region, Instant at) {
  Order order = order_of(1);
  order.set_region(region);
  order.at = at;
  return order;
}

TEST_CASE("Logistics: ETA is the pick and the transit from the near warehouse") {
  const auto scenario = two_warehouses();
  Logistics logistics(scenario, 1);
  const Parcel east = logistics.dispatch(paid_in(0, at_ns(0)));
  CHECK(east.warehouse == 0);
  CHECK(east.eta == Instant(1ms + 10ms));
  const Parcel west = logistics.dispatch(paid_in(1, at_ns(0)));
  CHECK(west.warehouse == 1);
  CHECK(west.eta == Instant(2ms + 10ms));
}

TEST_CASE("Logistics: a near warehouse is used until its backlog costs more than the way") {
  const auto scenario = two_warehouses();
  Logistics logistics(scenario, 1);
  // East picks in 1 ms, so the n-th parcel from there takes n + 10 ms; from the west 2 + 14 ms.
  for (int n = 1; n <= 6; ++n) {
    const Parcel parcel = logistics.dispatch(paid_in(0, at_ns(0)));
    INFO("parcel " << n);
    CHECK(parcel.warehouse == 0);
    CHECK(parcel.eta == Instant(std::chrono::milliseconds(n + 10)));
  }
  const Parcel overflow = logistics.dispatch(paid_in(0, at_ns(0)));
  CHECK(overflow.warehouse == 1);
  CHECK(overflow.eta == Instant(16ms));
  // When the backlog is gone, near is best again.
  const Parcel later = logistics.dispatch(paid_in(0, Instant(1s)));
  CHECK(later.warehouse == 0);
  CHECK(later.eta == Instant(1s + 11ms));
}

TEST_CASE("Logistics: parcels wait for the next truck, and the one that leaves first wins") {
  auto scenario = two_warehouses();
  scenario.logistics.departure_period = 50ms;
  Logistics logistics(scenario, 1);
  CHECK(logistics.dispatch(paid_in(0, at_ns(0))).eta == Instant(50ms + 10ms));
  // Picked at the very instant at which a truck leaves; one nanosecond later it is gone.
  CHECK(logistics.dispatch(paid_in(0, Instant(99ms))).eta == Instant(100ms + 10ms));
  CHECK(logistics.dispatch(paid_in(0, Instant(149ms) + 1ns)).eta == Instant(200ms + 10ms));
  // Fifty parcels that are picked in a millisecond each go with one truck, the next from the west.
  for (int n = 1; n <= 50; ++n) {
    const Parcel parcel = logistics.dispatch(paid_in(0, Instant(1s)));
    INFO("parcel " << n);
    CHECK(parcel.warehouse == 0);
    CHECK(parcel.eta == Instant(1050ms + 10ms));
  }
  const Parcel next = logistics.dispatch(paid_in(0, Instant(1s)));
  CHECK(next.warehouse == 1);
  CHECK(next.eta == Instant(1050ms + 14ms));
}

TEST_CASE("Logistics: a shard has its share of the capacity") {
  const auto scenario = two_warehouses();
  Logistics logistics(scenario, 4);
  CHECK(logistics.dispatch(paid_in(0, at_ns(0))).eta == Instant(4ms + 10ms));
}

TEST_CASE("Logistics: counts every parcel once, by warehouse and by order") {
  const auto scenario = two_warehouses();
  Logistics logistics(scenario, 1);
  std::mt19937_64 random(3);
  std::vector<std::int64_t> by_warehouse(2);
  std::uint64_t sum = 0;
  std::uint64_t prints = 0;
  for (int i = 0; i < 1000; ++i) {
    Order order = paid_in(static_cast<std::uint8_t>(random() % 2), Instant(i * 300us));
    order.id = OrderId(random());
    sum += order.id.value;
    prints += mix(order.id.value);
    const Parcel parcel = logistics.dispatch(order);
    REQUIRE(parcel.eta > order.at);
    ++by_warehouse[parcel.warehouse];
  }
  CHECK(logistics.counts().parcels == 1000);
  CHECK(logistics.counts().by_warehouse == by_warehouse);
  CHECK(logistics.counts().id_sum == sum);
  CHECK(logistics.counts().id_prints == prints);
  CHECK(by_warehouse[0] > 0);
  CHECK(by_warehouse[1] > 0);
}

// Against the sentence of the header: earliest of backlog, pick and transit, over all warehouses.
TEST_CASE("Logistics: no other warehouse would have been earlier") {
  const auto scenario = two_warehouses();
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    Logistics logistics(scenario, 1);
    std::array<Instant, 2> free_at{};
    const std::array<Duration, 2> pick{1ms, 2ms};
    Instant now{};
    for (int i = 0; i < 500; ++i) {
      now += Duration(static_cast<std::int64_t>(random() % 1'500'000));
      const auto region = static_cast<std::uint8_t>(random() % 3);  // 2: no warehouse is near
      std::array<Instant, 2> eta;
      for (std::size_t w = 0; w < 2; ++w) {
        eta[w] = std::max(free_at[w], now) + pick[w] + (region == w ? 10ms : 14ms);
      }
      const Parcel parcel = logistics.dispatch(paid_in(region, now));
      REQUIRE(parcel.eta == std::min(eta[0], eta[1]));
      REQUIRE(parcel.eta == eta[parcel.warehouse]);
      free_at[parcel.warehouse] = std::max(free_at[parcel.warehouse], now) + pick[parcel.warehouse];
    }
  }
}

}  // namespace
}  // namespace double11::stages
