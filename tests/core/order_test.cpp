#include <double11/core/ids.hpp>
#include <double11/core/money.hpp>
#include <double11/core/order.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <random>
#include <set>

#include "catch.hpp"

namespace double11 {

TEST_CASE("marks keep lines and the failure outcome apart") {
  const std::uint64_t seed = 31;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    Order order;
    order.set_lines(1 + random() % kMaxLines);
    std::set<std::size_t> reserved;
    Outcome outcome = Outcome::dispatched;
    for (int step = 0; step < 30; ++step) {
      const std::size_t line = random() % order.lines;
      switch (random() % 3) {
        case 0:
          order.mark_reserved(line);
          reserved.insert(line);
          break;
        case 1:
          order.mark_released(line);
          reserved.erase(line);
          break;
        default:
          outcome = kAllOutcomes[random() % kOutcomes];
          order.will_end_as(outcome);
      }
      unsigned bits = 0;
      for (const std::size_t i : reserved) bits |= 1U << i;
      REQUIRE(order.reserved_lines() == bits);
      REQUIRE(order.fully_reserved() == (reserved.size() == order.lines));
      REQUIRE(order.ends_as() == outcome);
    }
  }
}

TEST_CASE("a new order has nothing reserved and no outcome yet") {
  const Order order;
  CHECK(order.reserved_lines() == 0);
  CHECK(order.ends_as() == Outcome::dispatched);
  CHECK(order.step == Step::admit);
  CHECK(order.answer == PaymentAnswer::none);
  CHECK(order.until == kNever);
}

TEST_CASE("every step and answer fits its bits") {
  Order order;
  order.step = Step::refund;
  order.answer = PaymentAnswer::late_decline;
  CHECK(order.step == Step::refund);
  CHECK(order.answer == PaymentAnswer::late_decline);
}

TEST_CASE("every region and channel fits, and neither touches its neighbours") {
  Order order;
  order.step = Step::finish;
  order.answer = PaymentAnswer::again;
  for (unsigned region = 0; region < kMaxRegions; ++region) {
    for (unsigned channel = 0; channel < kMaxChannels; ++channel) {
      order.set_region(region);
      order.set_channel(channel);
      REQUIRE(order.region == region);
      REQUIRE(order.channel() == channel);
    }
  }
  CHECK(order.step == Step::finish);
  CHECK(order.answer == PaymentAnswer::again);
}

TEST_CASE("further clicks of an order have ids of their own and the same first click") {
  const OrderId first(7, 3);
  CHECK(first.first_click() == first);
  CHECK(first.tries() == 0);
  const OrderId third = first.next_try().next_try();
  CHECK(third.tries() == 2);
  CHECK(third.first_click() == first);
  CHECK(third.second_click().is_second_click());
  CHECK(third.second_click().tries() == 2);
  CHECK(third.second_click().first_click() == first);
  CHECK(third.second_click().next_try() == third.next_try());
  OrderId last = first;
  for (unsigned tries = 1; tries < OrderId::kTriesEnd; ++tries) last = last.next_try();
  CHECK(last.tries() == 255);
  CHECK(last.first_click() == first);
}

TEST_CASE("order ids of different slices or places differ and sort by time") {
  const OrderId last_of_slice(7, OrderId::kIndexEnd - 1);
  CHECK(last_of_slice < OrderId(8, 0));
  CHECK(OrderId(7, 0) < OrderId(7, 1));
  CHECK(OrderId(7, 1) == OrderId(7, 1));
  // The last slice of 400 days.
  const std::uint64_t late = 400ULL * 86'400'000ULL;
  CHECK(OrderId(late, 5).value >> OrderId::kIndexBits == late);
}

TEST_CASE("money adds and subtracts whole fen") {
  MoneyFen sum{199};
  sum += MoneyFen{1};
  CHECK(sum == MoneyFen{200});
  CHECK(MoneyFen{200} - MoneyFen{250} == MoneyFen{-50});
  CHECK(MoneyFen{1} + MoneyFen{2} == MoneyFen{3});
  CHECK(MoneyFen{1} < MoneyFen{2});
}

TEST_CASE("scenario time counts nanoseconds from its start") {
  CHECK(nanoseconds_of(Instant{}) == 0);
  CHECK(nanoseconds_of(Instant(std::chrono::milliseconds(3))) == 3'000'000);
  CHECK(seconds_of(std::chrono::milliseconds(1500)) == Approx(1.5));
  CHECK(kNever > Instant(std::chrono::hours(24 * 365 * 250)));
}

}  // namespace double11
