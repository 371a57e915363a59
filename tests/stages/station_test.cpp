// Station: servers, the queue's bound and order, patience.
#include <double11/stages/station.hpp>

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using Entry = Station::Entry;

TEST_CASE("Station: serves, then queues, then refuses") {
  Station station(2);
  station.add_servers(2);
  CHECK(station.enter(order_of(1)) == Entry::served);
  CHECK(station.enter(order_of(2)) == Entry::served);
  CHECK(station.free_servers() == 0);
  CHECK(station.enter(order_of(3)) == Entry::queued);
  CHECK(station.enter(order_of(4)) == Entry::queued);
  CHECK(station.enter(order_of(5)) == Entry::refused);
  CHECK(station.queued() == 2);
  CHECK(station.queue_most() == 2);
  std::vector<Order> next;
  CHECK_FALSE(station.serve_next(next));
  station.leave();
  REQUIRE(station.serve_next(next));
  CHECK(next.back().id.value == 3);
  CHECK_FALSE(station.serve_next(next));
  CHECK(next.size() == 1);
}

TEST_CASE("Station: the last to come is served first where the discipline says so") {
  Station station(3, WaitingLine::Next::last_come);
  for (std::uint64_t id = 1; id <= 3; ++id) station.enter(order_of(id));
  station.add_servers(2);
  std::vector<Order> next;
  REQUIRE(station.serve_next(next));
  CHECK(next.back().id.value == 3);
  REQUIRE(station.serve_next(next));
  CHECK(next.back().id.value == 2);
}

TEST_CASE("Station: servers that go while they serve are gone when they are done") {
  Station station(3);
  station.add_servers(2);
  for (std::uint64_t id = 1; id <= 3; ++id) station.enter(order_of(id));
  station.remove_servers(1);
  CHECK(station.free_servers() == -1);
  std::vector<Order> next;
  station.leave();
  CHECK_FALSE(station.serve_next(next));
  station.leave();
  CHECK(station.serve_next(next));
}

TEST_CASE("Station: without servers everything queues, without a queue it is refused") {
  Station no_servers(1);
  CHECK(no_servers.enter(order_of(1)) == Entry::queued);
  CHECK(no_servers.enter(order_of(2)) == Entry::refused);
  Station no_queue(0);
  no_queue.add_servers(1);
  CHECK(no_queue.enter(order_of(1)) == Entry::served);
  CHECK(no_queue.enter(order_of(2)) == Entry::refused);
  CHECK(no_queue.queue_most() == 0);
}

TEST_CASE("Station: the oldest order expires when its time has come, not before") {
  Station station(5);
  for (const std::int64_t until : {100, 200}) {
    Order order = order_of(static_cast<std::uint64_t>(until));
    order.until = at_ns(until);
    REQUIRE(station.enter(order) == Entry::queued);
  }
  Order expired;
  CHECK_FALSE(station.expire_next(at_ns(99), expired));
  REQUIRE(station.expire_next(at_ns(100), expired));
  CHECK(expired.id.value == 100);
  CHECK_FALSE(station.expire_next(at_ns(150), expired));
  REQUIRE(station.expire_next(at_ns(1000), expired));
  CHECK(expired.id.value == 200);
  CHECK_FALSE(station.expire_next(at_ns(1000), expired));
}

TEST_CASE("Station: busy adds up the services that have begun") {
  Station station(0);
  CHECK(station.busy() == Duration(0));
  station.occupy(Duration(30));
  station.occupy(Duration(12));
  CHECK(station.busy() == Duration(42));
}

// A shard of servers that come and go, against plain counters and a deque.
TEST_CASE("Station: never more in service than servers, first come first served") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const auto limit = static_cast<std::int64_t>(random() % 6);
    Station station(limit);
    std::deque<Order> waiting;
    std::int64_t servers = 0;
    std::int64_t in_service = 0;
    std::size_t most = 0;
    std::uint64_t next_id = 0;
    for (int step = 0; step < 2000; ++step) {
      switch (random() % 6) {
        case 0: {
          const auto more = static_cast<std::int64_t>(random() % 3);
          station.add_servers(more);
          servers += more;
          break;
        }
        case 1: {
          const std::int64_t fewer = std::min<std::int64_t>(1, servers - in_service);
          station.remove_servers(fewer);
          servers -= fewer;
          break;
        }
        case 2:
          if (in_service > 0) {
            station.leave();
            --in_service;
          }
          break;
        case 3: {
          std::vector<Order> next;
          const bool served = station.serve_next(next);
          REQUIRE(served == (!waiting.empty() && in_service < servers));
          if (served) {
            REQUIRE(next.back().id == waiting.front().id);
            waiting.pop_front();
            ++in_service;
          }
          break;
        }
        case 4: {
          Order order;
          const bool expired = station.expire_next(at_ns(step), order);
          REQUIRE(expired == (!waiting.empty() && waiting.front().until <= at_ns(step)));
          if (expired) {
            REQUIRE(order.id == waiting.front().id);
            waiting.pop_front();
          }
          break;
        }
        default: {
          Order order = order_of(next_id++);
          order.until = at_ns(step + static_cast<std::int64_t>(random() % 100));
          const Entry entry = station.enter(order);
          if (in_service < servers) {
            REQUIRE(entry == Entry::served);
            ++in_service;
          } else if (static_cast<std::int64_t>(waiting.size()) < limit) {
            REQUIRE(entry == Entry::queued);
            waiting.push_back(order);
            most = std::max(most, waiting.size());
          } else {
            REQUIRE(entry == Entry::refused);
          }
        }
      }
      REQUIRE(station.free_servers() == servers - in_service);
      REQUIRE(station.free_servers() >= 0);
      REQUIRE(station.queued() == waiting.size());
      REQUIRE(static_cast<std::int64_t>(station.queued()) <= limit);
      REQUIRE(station.queue_most() == most);
    }
  }
}

}  // namespace
}  // namespace double11::stages
