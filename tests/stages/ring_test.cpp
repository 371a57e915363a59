// Ring against std::deque.
#include <double11/stages/ring.hpp>

#include <deque>
#include <random>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

TEST_CASE("Ring: does what a deque does, through growth and wrap-around") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    Ring<Order> queue;
    std::deque<std::uint64_t> model;
    std::uint64_t next_id = 0;
    // Phases that mostly push and phases that mostly pop, so that the ring wraps and grows full.
    unsigned push_of_ten = 5;
    for (int step = 0; step < 4000; ++step) {
      if (step % 250 == 0) push_of_ten = 2 + static_cast<unsigned>(random() % 8);
      if (random() % 10 < push_of_ten) {
        queue.push(order_of(next_id));
        model.push_back(next_id++);
      } else if (!model.empty()) {
        REQUIRE(queue.front().id.value == model.front());
        REQUIRE(queue.pop().id.value == model.front());
        model.pop_front();
      }
      REQUIRE(queue.size() == model.size());
      REQUIRE(queue.empty() == model.empty());
    }
    while (!model.empty()) {
      REQUIRE(queue.pop().id.value == model.front());
      model.pop_front();
    }
    REQUIRE(queue.empty());
  }
}

TEST_CASE("Ring: keeps the whole record") {
  Order order = order_of(77, {{3, 2}, {4, 1}});
  order.planned = at_ns(5);
  order.until = at_ns(9);
  order.buyer = {123};
  order.amount_fen = 456;
  order.will_end_as(Outcome::declined);
  Ring<Order> queue;
  queue.push(order);
  const Order back = queue.pop();
  CHECK(back.id == order.id);
  CHECK(back.planned == order.planned);
  CHECK(back.until == order.until);
  CHECK(back.sku[1] == SkuId{4});
  CHECK(back.quantity[0] == 2);
  CHECK(back.buyer == order.buyer);
  CHECK(back.amount_fen == 456);
  CHECK(back.ends_as() == Outcome::declined);
}

}  // namespace
}  // namespace double11::stages
