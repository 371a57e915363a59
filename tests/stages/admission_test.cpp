// Admission: the bounded queue of arrivals that found no credit.
#include <double11/stages/admission.hpp>

#include <array>
#include <deque>
#include <random>
#include <span>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

TEST_CASE("Admission: waits up to the limit, then sheds") {
  Admission admission(2);
  CHECK(admission.wait(order_of(1)));
  CHECK(admission.wait(order_of(2)));
  CHECK_FALSE(admission.wait(order_of(3)));
  CHECK(admission.waiting() == 2);
  std::array<Order, 1> one;
  CHECK(admission.admit_waiting(one) == 1);
  CHECK(one[0].id.value == 1);
  CHECK(admission.wait(order_of(4)));
  CHECK(admission.queue_most() == 2);
}

TEST_CASE("Admission: with a limit of 0 nobody waits") {
  Admission admission(0);
  CHECK_FALSE(admission.wait(order_of(1)));
  std::array<Order, 4> four;
  CHECK(admission.admit_waiting(four) == 0);
  CHECK(admission.waiting() == 0);
  CHECK(admission.queue_most() == 0);
}

TEST_CASE("Admission: no credit admits nobody") {
  Admission admission(3);
  REQUIRE(admission.wait(order_of(1)));
  CHECK(admission.admit_waiting({}) == 0);
  CHECK(admission.waiting() == 1);
}

TEST_CASE("Admission: first come first served under random credits") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const auto limit = static_cast<std::int64_t>(random() % 400);
    Admission admission(limit);
    std::deque<std::uint64_t> model;
    std::array<Order, kBatch> room;
    std::uint64_t next_id = 0;
    for (int step = 0; step < 2000; ++step) {
      if (random() % 3 != 0) {
        const bool fits = static_cast<std::int64_t>(model.size()) < limit;
        REQUIRE(admission.wait(order_of(next_id)) == fits);
        if (fits) model.push_back(next_id);
        ++next_id;
      } else {
        const std::size_t credits = random() % 8;
        const std::size_t count = admission.admit_waiting(std::span(room).first(credits));
        REQUIRE(count == std::min(credits, model.size()));
        for (std::size_t i = 0; i < count; ++i) {
          REQUIRE(room[i].id.value == model.front());
          model.pop_front();
        }
      }
      REQUIRE(admission.waiting() == model.size());
      REQUIRE(static_cast<std::int64_t>(admission.queue_most()) <= limit);
    }
  }
}

}  // namespace
}  // namespace double11::stages
