#pragma once
// The gate: where planned arrivals enter a worker, and how scenario time moves. At pace real,
// arrivals are released when their planned time has come, whatever the state of the pipeline (open
// loop). At pace max they are released as fast as the worker takes them and scenario time follows
// (run_state.hpp says how workers keep together).

#include <cstdint>
#include <span>
#include <vector>

#include "live/wiring.hpp"

namespace double11::live {

class Gate {
 public:
  /// `worker` is the worker's number; it makes arrivals if it has a shard of admission.
  Gate(Wiring& wiring, std::uint32_t worker);

  [[nodiscard]] bool real() const { return clock_ != nullptr && !stopped_; }

  /// Scenario time for the worker: the clock at pace real, the frontier at pace max.
  [[nodiscard]] Instant now() const {
    return real() ? clock_->now() : stopped_ ? kNever : wiring_.state.frontier();
  }

  /// Makes the next slice when the time for it has come. `starved`: arrivals wait for credits, so
  /// at pace max scenario time may not run ahead of what the others have finished. After the
  /// traffic it does not leap beyond `next_event` either. True when a slice was made or scenario
  /// time moved.
  bool make_due(Instant now, bool starved, Instant next_event);

  /// Arrivals to be released now, at most a batch; valid until the next call of make_due().
  [[nodiscard]] std::span<Order> release(Instant now);

  /// No click that is still to be released here is planned before it.
  [[nodiscard]] Instant next_click() const;

  /// What was made and not released yet.
  [[nodiscard]] std::span<const Order> unreleased() const {
    return std::span<const Order>(made_).subspan(released_);
  }

  /// Tells the others how far this worker is: `idle` when its inboxes were empty at `now`.
  void report(Instant now, bool idle);

  /// Traffic ends here and now; scenario time no longer holds anything back.
  void stop();

  /// True when the time of the last slice has come, for this worker and all others.
  [[nodiscard]] bool traffic_over() const;

  /// True when this worker will make no more arrivals and all it made are released.
  [[nodiscard]] bool over() const;

 private:
  [[nodiscard]] bool may_claim(bool starved) const;
  [[nodiscard]] std::uint64_t slices_until(double orders, std::uint64_t most) const;
  [[nodiscard]] std::uint64_t slices_to_claim(bool starved, Instant next_event) const;

  Wiring& wiring_;
  const Clock* clock_;
  std::uint32_t worker_;
  bool makes_;
  bool has_door_;
  bool stopped_ = false;
  std::uint64_t own_next_;  // pace real: slices are dealt out in turn
  std::uint64_t own_step_;
  traffic::ArrivalCursor cursor_;
  std::vector<Order> made_;
  std::size_t released_ = 0;
};

}  // namespace double11::live
