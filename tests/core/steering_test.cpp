// How far scenario time may come.
#include <double11/core/steering.hpp>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace double11 {
namespace {

using namespace std::chrono_literals;

TEST_CASE("steering: nothing holds scenario time back unless it is asked to") {
  Steering steering;
  CHECK(steering.allowed() == kNever);
  steering.start();
  CHECK(steering.allowed() == kNever);
  CHECK(steering.speed() == Steering::kUnlimited);
  CHECK_FALSE(steering.paused());
  CHECK_FALSE(steering.was_touched());
}

TEST_CASE("steering: at a speed it passes by that much, from the start on") {
  Steering steering(1000);
  const auto before = std::chrono::steady_clock::now();
  steering.start();
  const Instant first = steering.allowed();
  const auto after = std::chrono::steady_clock::now();
  CHECK(first >= Instant{});
  CHECK(first <= Instant((after - before) * 1000));
  while (std::chrono::steady_clock::now() - after < 1ms) {
  }
  CHECK(steering.allowed() >= first + 1s);
  CHECK_FALSE(steering.was_touched());
}

TEST_CASE("steering: while paused it stands still, and then goes on from there") {
  Steering steering;
  steering.start();
  steering.pause(Instant(7s));
  CHECK(steering.paused());
  CHECK(steering.was_touched());
  CHECK(steering.allowed() == Instant(7s));
  steering.pause(Instant(9s));  // it is already
  CHECK(steering.allowed() == Instant(7s));
  steering.resume();
  CHECK_FALSE(steering.paused());
  CHECK(steering.allowed() == kNever);
  steering.resume();
  CHECK(steering.allowed() == kNever);
}

TEST_CASE("steering: a speed chosen while paused counts from the end of the pause on") {
  Steering steering;
  steering.start();
  steering.pause(Instant(7s));
  steering.set_speed(1e-6, Instant(8s));
  CHECK(steering.speed() == 1e-6);
  CHECK(steering.paused());
  CHECK(steering.allowed() == Instant(7s));
  steering.resume();
  CHECK(steering.allowed() >= Instant(7s));
  CHECK(steering.allowed() < Instant(8s));
  steering.set_speed(Steering::kUnlimited, Instant(7s));
  CHECK(steering.allowed() == kNever);
}

TEST_CASE("steering: a first limit begins where scenario time has come to") {
  Steering steering;
  steering.start();
  steering.set_speed(1e-6, Instant(5s));
  CHECK(steering.was_touched());
  const Instant allowed = steering.allowed();
  CHECK(allowed >= Instant(5s));
  CHECK(allowed < Instant(6s));
  // Another one begins where the first one is, whatever the caller believes.
  steering.set_speed(1e-3, Instant(50s));
  CHECK(steering.allowed() >= allowed);
  CHECK(steering.allowed() < Instant(6s));
}

TEST_CASE("steering: paused before the start") {
  Steering steering(1e9);
  steering.pause(Instant{});
  steering.start();
  CHECK(steering.paused());
  const Instant first = steering.allowed();
  CHECK(steering.allowed() == first);
}

TEST_CASE("steering: whoever looks while others change it never sees it go back") {
  Steering steering(1'000);
  steering.start();
  std::atomic<bool> done{false};
  std::vector<Instant> last(2);
  std::vector<int> steps_back(2, 0);
  {
    std::vector<std::jthread> readers;
    for (std::size_t i = 0; i < last.size(); ++i) {
      readers.emplace_back([&, i] {
        while (!done.load()) {
          const Instant now = steering.allowed();
          if (now < last[i]) ++steps_back[i];
          last[i] = now;
        }
      });
    }
    // Slopes far apart: a line put together from two of them would be far off.
    for (int i = 0; i < 2'000; ++i) {
      steering.set_speed(i % 2 == 0 ? 1e6 : 1e-3, Instant{});
      if (i % 16 == 0) steering.pause(Instant{});
      if (i % 16 == 8) steering.resume();
    }
    steering.resume();
    done.store(true);
  }
  CHECK(steps_back == std::vector<int>{0, 0});
  CHECK(steering.allowed() >= last[0]);
}

TEST_CASE("steering: the speed that it has already is no change") {
  Steering real(1);
  real.start();
  real.set_speed(1, Instant{});
  CHECK_FALSE(real.was_touched());
  Steering unlimited;
  unlimited.start();
  unlimited.set_speed(Steering::kUnlimited, Instant{});
  CHECK_FALSE(unlimited.was_touched());
  unlimited.set_speed(2, Instant{});
  CHECK(unlimited.was_touched());
}

}  // namespace
}  // namespace double11
