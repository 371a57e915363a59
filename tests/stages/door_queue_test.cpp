// DoorQueue: who is next and who is turned away, in every discipline.
#include <double11/stages/door_queue.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using Discipline = DoorQueue::Discipline;

DoorQueue queue_of(Discipline discipline, std::int64_t limit = 1000) {
  DoorQueue::Settings settings;
  settings.discipline = discipline;
  settings.limit = limit;
  return DoorQueue(settings);
}

constexpr std::uint64_t kNobody = UINT64_MAX;

// Who is next, and who was dropped on the way.
struct Turn {
  std::uint64_t next = kNobody;
  std::vector<std::uint64_t> dropped;
};
Turn turn_of(DoorQueue& queue, Instant now) {
  Turn turn;
  Order order;
  std::vector<Order> dropped;
  if (queue.next(now, order, dropped)) turn.next = order.id.value;
  for (const Order& gone : dropped) turn.dropped.push_back(gone.id.value);
  return turn;
}

TEST_CASE("DoorQueue: first come or last come, nobody is dropped") {
  for (const Discipline discipline : {Discipline::fifo, Discipline::lifo}) {
    DoorQueue queue = queue_of(discipline, 3);
    for (std::uint64_t id = 0; id < 3; ++id)
      CHECK(queue.push(order_of(id), Instant(1ms), Instant{}));
    CHECK_FALSE(queue.push(order_of(3), Instant(1ms), Instant{}));
    CHECK(queue.size() == 3);
    const std::uint64_t first = discipline == Discipline::fifo ? 0 : 2;
    CHECK(turn_of(queue, Instant(1h)).next == first);
    CHECK(turn_of(queue, Instant(1h)).next == 1);
    const Turn last = turn_of(queue, Instant(1h));
    CHECK(last.next == 2 - first);
    CHECK(last.dropped.empty());
    CHECK(turn_of(queue, Instant(1h)).next == kNobody);
    CHECK(queue.most() == 3);
  }
}

TEST_CASE("DoorQueue: a queue for nobody") {
  DoorQueue queue = queue_of(Discipline::codel, 0);
  CHECK_FALSE(queue.push(order_of(1), kNever, Instant{}));
  CHECK(turn_of(queue, Instant{}).next == kNobody);
  CHECK(queue.most() == 0);
}

TEST_CASE("DoorQueue: an order comes back as it was, with when it came and when it is given up") {
  for (const Discipline discipline : {Discipline::fifo, Discipline::drop_expired}) {
    DoorQueue queue = queue_of(discipline);
    Order order = order_of(7, {{3, 2}});
    order.planned = Instant(1s);
    order.buyer = {9};
    CHECK(queue.push(order, Instant(5s), Instant(2s)));
    Order back;
    std::vector<Order> dropped;
    REQUIRE(queue.next(Instant(3s), back, dropped));
    CHECK(back.planned == order.planned);
    CHECK(back.buyer == order.buyer);
    CHECK(back.quantity[0] == 2);
    CHECK(back.at == Instant(2s));
    CHECK(back.until == Instant(5s));
  }
}

TEST_CASE("DoorQueue: drop_expired passes over those whose buyers are gone") {
  DoorQueue queue = queue_of(Discipline::drop_expired);
  queue.push(order_of(1), Instant(10ms), Instant{});
  queue.push(order_of(2), Instant(30ms), Instant{});
  queue.push(order_of(3), Instant(20ms), Instant{});
  queue.push(order_of(4), kNever, Instant{});
  const Turn turn = turn_of(queue, Instant(10ms));
  CHECK(turn.next == 2);
  CHECK(turn.dropped == std::vector<std::uint64_t>{1});
  const Turn later = turn_of(queue, Instant(1h));
  CHECK(later.next == 4);
  CHECK(later.dropped == std::vector<std::uint64_t>{3});
}

TEST_CASE("DoorQueue: drop_expired gives up a margin before the deadline") {
  DoorQueue::Settings settings;
  settings.discipline = Discipline::drop_expired;
  settings.limit = 10;
  settings.margin = 4ms;
  DoorQueue queue(settings);
  queue.push(order_of(1), Instant(10ms), Instant{});
  queue.push(order_of(2), Instant(10ms + 1ns), Instant{});
  CHECK(turn_of(queue, Instant(6ms)).next == 2);
}

TEST_CASE("DoorQueue: codel turns away who waited long, but never the first of an interval") {
  DoorQueue queue = queue_of(Discipline::codel);
  for (std::uint64_t id = 0; id < 300; ++id) {
    queue.push(order_of(id), kNever, Instant(static_cast<std::int64_t>(id) * 1ms));
  }
  // The first two begin intervals; those after them waited for more than 10 ms in a queue that
  // stands.
  CHECK(turn_of(queue, Instant(299ms)).next == 0);
  CHECK(turn_of(queue, Instant(299ms)).next == 1);
  const Turn turn = turn_of(queue, Instant(299ms));
  CHECK(turn.next == 289);
  CHECK(turn.dropped.size() == 287);
  CHECK(turn.dropped.front() == 2);
}

TEST_CASE("DoorQueue: adaptive_lifo is first come until the queue has stood for an interval") {
  DoorQueue queue = queue_of(Discipline::adaptive_lifo);
  queue.push(order_of(1), kNever, Instant{});
  queue.push(order_of(2), kNever, Instant(20ms));
  queue.push(order_of(3), kNever, Instant(30ms));
  CHECK(turn_of(queue, Instant(100ms - 1ns)).next == 1);
  // These three wait for 5 ms at most: the queue was last empty more than 100 ms ago.
  queue.push(order_of(4), kNever, Instant(101ms));
  queue.push(order_of(5), kNever, Instant(102ms));
  queue.push(order_of(6), kNever, Instant(104ms));
  CHECK(turn_of(queue, Instant(105ms)).next == 6);
  // The old end is given up first, then what is too old at the new one.
  const Turn turn = turn_of(queue, Instant(125ms));
  CHECK(turn.next == 3);
  CHECK(turn.dropped == std::vector<std::uint64_t>{2, 5, 4});
  // Empty, so all begins anew.
  queue.push(order_of(7), kNever, Instant(125ms));
  queue.push(order_of(8), Instant(126ms), Instant(125ms));
  queue.push(order_of(9), kNever, Instant(125ms));
  CHECK(turn_of(queue, Instant(200ms)).next == 7);
  const Turn last = turn_of(queue, Instant(200ms));
  CHECK(last.next == 9);
  CHECK(last.dropped == std::vector<std::uint64_t>{8});
}

TEST_CASE("DoorQueue: everybody comes out once, served or turned away") {
  for (const Discipline discipline : {Discipline::fifo, Discipline::lifo, Discipline::drop_expired,
                                      Discipline::codel, Discipline::adaptive_lifo}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO("discipline " << static_cast<int>(discipline) << ", seed " << seed);
      std::mt19937_64 random(seed);
      DoorQueue queue = queue_of(discipline, 20);
      std::vector<int> seen;
      std::size_t inside = 0;
      Instant now{};
      const auto turn = [&] {
        const Turn out = turn_of(queue, now);
        for (const std::uint64_t id : out.dropped) ++seen[static_cast<std::size_t>(id)];
        inside -= out.dropped.size();
        if (out.next == kNobody) return;
        ++seen[static_cast<std::size_t>(out.next)];
        --inside;
      };
      for (int step = 0; step < 20'000; ++step) {
        now += Duration(static_cast<std::int64_t>(random() % 2'000'000));
        // Phases in which more come than go.
        if (random() % 8 < (step / 1000 % 2 == 0 ? 5U : 2U)) {
          const bool enters = queue.push(order_of(seen.size()), now + 20ms, now);
          REQUIRE(enters == (inside < 20));
          seen.push_back(enters ? 0 : 1);
          inside += enters ? 1 : 0;
        } else {
          turn();
        }
        REQUIRE(queue.size() == inside);
      }
      while (inside > 0) turn();
      CHECK(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
      CHECK(queue.most() == 20);
    }
  }
}

}  // namespace
}  // namespace double11::stages
