#pragma once
// How fast scenario time may pass, and whether it stands still: set by a person at the keys or by
// an option, obeyed by whoever makes arrivals. Scenario time is bounded, not driven: it never
// passes more quickly than this, and more slowly where the machine cannot keep up.

#include <double11/core/time.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace double11 {

class Steering {
 public:
  /// As quickly as the machine can.
  static constexpr double kUnlimited = 0;

  /// `speed`: seconds of scenario time per second of wall-clock time, above 0, or kUnlimited.
  explicit Steering(double speed = kUnlimited) : speed_(speed) {}

  /// Scenario time begins, at 0. Before any other thread asks.
  void start();

  /// From now on; `reached` is how far scenario time has come. Any thread.
  void set_speed(double speed, Instant reached);
  void pause(Instant reached);
  void resume();

  [[nodiscard]] double speed() const;
  [[nodiscard]] bool paused() const { return paused_.load(std::memory_order_relaxed); }
  /// Whether anybody has paused it or changed its speed since the start.
  [[nodiscard]] bool was_touched() const { return touched_.load(std::memory_order_relaxed); }

  /// Scenario time may have come as far as this by now; kNever when nothing holds it back. Never
  /// goes back while the speed is limited. Any thread, without locks.
  [[nodiscard]] Instant allowed() const;

 private:
  struct Line {
    std::int64_t wall_ns;      // since the epoch of the steady clock
    std::int64_t scenario_ns;  // at that moment
    double speed;              // 0 when it stands still

    [[nodiscard]] Instant at(std::int64_t now_ns) const;
  };

  /// From now on along a new line, from `from` or else from where the one before is.
  void draw(std::optional<Instant> from, double speed);

  mutable std::mutex mutex_;  // of those who change it
  double speed_;              // when it does not stand still
  std::atomic<bool> limited_{false};
  std::atomic<bool> paused_{false};
  std::atomic<bool> touched_{false};
  // The line along which allowed() moves: odd while it is being changed (a sequence lock; Boehm,
  // "Can seqlocks get along with programming language memory models?", MSPC 2012).
  std::atomic<std::uint64_t> sequence_{0};
  std::atomic<std::int64_t> wall_ns_{0};
  std::atomic<std::int64_t> scenario_ns_{0};
  std::atomic<double> slope_{0};
};

}  // namespace double11
