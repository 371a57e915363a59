// WaitingRoom: when people are let in, in which order, and who leaves; lots by z-score.
#include <double11/stages/waiting_room.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using Next = WaitingRoom::Next;

WaitingRoom::Settings room_of(Next next, double rate_per_s = 10) {
  WaitingRoom::Settings settings;
  settings.next = next;
  settings.rate_per_s = rate_per_s;
  settings.opening = Instant(60s);
  settings.capacity = 1000;
  return settings;
}

std::vector<std::uint64_t> all_let_in(WaitingRoom& room) {
  std::vector<std::uint64_t> ids;
  Order order;
  while (room.size() > 0) {
    const Instant at = room.next_entry();
    CHECK_FALSE(room.let_in(at - 1ns, order));
    REQUIRE(room.let_in(at, order));
    ids.push_back(order.id.value);
  }
  return ids;
}

TEST_CASE("WaitingRoom: lets one in every interval from the opening on") {
  WaitingRoom room(room_of(Next::arrival), 1);
  CHECK(room.next_entry() == kNever);
  Order order;
  CHECK_FALSE(room.let_in(Instant(60s), order));
  for (std::uint64_t id = 1; id <= 5; ++id) CHECK(room.push(order_of(id), kNever, Instant(1s)));
  CHECK(room.next_entry() == Instant(60s));
  for (std::uint64_t id = 1; id <= 5; ++id) {
    const Instant at = room.next_entry();
    CHECK(at == Instant(60s + 100ms * static_cast<int>(id - 1)));
    CHECK_FALSE(room.let_in(at - 1ns, order));
    CHECK(room.let_in(at, order));
    CHECK(order.id.value == id);
  }
  CHECK(room.next_entry() == kNever);
  CHECK(room.most() == 5);
  // Entries that nobody used are not saved.
  for (std::uint64_t id = 6; id <= 7; ++id) CHECK(room.push(order_of(id), kNever, Instant(90s)));
  CHECK(room.next_entry() < Instant(90s));
  CHECK(room.let_in(Instant(90s), order));
  CHECK(room.next_entry() == Instant(90s + 100ms));
}

TEST_CASE("WaitingRoom: the rate is met exactly, and follows the clock of its faults") {
  WaitingRoom::Settings settings = room_of(Next::arrival, 3);
  settings.opening = Instant{};
  settings.capacity = 3001;
  WaitingRoom room(settings, 1,
                   WorkClock({{Instant(100s), 0}, {Instant(150s), WorkClock::kUsual}}));
  for (std::uint64_t id = 0; id <= 3000; ++id) room.push(order_of(id), kNever, Instant{});
  Order order;
  Instant at{};
  while (room.size() > 0) {
    at = room.next_entry();
    REQUIRE(room.let_in(at, order));
  }
  CHECK(order.id.value == 3000);
  CHECK(at == Instant(1050s));
}

TEST_CASE("WaitingRoom: is full at its capacity") {
  WaitingRoom::Settings settings = room_of(Next::lot);
  settings.capacity = 2;
  WaitingRoom room(settings, 1);
  CHECK(room.push(order_of(1), kNever, Instant{}));
  CHECK(room.push(order_of(2), kNever, Instant{}));
  CHECK_FALSE(room.push(order_of(3), kNever, Instant{}));
  Order order;
  CHECK(room.let_in(Instant(60s), order));
  CHECK(room.push(order_of(3), kNever, Instant(60s)));
}

TEST_CASE("WaitingRoom: who loses patience leaves") {
  for (const Next next : {Next::arrival, Next::lot}) {
    WaitingRoom room(room_of(next), 1);
    CHECK(room.first_deadline() == kNever);
    Order order;
    CHECK_FALSE(room.leaves_next(kNever, order));
    room.push(order_of(2), Instant(10s), Instant{});
    room.push(order_of(1), Instant(30s), Instant{});
    room.push(order_of(3), kNever, Instant{});
    CHECK(room.first_deadline() == Instant(10s));
    CHECK_FALSE(room.leaves_next(Instant(10s - 1ns), order));
    CHECK(room.leaves_next(Instant(10s), order));
    CHECK(order.id.value == 2);
    CHECK(room.leaves_next(Instant(50s), order));
    CHECK(order.id.value == 1);
    CHECK(order.until == Instant(30s));
    CHECK_FALSE(room.leaves_next(Instant(50s), order));
    CHECK(all_let_in(room) == std::vector<std::uint64_t>{3});
  }
}

TEST_CASE("WaitingRoom: a lot of the opening is for those who came before it") {
  WaitingRoom room(room_of(Next::opening_lot), 5);
  for (std::uint64_t id = 0; id < 20; ++id) room.push(order_of(id), kNever, Instant(59s));
  for (std::uint64_t id = 20; id < 30; ++id) room.push(order_of(id), kNever, Instant(60s));
  const std::vector<std::uint64_t> ids = all_let_in(room);
  std::uint64_t early_sum = 0;
  std::size_t in_order = 0;
  for (std::size_t i = 0; i < 20; ++i) {
    early_sum += ids[i];
    in_order += ids[i] == i ? 1U : 0U;
  }
  CHECK(early_sum == 190);
  CHECK(in_order < 10);
  for (std::size_t i = 20; i < 30; ++i) CHECK(ids[i] == i);
}

TEST_CASE("WaitingRoom: the same seed draws the same lots, whoever else is there") {
  WaitingRoom one(room_of(Next::lot), 5);
  WaitingRoom other(room_of(Next::lot), 5);
  for (std::uint64_t id = 0; id < 100; ++id) {
    one.push(order_of(id), kNever, Instant{});
    if (id % 2 == 0) other.push(order_of(98 - id), kNever, Instant{});
  }
  std::vector<std::uint64_t> even = all_let_in(one);
  std::erase_if(even, [](std::uint64_t id) { return id % 2 == 1; });
  CHECK(all_let_in(other) == even);
}

// Five people, 24,000 seeds: each of the 120 orders as often.
TEST_CASE("WaitingRoom: by lot every order of people is as likely") {
  constexpr std::size_t kPeople = 5;
  constexpr std::size_t kOrders = 120;
  constexpr std::uint64_t kSeeds = 24'000;
  std::array<int, kOrders> counts{};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    WaitingRoom::Settings settings = room_of(Next::lot, 1e9);
    settings.opening = Instant{};
    WaitingRoom room(settings, seed);
    for (std::uint64_t id = 0; id < kPeople; ++id) room.push(order_of(id), kNever, Instant{});
    // The place of the order among all, by how many of the later ones are smaller.
    std::array<std::uint64_t, kPeople> ids{};
    Order order;
    for (std::size_t i = 0; i < kPeople; ++i) {
      REQUIRE(room.let_in(at_ns(static_cast<std::int64_t>(i)), order));
      ids[i] = order.id.value;
    }
    std::size_t place = 0;
    for (std::size_t i = 0; i < kPeople; ++i) {
      std::size_t smaller = 0;
      for (std::size_t j = i + 1; j < kPeople; ++j) smaller += ids[j] < ids[i] ? 1U : 0U;
      place = place * (kPeople - i) + smaller;
    }
    ++counts[place];
  }
  constexpr double kExpected = static_cast<double>(kSeeds) / kOrders;
  double chi_square = 0;
  for (const int count : counts) {
    chi_square += (count - kExpected) * (count - kExpected) / kExpected;
  }
  // 119 degrees of freedom, by Wilson and Hilferty's normal approximation.
  constexpr double kFreedom = kOrders - 1;
  const double spread = 2 / (9 * kFreedom);
  const double z = (std::cbrt(chi_square / kFreedom) - (1 - spread)) / std::sqrt(spread);
  INFO("chi-square " << chi_square);
  CHECK(std::abs(z) < 3.89);  // alpha 1e-4
}

TEST_CASE("WaitingRoom: by lot who comes early is let in no earlier") {
  constexpr std::uint64_t kPeople = 20'000;
  WaitingRoom::Settings settings = room_of(Next::lot, 1e9);
  settings.capacity = kPeople;
  WaitingRoom room(settings, 11);
  for (std::uint64_t id = 0; id < kPeople; ++id)
    room.push(order_of(id), kNever, at_ns(static_cast<std::int64_t>(id)));
  // Spearman's correlation of arrival and entry: mean 0, variance 1 / (n - 1).
  double sum = 0;
  Order order;
  for (std::uint64_t place = 0; place < kPeople; ++place) {
    REQUIRE(room.let_in(Instant(60s) + Duration(static_cast<std::int64_t>(place)), order));
    const double difference = static_cast<double>(place) - static_cast<double>(order.id.value);
    sum += difference * difference;
  }
  constexpr double kCount = static_cast<double>(kPeople);
  const double correlation = 1 - 6 * sum / (kCount * (kCount * kCount - 1));
  CHECK(std::abs(correlation * std::sqrt(kCount - 1)) < 3.89);  // alpha 1e-4
}

}  // namespace
}  // namespace double11::stages
