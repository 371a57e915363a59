// WaitingLine against a plain list: who is served next, who gives up first.
#include <double11/stages/waiting_line.hpp>

#include <algorithm>
#include <random>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using Next = WaitingLine::Next;
using Deadlines = WaitingLine::Deadlines;

struct Waiting {
  std::uint64_t id;
  std::int64_t deadline;
  std::uint32_t rank;
};

// Of those who wait, in the order in which they came.
auto first_to_give_up(std::vector<Waiting>& list) {
  return std::min_element(list.begin(), list.end(), [](const Waiting& a, const Waiting& b) {
    return a.deadline != b.deadline ? a.deadline < b.deadline : a.id < b.id;
  });
}

auto first_to_be_served(std::vector<Waiting>& list, Next service) {
  if (service == Next::first_come) return list.begin();
  if (service == Next::last_come) return list.end() - 1;
  return std::min_element(list.begin(), list.end(),
                          [](const Waiting& a, const Waiting& b) { return a.rank < b.rank; });
}

void play(Next service, Deadlines deadlines, std::uint64_t seed) {
  INFO("seed " << seed << ", deadlines " << static_cast<int>(deadlines));
  std::mt19937_64 random(seed);
  WaitingLine line(service, deadlines);
  std::vector<Waiting> list;
  std::uint64_t id = 0;
  std::int64_t deadline = 0;
  for (int step = 0; step < 20'000; ++step) {
    // Phases in which the line grows and in which it empties.
    const std::uint64_t what = random() % (step / 500 % 2 == 0 ? 4 : 8);
    if (list.empty() || what < 2) {
      if (deadlines == Deadlines::any) {
        deadline = static_cast<std::int64_t>(random() % 1000);
      } else {
        // Most rise; some come again, with the deadline that they had.
        const bool again = deadlines == Deadlines::until && random() % 8 == 0;
        deadline =
            again ? static_cast<std::int64_t>(random() % (id + 1)) : static_cast<std::int64_t>(id);
      }
      Order order = order_of(++id);
      order.until = deadlines == Deadlines::any ? kNever : at_ns(deadline);
      const auto rank = static_cast<std::uint32_t>(random() % 20);
      line.push(order, at_ns(deadline), rank);
      list.push_back({id, deadline, rank});
    } else if (what % 2 == 0) {
      const auto next = first_to_be_served(list, service);
      REQUIRE(line.pop().id.value == next->id);
      list.erase(next);
    } else {
      const auto next = first_to_give_up(list);
      REQUIRE(line.pop_first_deadline().id.value == next->id);
      list.erase(next);
    }
    REQUIRE(line.size() == list.size());
    REQUIRE(line.empty() == list.empty());
    if (list.empty()) continue;
    const auto first = first_to_give_up(list);
    REQUIRE(line.first_deadline().at == at_ns(first->deadline));
    REQUIRE(line.first_deadline().id.value == first->id);
  }
  CHECK(id > 5'000);
}

TEST_CASE("WaitingLine: does what a plain list does") {
  for (const Next service : {Next::first_come, Next::last_come, Next::smallest_rank}) {
    for (const Deadlines deadlines : {Deadlines::any, Deadlines::until, Deadlines::rising_until}) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) play(service, deadlines, seed);
    }
  }
}

TEST_CASE("WaitingLine: keeps the whole record") {
  WaitingLine line(Next::first_come, Deadlines::any);
  Order order = order_of(7);
  order.amount_fen = 1234;
  order.mark_reserved(0);
  line.push(order, at_ns(5), 0);
  const Order back = line.pop();
  CHECK(back.amount_fen == 1234);
  CHECK(back.reserved_lines() == 1);
}

// The first waits for ever, those behind it come and give up: their gaps are closed again and
// again.
TEST_CASE("WaitingLine: who has patience keeps the place in front of all who had none") {
  WaitingLine line(Next::first_come, Deadlines::any);
  constexpr std::int64_t kForever = 1'000'000'000;
  line.push(order_of(1), at_ns(kForever), 0);
  for (std::uint64_t id = 2; id < 5'000; ++id) {
    line.push(order_of(id), at_ns(static_cast<std::int64_t>(id)), 0);
    // Every hundredth has as much patience as the first.
    if (id % 100 == 0) line.push(order_of(100'000 + id), at_ns(kForever), 0);
    REQUIRE(line.first_deadline().id.value == id);
    REQUIRE(line.pop_first_deadline().id.value == id);
  }
  REQUIRE(line.size() == 50);
  CHECK(line.pop().id.value == 1);
  for (std::uint64_t id = 100; id < 5'000; id += 100) {
    REQUIRE(line.first_deadline().at == at_ns(kForever));
    REQUIRE(line.first_deadline().id.value == 100'000 + id);
    REQUIRE(line.pop().id.value == 100'000 + id);
  }
  CHECK(line.empty());
}

TEST_CASE("WaitingLine: who will be served next is known where the first to come is") {
  for (const bool patient : {true, false}) {
    WaitingLine line(Next::first_come, patient ? Deadlines::rising_until : Deadlines::any);
    for (const std::uint64_t id : {5U, 3U, 8U, 1U}) {
      Order order = order_of(id);
      order.until = at_ns(static_cast<std::int64_t>(patient ? 0 : id));
      line.push(order, order.until, 0);
    }
    // Impatient, the order 1 goes first, and leaves a gap behind.
    if (!patient) REQUIRE(line.pop_first_deadline().id.value == 1);
    std::vector<std::uint64_t> next;
    const auto note = [&](const Order& order) { next.push_back(order.id.value); };
    line.look_ahead(2, note);
    CHECK(next == std::vector<std::uint64_t>{5, 3});
    line.look_ahead(10, note);
    CHECK(next.size() == (patient ? 6 : 5));
  }
  WaitingLine line(Next::last_come, Deadlines::rising_until);
  line.push(order_of(1), at_ns(1), 0);
  bool any = false;
  line.look_ahead(2, [&](const Order&) { any = true; });
  CHECK_FALSE(any);
}

}  // namespace
}  // namespace double11::stages
