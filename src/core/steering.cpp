#include <double11/core/steering.hpp>

#include <cmath>

namespace double11 {
namespace {

std::int64_t wall_now_ns() {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void Steering::start() {
  const std::scoped_lock lock(mutex_);
  draw(Instant{}, speed_);
  limited_.store(paused() || speed_ != kUnlimited, std::memory_order_release);
}

void Steering::set_speed(double speed, Instant reached) {
  const std::scoped_lock lock(mutex_);
  touched_.store(true, std::memory_order_relaxed);
  const bool was_limited = speed_ != kUnlimited;
  speed_ = speed;
  if (paused()) return;
  draw(was_limited ? allowed() : reached, speed);
  limited_.store(speed != kUnlimited, std::memory_order_release);
}

void Steering::pause(Instant reached) {
  const std::scoped_lock lock(mutex_);
  if (paused()) return;
  touched_.store(true, std::memory_order_relaxed);
  draw(speed_ != kUnlimited ? allowed() : reached, 0);
  paused_.store(true, std::memory_order_relaxed);
  limited_.store(true, std::memory_order_release);
}

void Steering::resume() {
  const std::scoped_lock lock(mutex_);
  if (!paused()) return;
  paused_.store(false, std::memory_order_relaxed);
  draw(allowed(), speed_);
  limited_.store(speed_ != kUnlimited, std::memory_order_release);
}

double Steering::speed() const {
  const std::scoped_lock lock(mutex_);
  return speed_;
}

Instant Steering::allowed() const {
  if (!limited_.load(std::memory_order_acquire)) return kNever;
  const Line now = line();
  const auto passed = static_cast<double>(wall_now_ns() - now.wall_ns) * now.speed;
  return Instant(Duration(now.scenario_ns + std::llround(passed)));
}

void Steering::draw(Instant from, double speed) {
  const std::uint64_t sequence = sequence_.load(std::memory_order_relaxed);
  sequence_.store(sequence + 1, std::memory_order_relaxed);
  // What follows is not seen before the odd number is, as each of these releases it.
  wall_ns_.store(wall_now_ns(), std::memory_order_release);
  scenario_ns_.store(nanoseconds_of(from), std::memory_order_release);
  slope_.store(speed, std::memory_order_release);
  sequence_.store(sequence + 2, std::memory_order_release);
}

Steering::Line Steering::line() const {
  for (;;) {
    const std::uint64_t before = sequence_.load(std::memory_order_acquire);
    // Acquiring: the second look at the number comes after them.
    const Line found{wall_ns_.load(std::memory_order_acquire),
                     scenario_ns_.load(std::memory_order_acquire),
                     slope_.load(std::memory_order_acquire)};
    if (before % 2 == 0 && before == sequence_.load(std::memory_order_relaxed)) return found;
  }
}

}  // namespace double11
