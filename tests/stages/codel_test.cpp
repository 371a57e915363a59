// CoDel in folly's variant: when a queue stands, and who is dropped then.
#include <double11/stages/codel.hpp>

#include <chrono>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

TEST_CASE("Codel: a burst that passes loses nobody") {
  Codel codel(5ms, 100ms);
  // One of each interval waits less than the target.
  for (int i = 0; i < 1000; ++i) {
    REQUIRE_FALSE(codel.drops(Instant(i * 1ms), i % 50 == 0 ? 4ms : 400ms));
  }
}

TEST_CASE("Codel: while the queue stands who waited for more than twice the target is dropped") {
  Codel codel(5ms, 100ms);
  REQUIRE_FALSE(codel.drops(Instant(0ms), 0ms));
  // An interval in which nobody waits less than the target.
  for (int i = 1; i <= 101; ++i) REQUIRE_FALSE(codel.drops(Instant(i * 1ms), 20ms));
  REQUIRE_FALSE(codel.drops(Instant(102ms), 20ms));
  // The first of the next was spared; the others are not.
  CHECK(codel.drops(Instant(103ms), 20ms));
  CHECK(codel.drops(Instant(103ms), 10ms + 1ns));
  CHECK_FALSE(codel.drops(Instant(104ms), 10ms));
  CHECK(codel.drops(Instant(150ms), 11ms));
  CHECK_FALSE(codel.drops(Instant(151ms), 5ms));
  CHECK(codel.drops(Instant(202ms), 11ms));
  // One waited for the target only: the queue does not stand any more.
  CHECK_FALSE(codel.drops(Instant(203ms), 300ms));
  CHECK_FALSE(codel.drops(Instant(204ms), 300ms));
}

}  // namespace
}  // namespace double11::stages
