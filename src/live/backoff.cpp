#include <double11/core/pause.hpp>
#include <double11/live/backoff.hpp>

#include <chrono>
#include <thread>

#include <sys/prctl.h>

namespace double11::live {
namespace {

// Short enough that a paced arrival is not late by more than this when the worker slept.
constexpr std::chrono::microseconds kSleep{20};

}  // namespace

void Backoff::wait() {
  if (idle_turns_ < spins_) {
    ++idle_turns_;
    pause_cpu();
  } else if (idle_turns_ < yields_) {
    ++idle_turns_;
    std::this_thread::yield();
  } else {
    std::this_thread::sleep_for(kSleep);
  }
}

void make_sleep_precise() {
  prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);
}

}  // namespace double11::live
