#pragma once
// How long after a failure the next attempt comes: exponential backoff, with jitter so that those
// who failed together do not come back together (Brooker, "Exponential Backoff And Jitter", AWS
// Architecture Blog, 2015; jitter 1 is its "full jitter").

#include <double11/core/time.hpp>

#include <chrono>
#include <cstdint>

namespace double11::stages {

class RetryDelay {
 public:
  /// No delay is longer.
  static constexpr Duration kLongest = std::chrono::hours(24) * 400;

  /// The first delay (0 or more), how many times as long each further one is (1 or more), and by
  /// up to which share (0 to 1) each is shortened, evenly.
  RetryDelay(Duration delay, double backoff, double jitter)
      : delay_(delay), backoff_(backoff), jitter_(jitter) {}

  /// Whether it depends on random bits at all.
  [[nodiscard]] bool is_random() const { return jitter_ != 0; }

  /// From the failure until attempt number `attempt`, counted from 0 and so at least 1; `bits` are
  /// random. At most kLongest. Pure; any thread.
  [[nodiscard]] Duration operator()(std::uint64_t attempt, std::uint32_t bits) const;

 private:
  Duration delay_;
  double backoff_;
  double jitter_;
};

}  // namespace double11::stages
