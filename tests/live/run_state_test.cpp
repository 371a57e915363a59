// RunState: how far time has come, and when a run is over.
#include <double11/live/run_state.hpp>

#include <chrono>

#include "catch.hpp"

namespace double11::live {
namespace {

using namespace std::chrono_literals;

TEST_CASE("RunState: over only when all are passive and all that was sent was received") {
  RunState state(2);
  CHECK_FALSE(state.check_over());  // nobody has said anything
  CHECK_FALSE(state.anybody_starved());
  CHECK_FALSE(state.anybody_waits_for_servers());
  state.set_waiting(1, true, false);
  CHECK(state.anybody_starved());
  CHECK_FALSE(state.anybody_waits_for_servers());
  state.set_waiting(0, false, true);
  CHECK(state.anybody_waits_for_servers());
  state.publish(0, 3, 0, true);
  CHECK_FALSE(state.check_over());
  state.publish(1, 0, 2, true);
  CHECK_FALSE(state.check_over());  // one order is under way
  state.publish(1, 0, 3, false);
  CHECK_FALSE(state.check_over());  // it arrived, but is held
  CHECK_FALSE(state.over());
  state.publish(1, 0, 3, true);
  CHECK(state.check_over());
  CHECK(state.over());
}

TEST_CASE("RunState: sums agree over workers, not within one") {
  RunState state(3);
  state.publish(0, 10, 4, true);
  state.publish(1, 4, 3, true);
  state.publish(2, 0, 7, true);
  CHECK(state.check_over());
}

TEST_CASE("RunState: who was passive and works again keeps the run going") {
  RunState state(2);
  state.publish(0, 0, 0, true);
  state.publish(1, 0, 0, false);
  CHECK_FALSE(state.check_over());
  state.publish(0, 0, 0, false);
  state.publish(1, 0, 0, true);
  CHECK_FALSE(state.check_over());
  state.publish(0, 0, 0, true);
  CHECK(state.check_over());
}

TEST_CASE("RunState: frontier and served are the least of all workers") {
  RunState state(3);
  CHECK(state.frontier() == Instant{});
  state.set_progress(0, Instant(5ms));
  state.set_progress(1, Instant(3ms));
  CHECK(state.frontier() == Instant{});
  state.set_progress(2, kNever);
  CHECK(state.frontier() == Instant(3ms));
  state.set_served(0, Instant(1ms));
  state.set_served(1, Instant(2ms));
  CHECK(state.served() == Instant{});
  state.set_served(2, Instant(9ms));
  CHECK(state.served() == Instant(1ms));
}

TEST_CASE("RunState: slices are claimed in order, one canary is planted, a stop stays") {
  RunState state(1);
  CHECK(state.next_slice() == 0);
  CHECK(state.claim_slices(1) == 0);
  CHECK(state.claim_slices(1) == 1);
  CHECK(state.next_slice() == 2);
  CHECK(state.first_to_plant());
  CHECK_FALSE(state.first_to_plant());
  CHECK_FALSE(state.stop_requested());
  state.request_stop();
  CHECK(state.stop_requested());
  CHECK_FALSE(state.over());
}

}  // namespace
}  // namespace double11::live
