#pragma once
// The narrow interface through which time reaches the live engine: scenario time as wall-clock
// time since the start. A test can put its own in place.

#include <double11/core/steering.hpp>
#include <double11/core/time.hpp>

#include <chrono>

namespace double11::live {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Scenario time now; never goes back. Any thread.
  [[nodiscard]] virtual Instant now() const = 0;
};

/// Real time: scenario instant 0 is when start() was called. start() comes before any now().
class WallClock final : public Clock {
 public:
  void start() { start_ = std::chrono::steady_clock::now(); }
  [[nodiscard]] Instant now() const override {
    return Instant(std::chrono::steady_clock::now() - start_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Real time that can be made to stand still, or to pass faster or more slowly.
class SteeredClock final : public Clock {
 public:
  /// `steering` has a speed and must outlive the clock.
  explicit SteeredClock(const Steering& steering) : steering_(steering) {}
  [[nodiscard]] Instant now() const override { return steering_.allowed(); }

 private:
  const Steering& steering_;
};

}  // namespace double11::live
