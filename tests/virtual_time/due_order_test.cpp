#include "virtual_time/due_order.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

namespace double11::virtual_time {
namespace {

// Orders with instants up to `span_ns` apart and ids that follow no order.
std::vector<Order> some_orders(std::size_t count, std::int64_t span_ns, std::mt19937_64& random) {
  std::uniform_int_distribution<std::int64_t> at_ns(1'000'000'007, 1'000'000'007 + span_ns);
  std::vector<Order> orders(count);
  for (std::size_t i = 0; i < count; ++i) {
    orders[i].id = OrderId{i * 2654435761U % 65536};
    orders[i].at = Instant(Duration(at_ns(random)));
  }
  return orders;
}

}  // namespace

TEST_CASE("put_in_order: by instant, then by id, for few and many, close and far apart") {
  const unsigned seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : 11;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::vector<Due> due;
  for (const std::size_t count : {0U, 1U, 2U, 7U, 8U, 9U, 21U, 63U, 64U, 65U, 300U}) {
    // All at once, many at the same instant, a tick of the wheel, more than a key holds.
    for (const std::int64_t span_ns : {0LL, 5LL, 65'535LL, 40'000'000LL, 3'000'000'000'000LL}) {
      const std::vector<Order> orders = some_orders(count, span_ns, random);
      std::vector<const Order*> taken;
      for (const Order& order : orders) taken.push_back(&order);
      put_in_order(taken, due);
      std::sort(taken.begin(), taken.end(), [](const Order* a, const Order* b) {
        return std::tuple(a->at, a->id.value) < std::tuple(b->at, b->id.value);
      });
      REQUIRE(due.size() == count);
      for (std::size_t i = 0; i < count; ++i) {
        REQUIRE(due[i].order == taken[i]);
        REQUIRE(due[i].at_ns == nanoseconds_of(taken[i]->at));
        REQUIRE(due[i].id == taken[i]->id.value);
      }
    }
  }
}

}  // namespace double11::virtual_time
