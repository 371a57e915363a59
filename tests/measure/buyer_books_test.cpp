#include <double11/measure/books.hpp>
#include <double11/measure/buyer_books.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

Order order_of(std::uint32_t buyer, std::uint8_t units, OrderId id) {
  Order order;
  order.id = id;
  order.buyer = {buyer};
  order.set_lines(1);
  order.quantity[0] = units;
  return order;
}

}  // namespace

TEST_CASE("buyer books: units by buyer agree with a map, alone and merged") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::array<BuyerBooks, 3> parts{BuyerBooks({true, false}), BuyerBooks({true, false}),
                                    BuyerBooks({true, false})};
    std::map<std::uint32_t, std::int64_t> expected;
    std::int64_t sum = 0;
    for (std::uint32_t i = 0; i < 3'000; ++i) {
      const auto buyer = static_cast<std::uint32_t>(random() % 500);
      const auto units = static_cast<std::uint8_t>(1 + random() % 100);
      parts.at(random() % 3).dispatched(order_of(buyer, units, OrderId(1, i)));
      expected[buyer] += units;
      sum += units;
    }
    BuyerBooks& books = parts[0];
    books.merge(parts[1]);
    books.merge(parts[2]);
    REQUIRE(books.buyers() == static_cast<std::int64_t>(expected.size()));
    std::vector<std::int64_t> by_units;
    for (const auto& [buyer, units] : expected) {
      REQUIRE(books.units_of({buyer}) == units);
      by_units.push_back(units);
    }
    std::sort(by_units.begin(), by_units.end(), std::greater<>());
    CHECK(books.most().units == by_units.front());
    CHECK(expected.at(books.most().buyer.value) == by_units.front());
    CHECK(books.buyers_above(by_units[9]) ==
          std::count_if(by_units.begin(), by_units.end(),
                        [&](std::int64_t units) { return units > by_units[9]; }));
    // 1 % of up to 500 buyers, rounded up, are five.
    REQUIRE(by_units.size() > 400);
    std::int64_t of_first = 0;
    for (std::size_t i = 0; i < 5; ++i) of_first += by_units[i];
    CHECK(books.top_share(0.01) ==
          Approx(static_cast<double>(of_first) / static_cast<double>(sum)));
    CHECK(books.top_share(1) == 1);
    CHECK(books.orders() == 0);
  }
}

TEST_CASE("buyer books: of buyers with the same units the smallest id is named") {
  BuyerBooks books({true, false});
  for (const std::uint32_t buyer : {9U, 4U, 7U}) {
    books.dispatched(order_of(buyer, 3, OrderId(1, buyer)));
  }
  CHECK(books.most().buyer == BuyerId{4});
}

TEST_CASE("buyer books: new ones are empty") {
  const BuyerBooks books({true, true});
  CHECK(books.most().units == 0);
  CHECK(books.top_share(0.01) == 0);
  CHECK(books.doubles() == 0);
  CHECK(books.buyers_above(0) == 0);
}

TEST_CASE("buyer books: a retry and a second click are the same order, also in other books") {
  BuyerBooks here({false, true});
  BuyerBooks there({false, true});
  const OrderId once(5, 1);
  const OrderId retried(7, 2);
  const OrderId clicked(6, 3);
  here.dispatched(order_of(1, 1, once.next_try()));
  here.dispatched(order_of(2, 1, retried));
  there.dispatched(order_of(2, 1, retried.next_try().next_try()));
  there.dispatched(order_of(3, 1, clicked.second_click()));
  CHECK(here.doubles() + there.doubles() == 0);
  here.merge(there);
  CHECK(here.orders() == 3);
  CHECK(here.doubles() == 1);
  CHECK(here.first_double() == retried);
  here.dispatched(order_of(3, 1, clicked));
  CHECK(here.doubles() == 2);
  CHECK(here.first_double() == clicked);
  CHECK(here.buyers() == 0);
}

TEST_CASE("buyer books: beyond their room a fixed choice of the orders is looked at, wholly") {
  constexpr std::size_t kRoom = 1'000;
  std::array<BuyerBooks, 2> parts{BuyerBooks({false, true}, kRoom),
                                  BuyerBooks({false, true}, kRoom)};
  constexpr std::uint32_t kOrders = 10'000;
  for (std::uint32_t i = 0; i < kOrders; ++i) {
    const OrderId id(3, i);
    parts[0].dispatched(order_of(1, 1, id));
    parts[i % 4 == 0 ? 1 : 0].dispatched(order_of(1, 1, id.next_try()));
  }
  parts[0].merge(parts[1]);
  const BuyerBooks& books = parts[0];
  CHECK(books.one_in() >= 16);
  CHECK(books.orders() <= static_cast<std::int64_t>(kRoom));
  CHECK(books.orders() > 100);
  // Every order was dispatched twice, so each that is looked at is found.
  CHECK(books.doubles() == books.orders());
}

TEST_CASE("buyer books are kept only where the scenario asks for them") {
  const auto plain = scenario::small_scenario();
  CHECK_FALSE(Books(plain).by_buyer().has_value());
  CHECK_FALSE(Books(plain).fairness().has_value());
  CHECK_FALSE(Books(plain).turnover_over_time().has_value());
  const Books limited(scenario::small_scenario({"admission.buyer_units_most=5"}));
  REQUIRE(limited.by_buyer().has_value());
  CHECK(limited.by_buyer()->kept().units);
  const Books fair(scenario::small_scenario({"report.fairness=on"}));
  CHECK(fair.by_buyer().has_value());
  CHECK(fair.fairness().has_value());
  const Books with_turnover(scenario::small_scenario(
      {R"(published=[{"at":"500ms","what":"turnover","value":"5k yuan"}])"}));
  CHECK(with_turnover.turnover_over_time().has_value());
}

}  // namespace double11::measure
