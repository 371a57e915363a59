// Backoff: spin and yield first, sleep last. Told by the voluntary context switches of the thread:
// a sleep is one, spinning and yielding are none.
#include <double11/live/backoff.hpp>

#include <thread>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "catch.hpp"

namespace double11::live {
namespace {

long sleeps_of(Backoff& backoff, int waits) {
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_THREAD, &before);
  for (int i = 0; i < waits; ++i) backoff.wait();
  getrusage(RUSAGE_THREAD, &after);
  return after.ru_nvcsw - before.ru_nvcsw;
}

TEST_CASE("Backoff: the first idle turns do not sleep, the later ones do") {
  Backoff backoff(false);
  CHECK(sleeps_of(backoff, 400) < 5);
  sleeps_of(backoff, 100);
  CHECK(sleeps_of(backoff, 20) >= 20);
}

TEST_CASE("Backoff: work makes it alert again") {
  Backoff backoff(false);
  sleeps_of(backoff, 500);
  backoff.reset();
  CHECK(sleeps_of(backoff, 400) < 5);
}

TEST_CASE("Backoff: in a crowd it sleeps earlier") {
  Backoff crowded(true);
  sleeps_of(crowded, 100);
  CHECK(sleeps_of(crowded, 20) >= 20);
}

TEST_CASE("make_sleep_precise: the thread's timer slack is a microsecond") {
  int slack_ns = 0;
  std::thread([&] {
    make_sleep_precise();
    slack_ns = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
  }).join();
  CHECK(slack_ns == 1000);
}

}  // namespace
}  // namespace double11::live
