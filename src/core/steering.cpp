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
  draw(Instant{}, paused() ? 0 : speed_);
  limited_.store(paused() || speed_ != kUnlimited, std::memory_order_release);
}

void Steering::set_speed(double speed, Instant reached) {
  const std::scoped_lock lock(mutex_);
  if (speed == speed_) return;
  touched_.store(true, std::memory_order_relaxed);
  const bool was_limited = speed_ != kUnlimited;
  speed_ = speed;
  if (paused()) return;
  draw(was_limited ? std::nullopt : std::optional(reached), speed);
  limited_.store(speed != kUnlimited, std::memory_order_release);
}

void Steering::pause(Instant reached) {
  const std::scoped_lock lock(mutex_);
  if (paused()) return;
  touched_.store(true, std::memory_order_relaxed);
  draw(speed_ != kUnlimited ? std::nullopt : std::optional(reached), 0);
  paused_.store(true, std::memory_order_relaxed);
  limited_.store(true, std::memory_order_release);
}

void Steering::resume() {
  const std::scoped_lock lock(mutex_);
  if (!paused()) return;
  paused_.store(false, std::memory_order_relaxed);
  draw(std::nullopt, speed_);
  limited_.store(speed_ != kUnlimited, std::memory_order_release);
}

double Steering::speed() const {
  const std::scoped_lock lock(mutex_);
  return speed_;
}

Instant Steering::allowed() const {
  if (!limited_.load(std::memory_order_acquire)) return kNever;
  for (;;) {
    const std::uint64_t before = sequence_.load(std::memory_order_acquire);
    // Acquiring: the second look at the number comes after them.
    const Line line{wall_ns_.load(std::memory_order_acquire),
                    scenario_ns_.load(std::memory_order_acquire),
                    slope_.load(std::memory_order_acquire)};
    // The clock, too, before that look: a line counts only until another one is drawn.
    const std::int64_t now_ns = wall_now_ns();
    if (before % 2 == 0 && before == sequence_.load(std::memory_order_relaxed)) {
      return line.at(now_ns);
    }
  }
}

Instant Steering::Line::at(std::int64_t now_ns) const {
  return Instant(
      Duration(scenario_ns + std::llround(static_cast<double>(now_ns - wall_ns) * speed)));
}

void Steering::draw(std::optional<Instant> from, double speed) {
  const Line before{wall_ns_.load(std::memory_order_relaxed),
                    scenario_ns_.load(std::memory_order_relaxed),
                    slope_.load(std::memory_order_relaxed)};
  // Sequentially consistent: the clock is read after nobody can take the line before any more, so
  // nobody has seen that one further on than where the new one begins.
  const std::uint64_t sequence = sequence_.fetch_add(1);
  const std::int64_t now_ns = wall_now_ns();
  // What follows is not seen before the odd number is, as each of these releases it.
  wall_ns_.store(now_ns, std::memory_order_release);
  scenario_ns_.store(nanoseconds_of(from ? *from : before.at(now_ns)), std::memory_order_release);
  slope_.store(speed, std::memory_order_release);
  sequence_.store(sequence + 2, std::memory_order_release);
}

}  // namespace double11
