// What holds for every slice exactly: order, range, purity, common random numbers, fingerprints.
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "arrival_extremes.hpp"
#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::traffic {
namespace {

using scenario::small_scenario;

std::vector<Order> all_orders(const scenario::Scenario& scenario) {
  const Arrivals arrivals(scenario);
  std::vector<Order> orders;
  ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  return orders;
}

std::vector<std::uint64_t> prints_of(const std::vector<Order>& orders) {
  std::vector<std::uint64_t> prints;
  for (const Order& order : orders) prints.push_back(fingerprint_of(order));
  return prints;
}

std::vector<std::uint64_t> prints_of(const scenario::Scenario& scenario) {
  return prints_of(all_orders(scenario));
}

}  // namespace

TEST_CASE("slices cover the duration, the last one cut at its end") {
  for (const std::string duration : {"1s", "1ms", "1500us", "1000001ns", "60s"}) {
    CAPTURE(duration);
    const scenario::Scenario scenario = small_scenario({"duration=" + duration});
    const Arrivals arrivals(scenario);
    REQUIRE(arrivals.slices() > 0);
    CHECK(arrivals.start_of(0) == Instant{});
    CHECK(arrivals.start_of(arrivals.slices()) == Instant(scenario.duration));
    CHECK(arrivals.start_of(arrivals.slices() - 1) < Instant(scenario.duration));
    CHECK(arrivals.start_of(arrivals.slices() - 1) + scenario::kSlice >=
          Instant(scenario.duration));
  }
}

TEST_CASE("arrivals are sorted, inside their slice, with ids and fields of their own") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.insert(overrides.end(), {"traffic.curve[0].rate=200k/s", "duration=100300us",
                                       "traffic.quantity_max=5"});
    const scenario::Scenario scenario = small_scenario(overrides);
    const Arrivals arrivals(scenario);
    std::set<std::uint64_t> ids;
    std::size_t total = 0;
    ArrivalCursor cursor;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      std::vector<Order> orders;
      arrivals.make(slice, cursor, orders);
      total += orders.size();
      Instant before = arrivals.start_of(slice);
      for (const Order& order : orders) {
        REQUIRE(order.planned >= before);
        REQUIRE(order.planned < arrivals.start_of(slice + 1));
        before = order.planned;
        REQUIRE(ids.insert(order.id.value).second);
        REQUIRE(order.id.value >> OrderId::kIndexBits == slice);
        REQUIRE(order.step == Step::admit);
        REQUIRE(order.at == order.planned);
        REQUIRE(order.buyer.value < 10'000);
        REQUIRE(order.region < 3);
        REQUIRE(order.lines >= 1);
        REQUIRE(order.lines <= 3);
        REQUIRE(order.reserved_lines() == 0);
        REQUIRE(order.ends_as() == Outcome::dispatched);
        std::int64_t amount = 0;
        for (std::size_t line = 0; line < order.lines; ++line) {
          REQUIRE(order.sku[line].value < 500);
          REQUIRE(order.quantity[line] >= 1);
          REQUIRE(order.quantity[line] <= 5);
          amount +=
              order.quantity[line] * scenario::price_of(scenario.catalogue, order.sku[line]).fen;
        }
        REQUIRE(order.amount_fen == amount);
      }
    }
    CHECK(total > 10'000);
  }
}

TEST_CASE("a slice is the same whoever makes it, in whatever order, after whatever else") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.emplace_back("traffic.curve[0].rate=300k/s");
    const scenario::Scenario scenario = small_scenario(overrides);
    const Arrivals one(scenario);
    const Arrivals other(scenario);
    ArrivalCursor cursor;
    for (const std::uint64_t slice : {999U, 0U, 500U, 500U, 1U, 999U}) {
      CAPTURE(slice);
      std::vector<Order> fresh;
      one.make(slice, cursor, fresh);
      std::vector<Order> appended(3);
      ArrivalCursor from_start;
      other.make(slice, from_start, appended);
      REQUIRE(appended.size() == fresh.size() + 3);
      appended.erase(appended.begin(), appended.begin() + 3);
      CHECK(prints_of(appended) == prints_of(fresh));
    }
  }
}

TEST_CASE("another seed gives other orders") {
  CHECK(prints_of(small_scenario({"seed=1"})) == prints_of(small_scenario({"seed=1"})));
  CHECK(prints_of(small_scenario({"seed=1"})) != prints_of(small_scenario({"seed=2"})));
  CHECK(prints_of(small_scenario({"seed=1"})) != prints_of(small_scenario({"seed=4294967297"})));
}

TEST_CASE("settings that are not about traffic leave the orders as they are") {
  const auto prints = prints_of(small_scenario());
  for (const std::string change :
       {"payment.servers=1", "payment.decline_probability=50%", "payment.latency.p99=9s",
        "payment.timeout=1s", "admission.in_flight_limit=1", "admission.queue_limit=0",
        "inventory.strategy=shared_atomic", "catalogue.stock=1", "run.placement=staged",
        "run.workers=3", "logistics.warehouses[0].capacity=1/s", "target.rate=1/s"}) {
    CAPTURE(change);
    CHECK(prints_of(small_scenario({change})) == prints);
  }
}

TEST_CASE("a traffic setting changes only what it is about") {
  const std::vector<Order> base = all_orders(small_scenario());
  const auto same = [&](const std::string& change,
                        const std::function<bool(const Order&, const Order&)>& equal) {
    const std::vector<Order> changed = all_orders(small_scenario({change}));
    return changed.size() == base.size() &&
           std::equal(base.begin(), base.end(), changed.begin(), equal);
  };
  CHECK(same("traffic.quantity_max=9", [](const Order& a, const Order& b) {
    return a.planned == b.planned && a.buyer == b.buyer && a.region == b.region &&
           a.lines == b.lines && a.sku == b.sku;
  }));
  CHECK(same("traffic.buyers=77", [](const Order& a, const Order& b) {
    return a.planned == b.planned && a.region == b.region && a.lines == b.lines && a.sku == b.sku &&
           a.quantity == b.quantity && a.amount_fen == b.amount_fen;
  }));
  CHECK(same("catalogue.price_max=150 yuan", [](const Order& a, const Order& b) {
    return a.planned == b.planned && a.buyer == b.buyer && a.sku == b.sku;
  }));
}

TEST_CASE("a longer duration has the same orders to begin with") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.emplace_back("duration=200ms");
    const auto shorter = prints_of(small_scenario(overrides));
    overrides.back() = "duration=400ms";
    const auto longer = prints_of(small_scenario(overrides));
    REQUIRE(longer.size() > shorter.size());
    CHECK(std::equal(shorter.begin(), shorter.end(), longer.begin()));
  }
}

TEST_CASE("no rate, no orders") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.emplace_back("traffic.curve[0].rate=0/s");
    CHECK(all_orders(small_scenario(overrides)).empty());
  }
}

TEST_CASE("the fingerprint differs when any field does") {
  Order order;
  order.id = OrderId(5, 7);
  order.planned = Instant(Duration(5'123'456));
  order.lines = 3;
  order.sku = {SkuId{1}, SkuId{2}, SkuId{3}, SkuId{0}};
  order.quantity = {1, 2, 1, 0};
  order.buyer = {77};
  order.amount_fen = 9'900;
  order.region = 2;
  const std::function<void(Order&)> changes[] = {
      [](Order& o) { o.id = OrderId(5, 8); },
      [](Order& o) { o.planned += Duration(1); },
      [](Order& o) { o.sku[0].value ^= 1U; },
      [](Order& o) { o.sku[2].value ^= 1U << 31U; },
      [](Order& o) { std::swap(o.sku[0], o.sku[1]); },
      [](Order& o) { ++o.quantity[0]; },
      [](Order& o) { ++o.quantity[2]; },
      [](Order& o) { std::swap(o.quantity[0], o.quantity[1]); },
      [](Order& o) { ++o.buyer.value; },
      [](Order& o) { o.set_region(o.region + 1U); },
      [](Order& o) { --o.lines; },
      [](Order& o) { ++o.amount_fen; },
  };
  std::set<std::uint64_t> seen{fingerprint_of(order)};
  for (const auto& change : changes) {
    Order changed = order;
    change(changed);
    CHECK(seen.insert(fingerprint_of(changed)).second);
  }
  CHECK(fingerprint_of(order) == *seen.find(fingerprint_of(order)));
}

TEST_CASE("the fingerprint ignores what the stages change") {
  const Order order = all_orders(small_scenario())[0];
  Order travelled = order;
  travelled.mark_reserved(0);
  travelled.will_end_as(Outcome::expired);
  travelled.step = Step::refund;
  travelled.answer = PaymentAnswer::late_approval;
  travelled.at = kNever;
  travelled.until = Instant{};
  CHECK(fingerprint_of(travelled) == fingerprint_of(order));
}

}  // namespace double11::traffic
