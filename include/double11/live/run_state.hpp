#pragma once
// What the workers of one run share: the stop request, how far scenario time has come, and the
// counts by which the end of the run is found. Every word has one writer (but the slice counter and
// the flags), each worker's words on cache lines of their own.
//
// Scenario time at pace max. Workers claim slices in order. A worker's `progress` is a time before
// which it will make no more arrivals; the frontier, the least of them, is the scenario time of
// all. `served` is the frontier up to which a worker has emptied its inboxes and fired its holds;
// no slice is claimed that starts later than the least `served` plus a window, so a worker that the
// operating system has put aside holds the others back instead of falling behind in scenario time.
//
// End of the run. Arrivals are over, no worker holds an order, and as many orders were received
// from inboxes as were sent. Received counts are read before sent counts: if the sums agree,
// nothing was under way in between (Mattern, "Algorithms for distributed termination detection",
// Distributed Computing 2, 1987).

#include <double11/core/time.hpp>
#include <double11/measure/snapshot.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace double11::live {

class RunState {
 public:
  explicit RunState(std::uint32_t workers)
      : worker_(workers), snapshots_(std::make_unique<measure::Snapshot[]>(workers)) {}

  // The slice counter (pace max). Any thread.
  [[nodiscard]] std::uint64_t next_slice() const {
    return next_slice_.load(std::memory_order_relaxed);
  }
  /// Claims `count` slices; returns the first.
  std::uint64_t claim_slices(std::uint64_t count) {
    return next_slice_.fetch_add(count, std::memory_order_relaxed);
  }

  // Requests: any thread.
  void request_stop() { stop_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool stop_requested() const { return stop_.load(std::memory_order_relaxed); }
  /// Ends the run at once, whatever is in flight: something went wrong that no result can come of.
  void give_up() { over_.store(true, std::memory_order_release); }
  [[nodiscard]] bool over() const { return over_.load(std::memory_order_acquire); }
  /// True for the first caller only; decides who plants a canary.
  bool first_to_plant() { return !planted_.exchange(true, std::memory_order_relaxed); }

  // Looking on. One thread asks; it gets an answer when every worker has ended a turn since, and
  // only then may ask again.
  /// Whoever asks has read the answers before: a worker that sees the question may write anew.
  void ask_for_snapshot() { asked_.fetch_add(1, std::memory_order_release); }
  /// What all workers had done when they answered, added up; none while answers are missing.
  [[nodiscard]] std::optional<measure::Snapshot> snapshot() const;
  /// The worker's side of it: whether it should answer, with what, and that it has.
  [[nodiscard]] bool wants_snapshot(std::uint32_t worker) const {
    return asked_.load(std::memory_order_acquire) !=
           worker_[worker].answered.load(std::memory_order_relaxed);
  }
  [[nodiscard]] measure::Snapshot& snapshot_of(std::uint32_t worker) { return snapshots_[worker]; }
  void answer(std::uint32_t worker) {
    worker_[worker].answered.store(asked_.load(std::memory_order_relaxed),
                                   std::memory_order_release);
  }

  // Written by the worker itself, read by all.
  void set_progress(std::uint32_t worker, Instant at) {
    worker_[worker].progress_ns.store(nanoseconds_of(at), std::memory_order_release);
  }
  void set_served(std::uint32_t worker, Instant at) {
    worker_[worker].served_ns.store(nanoseconds_of(at), std::memory_order_release);
  }
  /// Whether arrivals wait at this worker for credits: scenario time must not leap. And whether
  /// orders wait for payment servers, or would: time must not run ahead of what the others have
  /// finished, as who is ahead would take the servers first.
  void set_waiting(std::uint32_t worker, bool starved, bool for_servers) {
    worker_[worker].starved.store(starved, std::memory_order_relaxed);
    worker_[worker].for_servers.store(for_servers, std::memory_order_relaxed);
  }
  /// At the end of a turn: totals so far, and whether the worker holds nothing and makes nothing.
  void publish(std::uint32_t worker, std::int64_t sent, std::int64_t received, bool passive);

  /// Least progress of all workers. Any thread.
  [[nodiscard]] Instant frontier() const;
  /// Least served of all workers. Any thread.
  [[nodiscard]] Instant served() const;
  /// Whether arrivals wait for credits at any worker. Any thread.
  [[nodiscard]] bool anybody_starved() const;
  /// Whether orders wait for payment servers at any worker. Any thread.
  [[nodiscard]] bool anybody_waits_for_servers() const;
  /// Checks whether nothing is left to do anywhere, and if so sets over(). Any thread.
  bool check_over();

 private:
  struct alignas(128) PerWorker {
    std::atomic<std::int64_t> progress_ns{0};
    std::atomic<std::int64_t> served_ns{0};
    std::atomic<std::int64_t> sent{0};
    std::atomic<std::int64_t> received{0};
    std::atomic<std::uint32_t> answered{0};
    std::atomic<bool> passive{false};
    std::atomic<bool> starved{false};
    std::atomic<bool> for_servers{false};
  };

  std::vector<PerWorker> worker_;
  std::unique_ptr<measure::Snapshot[]> snapshots_;  // each written by its worker, see answer()
  alignas(128) std::atomic<std::uint64_t> next_slice_{0};
  alignas(128) std::atomic<bool> stop_{false};
  std::atomic<bool> over_{false};
  std::atomic<bool> planted_{false};
  std::atomic<std::uint32_t> asked_{0};
};

}  // namespace double11::live
