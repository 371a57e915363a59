#pragma once
// What a worker does when it finds nothing to do: spin, then yield, then sleep. With more workers
// than cores spinning would keep the one with work from running, so then it yields at once.

#include <cstdint>

namespace double11::live {

class Backoff {
 public:
  /// `crowded`: there are more workers than cores.
  explicit Backoff(bool crowded) : spins_(crowded ? 0 : kSpins), yields_(spins_ + kYields) {}

  /// There was work: the next idle turn starts with a spin again.
  void reset() { idle_turns_ = 0; }

  /// One idle turn; the longest kind is a sleep of 20 us.
  void wait();

 private:
  // About 20 us of spinning: longer than a message takes between busy cores, shorter than a sleep.
  static constexpr std::uint32_t kSpins = 400;
  static constexpr std::uint32_t kYields = 50;

  std::uint32_t spins_;
  std::uint32_t yields_;
  std::uint32_t idle_turns_ = 0;
};

/// Asks the kernel to end this thread's sleeps promptly (timer slack of 1 us instead of 50 us).
void make_sleep_precise();

}  // namespace double11::live
