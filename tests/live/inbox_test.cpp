// Inbox: first in, first out per producer, nothing lost.
#include <double11/live/inbox.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace double11::live {
namespace {

constexpr std::uint64_t kProducers = 4;
// The thread sanitizer takes milliseconds to look at each hand-over inside the queue.
#if defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kEach = 1'000;
#else
constexpr std::uint64_t kEach = 60'000;
#endif

Order order_of(std::uint64_t producer, std::uint64_t number) {
  Order order;
  order.id = OrderId((producer << 32U) | number);
  order.amount_fen = static_cast<std::uint32_t>(number * 3);
  return order;
}

TEST_CASE("Inbox: an empty one gives nothing") {
  Inbox inbox(2);
  std::array<Order, 8> room;
  CHECK(inbox.receive(room) == 0);
  CHECK(inbox.depth() == 0);
}

TEST_CASE("Inbox: alone, keeps order and contents for any sizes of send and receive") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    Inbox inbox(1);
    std::vector<Order> out;
    std::array<Order, kBatch> room;
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    for (int step = 0; step < 300; ++step) {
      if (random() % 2 == 0) {
        out.clear();
        for (std::uint64_t n = random() % (kBatch + 1); n > 0; --n) {
          out.push_back(order_of(0, sent++));
        }
        if (!out.empty()) inbox.send(0, out);
      } else {
        const std::size_t count = inbox.receive(std::span(room).first(1 + random() % kBatch));
        for (std::size_t i = 0; i < count; ++i) {
          REQUIRE(room[i].id.value == received);
          REQUIRE(room[i].amount_fen == received * 3);
          ++received;
        }
      }
      REQUIRE(inbox.depth() == sent - received);
    }
    while (const std::size_t count = inbox.receive(room)) received += count;
    REQUIRE(received == sent);
  }
}

TEST_CASE("Inbox: several producers, each in its own order, nothing lost") {
  Inbox inbox(kProducers);
  std::vector<std::thread> threads;
  for (std::uint64_t producer = 0; producer < kProducers; ++producer) {
    threads.emplace_back([&inbox, producer] {
      std::mt19937_64 random(producer);
      std::vector<Order> batch;
      for (std::uint64_t next = 0; next < kEach;) {
        batch.clear();
        const std::uint64_t end = std::min(kEach, next + 1 + random() % kBatch);
        while (next < end) batch.push_back(order_of(producer, next++));
        inbox.send(static_cast<std::uint32_t>(producer), batch);
      }
    });
  }
  std::array<std::uint64_t, kProducers> next{};
  std::array<Order, kBatch> room;
  std::uint64_t received = 0;
  bool in_order = true;
  while (received < kProducers * kEach) {
    const std::size_t count = inbox.receive(room);
    if (count == 0) std::this_thread::yield();
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t producer = room[i].id.value >> 32U;
      in_order = in_order && (room[i].id.value & UINT32_MAX) == next[producer];
      ++next[producer];
    }
    received += count;
  }
  for (auto& thread : threads) thread.join();
  CHECK(in_order);
  for (const std::uint64_t count : next) CHECK(count == kEach);
  CHECK(inbox.receive(room) == 0);
}

}  // namespace
}  // namespace double11::live
