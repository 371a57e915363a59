#include <double11/core/random.hpp>
#include <double11/measure/books.hpp>
#include <double11/scenario/catalogue.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <random>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

Order random_order(std::mt19937_64& random, std::uint32_t index, std::uint32_t skus) {
  Order order;
  order.id = OrderId(random() % 1000, index);
  order.set_lines(1 + random() % kMaxLines);
  for (std::size_t line = 0; line < kMaxLines; ++line) {
    order.sku[line] = {static_cast<std::uint32_t>(random() % skus)};
    order.quantity[line] = static_cast<std::uint8_t>(1 + random() % 100);
  }
  // Books price from the catalogue; what the order claims must not matter.
  order.amount_fen = static_cast<std::uint32_t>(random());
  return order;
}

}  // namespace

TEST_CASE("order sets are equal when they hold the same orders, in whatever order") {
  OrderSet forward;
  OrderSet backward;
  for (std::uint64_t id = 0; id < 1000; ++id) {
    forward.add(OrderId(id * 7));
    backward.add(OrderId((999 - id) * 7));
  }
  CHECK(forward == backward);
  CHECK(forward.count == 1000);
}

TEST_CASE("order sets of equal size tell a swap of orders even when the sum of ids is the same") {
  OrderSet a;
  OrderSet b;
  for (const std::uint64_t id : {10ULL, 20ULL}) a.add(OrderId(id));
  for (const std::uint64_t id : {11ULL, 19ULL}) b.add(OrderId(id));
  CHECK(a.id_sum == b.id_sum);
  CHECK_FALSE(a == b);
}

TEST_CASE("two sets that differ in one order give its id away") {
  OrderSet all;
  OrderSet without;
  for (std::uint64_t id = 5; id < 500; ++id) {
    all.add(OrderId(id << 40U));
    if (id != 321) without.add(OrderId(id << 40U));
  }
  CHECK(all.count - without.count == 1);
  CHECK(all.id_sum - without.id_sum == std::uint64_t{321} << 40U);
  CHECK(all.id_prints - without.id_prints == mix(std::uint64_t{321} << 40U));
}

TEST_CASE("sets add up to the set of both") {
  OrderSet first;
  OrderSet second;
  OrderSet both;
  for (std::uint64_t id = 0; id < 100; ++id) {
    (id % 3 == 0 ? first : second).add(OrderId(mix(id)));
    both.add(OrderId(mix(id)));
  }
  first += second;
  CHECK(first == both);
}

TEST_CASE("new books are empty") {
  const scenario::Scenario scenario = scenario::small_scenario();
  const Books books(scenario);
  CHECK(books.arrivals() == OrderSet{});
  CHECK(books.all_outcomes() == OrderSet{});
  CHECK(books.stream_print() == 0);
  CHECK(books.units_sold() == 0);
  CHECK(books.turnover() == MoneyFen{0});
}

TEST_CASE("books agree with maps, alone and merged") {
  const scenario::Scenario scenario = scenario::small_scenario();
  const auto skus = static_cast<std::uint32_t>(scenario.catalogue.skus);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    Books parts[] = {Books(scenario), Books(scenario), Books(scenario)};
    std::array<OrderSet, kOutcomes> outcomes{};
    std::map<std::uint32_t, std::int64_t> sold;
    OrderSet everything;
    std::int64_t turnover = 0;
    std::int64_t units = 0;
    std::uint64_t prints = 0;
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const Order order = random_order(random, i, skus);
      const Outcome outcome = kAllOutcomes[random() % kOutcomes];
      // One worker plans an order, another one may see its end.
      parts[random() % 3].arrived(order, order.id.value * 3);
      parts[random() % 3].ended(order, outcome);
      prints += order.id.value * 3;
      everything.add(order.id);
      outcomes[index_of(outcome)].add(order.id);
      if (outcome != Outcome::dispatched) continue;
      for (std::size_t line = 0; line < order.lines; ++line) {
        const std::int64_t quantity = order.quantity[line];
        sold[order.sku[line].value] += quantity;
        units += quantity;
        turnover += quantity * scenario::price_of(scenario.catalogue, order.sku[line]).fen;
      }
    }
    Books& books = parts[0];
    books.merge(parts[1]);
    books.merge(parts[2]);
    REQUIRE(books.arrivals() == everything);
    REQUIRE(books.all_outcomes() == everything);
    REQUIRE(books.stream_print() == prints);
    for (const Outcome outcome : kAllOutcomes) {
      REQUIRE(books.outcomes(outcome) == outcomes[index_of(outcome)]);
    }
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
      REQUIRE(books.units_sold({sku}) == sold[sku]);
    }
    REQUIRE(books.units_sold() == units);
    REQUIRE(books.turnover() == MoneyFen{turnover});
  }
}

TEST_CASE("books of many orders at once are those of one after the other") {
  const scenario::Scenario scenario = scenario::small_scenario();
  const auto skus = static_cast<std::uint32_t>(scenario.catalogue.skus);
  std::mt19937_64 random(3);
  Books one_by_one(scenario);
  Books together(scenario);
  // Groups of every size, more than are priced at once, too.
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<Order> orders;
    std::vector<Outcome> outcomes;
    std::uint64_t prints = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto number = static_cast<std::uint32_t>(size * 1000 + i);
      orders.push_back(random_order(random, number, skus));
      outcomes.push_back(random() % 2 == 0 ? Outcome::dispatched
                                           : kAllOutcomes[random() % kOutcomes]);
      one_by_one.arrived(orders.back(), number);
      one_by_one.ended(orders.back(), outcomes.back());
      prints += number;
    }
    together.arrived_all(orders, prints);
    together.ended_all(orders, outcomes);
    REQUIRE(together.arrivals() == one_by_one.arrivals());
    REQUIRE(together.stream_print() == one_by_one.stream_print());
    for (const Outcome outcome : kAllOutcomes) {
      REQUIRE(together.outcomes(outcome) == one_by_one.outcomes(outcome));
    }
    REQUIRE(together.units_sold() == one_by_one.units_sold());
    REQUIRE(together.turnover() == one_by_one.turnover());
  }
  for (std::uint32_t sku = 0; sku < skus; ++sku) {
    REQUIRE(together.units_sold({sku}) == one_by_one.units_sold({sku}));
  }
}

TEST_CASE("segments of the buyers have books of their own, when there are several") {
  CHECK(Books(scenario::small_scenario()).by_segment().empty());
  const auto scenario = scenario::small_scenario(
      {R"(traffic.segments=[{"name":"a","share":0.3},{"name":"b","share":0.7}])"});
  const scenario::Segments segments(scenario.traffic);
  std::array<Books, 2> parts{Books(scenario), Books(scenario)};
  std::mt19937_64 random(3);
  std::array<std::int64_t, 2> arrivals{};
  std::array<std::int64_t, 2> dispatched{};
  std::array<std::int64_t, 2> latest{};
  for (std::uint32_t index = 0; index < 500; ++index) {
    Order order = random_order(random, index, 500);
    order.buyer = {static_cast<std::uint32_t>(random())};
    order.at = Instant(Duration(1'000'000 + index));
    const std::size_t segment = segments.of(order.buyer);
    const Outcome outcome = index % 3 == 0 ? Outcome::dispatched : Outcome::shed;
    Books& books = parts.at(random() % 2);
    books.arrived(order, 1);
    books.ended(order, outcome);
    ++arrivals.at(segment);
    if (outcome != Outcome::dispatched) continue;
    ++dispatched.at(segment);
    latest.at(segment) = 1'000'000 + index;
  }
  Order withdrawn = random_order(random, 500, 500);
  parts[0].arrived(withdrawn, 1);
  parts[1].withdrawn(withdrawn, 1);
  parts[0].merge(parts[1]);
  for (std::size_t segment = 0; segment < 2; ++segment) {
    const SegmentBooks& books = parts[0].by_segment().at(segment);
    CHECK(books.arrivals == arrivals.at(segment));
    CHECK(books.outcomes[index_of(Outcome::dispatched)] == dispatched.at(segment));
    CHECK(books.outcomes[index_of(Outcome::shed)] == arrivals.at(segment) - dispatched.at(segment));
    CHECK(books.latency.count() == dispatched.at(segment));
    CHECK(books.latency.max() == latest.at(segment));
    CHECK(books.arrivals > 100);
  }
}

}  // namespace double11::measure
