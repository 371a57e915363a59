#include <double11/live/run_state.hpp>

#include <algorithm>

namespace double11::live {

void RunState::publish(std::uint32_t worker, std::int64_t sent, std::int64_t received,
                       bool passive) {
  PerWorker& own = worker_[worker];
  // A reader that sees the new `received` must not see an old `passive`: it is cleared first and
  // set last, and each store releases what came before.
  if (!passive) own.passive.store(false, std::memory_order_release);
  own.sent.store(sent, std::memory_order_release);
  own.received.store(received, std::memory_order_release);
  if (passive) own.passive.store(true, std::memory_order_release);
}

Instant RunState::frontier() const {
  std::int64_t least = INT64_MAX;
  for (const PerWorker& worker : worker_) {
    least = std::min(least, worker.progress_ns.load(std::memory_order_acquire));
  }
  return Instant(Duration(least));
}

Instant RunState::served() const {
  std::int64_t least = INT64_MAX;
  for (const PerWorker& worker : worker_) {
    least = std::min(least, worker.served_ns.load(std::memory_order_acquire));
  }
  return Instant(Duration(least));
}

bool RunState::anybody_starved() const {
  return std::any_of(worker_.begin(), worker_.end(), [](const PerWorker& worker) {
    return worker.starved.load(std::memory_order_relaxed);
  });
}

bool RunState::anybody_waits_for_servers() const {
  return std::any_of(worker_.begin(), worker_.end(), [](const PerWorker& worker) {
    return worker.for_servers.load(std::memory_order_relaxed);
  });
}

std::optional<measure::Snapshot> RunState::snapshot() const {
  const std::uint32_t asked = asked_.load(std::memory_order_relaxed);
  for (const PerWorker& worker : worker_) {
    if (worker.answered.load(std::memory_order_acquire) != asked) return std::nullopt;
  }
  measure::Snapshot sum;
  for (std::size_t worker = 0; worker < worker_.size(); ++worker) sum += snapshots_[worker];
  return sum;
}

bool RunState::check_over() {
  std::int64_t received = 0;
  for (const PerWorker& worker : worker_) {
    received += worker.received.load(std::memory_order_acquire);
  }
  for (const PerWorker& worker : worker_) {
    if (!worker.passive.load(std::memory_order_acquire)) return false;
  }
  std::int64_t sent = 0;
  for (const PerWorker& worker : worker_) sent += worker.sent.load(std::memory_order_acquire);
  if (sent != received) return false;
  over_.store(true, std::memory_order_release);
  return true;
}

}  // namespace double11::live
