#include <double11/stages/circuit_breaker.hpp>

#include <chrono>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using State = CircuitBreaker::State;

// Four calls are looked at, from two on; open for 10 ms, then two probes.
scenario::Breaker small_rule() {
  scenario::Breaker rule;
  rule.window = 4;
  rule.least_calls = 2;
  rule.open_time = 10ms;
  rule.probes = 2;
  return rule;
}

Instant at_ms(int ms) {
  return Instant(std::chrono::milliseconds(ms));
}

void end_at(CircuitBreaker& breaker, int ms, bool failed, bool slow = false) {
  breaker.expect({at_ms(ms), OrderId{static_cast<std::uint64_t>(ms)}, failed, slow});
}

TEST_CASE("CircuitBreaker: opens when the share of the last calls that failed is reached") {
  CircuitBreaker breaker(small_rule());
  // One call is not enough to say anything.
  end_at(breaker, 1, true);
  CHECK(breaker.permits(at_ms(1)));
  // Of two, half.
  end_at(breaker, 3, false);
  CHECK(breaker.permits(at_ms(2)));
  CHECK_FALSE(breaker.permits(at_ms(3)));
  CHECK(breaker.state() == State::open);
  CHECK(breaker.opened() == 1);
}

TEST_CASE("CircuitBreaker: what falls out of the window is forgotten") {
  scenario::Breaker rule = small_rule();
  rule.least_calls = 3;
  CircuitBreaker breaker(rule);
  for (const int ms : {2, 3, 4, 5, 6, 7}) end_at(breaker, ms, ms == 2 || ms == 6);
  CHECK(breaker.permits(at_ms(7)));
  end_at(breaker, 8, true);
  CHECK_FALSE(breaker.permits(at_ms(8)));
}

TEST_CASE("CircuitBreaker: lets probes through after its time, and closes when they do well") {
  CircuitBreaker breaker(small_rule());
  end_at(breaker, 1, true);
  end_at(breaker, 2, true);
  CHECK_FALSE(breaker.permits(at_ms(2)));
  // What ends while it is open says nothing.
  end_at(breaker, 5, false);
  CHECK_FALSE(breaker.permits(at_ms(11)));
  CHECK(breaker.permits(at_ms(12)));
  CHECK(breaker.state() == State::half_open);
  CHECK(breaker.permits(at_ms(12)));
  CHECK_FALSE(breaker.permits(at_ms(12)));
  end_at(breaker, 13, false);
  CHECK_FALSE(breaker.permits(at_ms(13)));
  end_at(breaker, 14, false);
  CHECK(breaker.permits(at_ms(14)));
  CHECK(breaker.state() == State::closed);
  // The failures from before are forgotten.
  end_at(breaker, 15, true);
  CHECK(breaker.permits(at_ms(15)));
}

TEST_CASE("CircuitBreaker: opens again when probes fail, from their end on") {
  CircuitBreaker breaker(small_rule());
  end_at(breaker, 1, true);
  end_at(breaker, 2, true);
  CHECK(breaker.permits(at_ms(12)));
  CHECK(breaker.permits(at_ms(12)));
  end_at(breaker, 15, true);
  end_at(breaker, 16, false);
  CHECK_FALSE(breaker.permits(at_ms(25)));
  CHECK(breaker.opened() == 2);
  CHECK(breaker.permits(at_ms(26)));
}

TEST_CASE("CircuitBreaker: a probe that is not made leaves its place to another") {
  CircuitBreaker breaker(small_rule());
  end_at(breaker, 1, true);
  end_at(breaker, 2, true);
  CHECK(breaker.permits(at_ms(12)));
  CHECK(breaker.permits(at_ms(12)));
  breaker.withdraw();
  CHECK(breaker.permits(at_ms(13)));
  CHECK_FALSE(breaker.permits(at_ms(13)));
  // Never more than there are probes.
  for (int i = 0; i < 5; ++i) breaker.withdraw();
  CHECK(breaker.permits(at_ms(14)));
  CHECK(breaker.permits(at_ms(14)));
  CHECK_FALSE(breaker.permits(at_ms(14)));
}

TEST_CASE("CircuitBreaker: slow calls open it, too") {
  scenario::Breaker rule = small_rule();
  rule.slow_share = 0.75;
  CircuitBreaker breaker(rule);
  end_at(breaker, 1, false, true);
  end_at(breaker, 2, false, false);
  end_at(breaker, 3, false, true);
  CHECK(breaker.permits(at_ms(3)));
  end_at(breaker, 4, false, true);
  CHECK_FALSE(breaker.permits(at_ms(4)));
}

TEST_CASE(
    "CircuitBreaker: a window smaller than the least number of calls decides when it is full") {
  scenario::Breaker rule;
  rule.window = 3;
  CircuitBreaker breaker(rule);
  end_at(breaker, 1, true);
  end_at(breaker, 2, true);
  CHECK(breaker.permits(at_ms(2)));
  end_at(breaker, 3, true);
  CHECK_FALSE(breaker.permits(at_ms(3)));
}

TEST_CASE("CircuitBreaker: the published defaults") {
  const scenario::Breaker rule;
  CHECK(rule.failure_share == 0.5);
  CHECK(rule.window == 100);
  CHECK(rule.least_calls == 100);
  CHECK(rule.open_time == 60s);
  CHECK(rule.probes == 10);
  CHECK(rule.slow_call == 60s);
  CHECK(rule.slow_share == 1);
}

}  // namespace
}  // namespace double11::stages
