// Frames, and the workers that make, work through and record them.
#include <double11/core/random.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/traffic/arrivals.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "virtual_time/frame.hpp"
#include "virtual_time/recorder.hpp"
#include "virtual_time/sale.hpp"

namespace double11::virtual_time {
namespace {

// Orders per frame: enough that handing a frame over costs nothing against working on it, few
// enough that a frame stays in the second-level cache.
constexpr double kOrdersPerFrame = 2048;

constexpr std::chrono::milliseconds kProgressEvery{200};

// How soon a worker looks again whether scenario time may go on.
constexpr std::chrono::milliseconds kHeldBack{10};

// Frames under way at once for each worker, so that nobody waits for the one in exact order.
constexpr std::size_t kFramesPerWorker = 3;

class Simulation {
 public:
  Simulation(const scenario::Scenario& scenario, const SimulateOptions& options)
      : scenario_(scenario),
        options_(options),
        arrivals_(scenario),
        sale_(scenario),
        logistics_(scenario, 1),
        timeline_(scenario.duration) {
    const double orders = arrivals_.expected();
    const double slices = static_cast<double>(arrivals_.slices());
    slices_per_frame_ = static_cast<std::uint64_t>(
        std::clamp(kOrdersPerFrame * slices / std::max(orders, 1.0), 1.0, most_slices()));
    end_slice_ = arrivals_.slices();
    for (std::size_t i = 0; i < kFramesPerWorker * options.workers + 1; ++i) {
      free_.push_back(std::make_unique<Frame>());
      // So that what a frame needs does not depend on how many orders happen to come in it.
      free_.back()->reserve(static_cast<std::size_t>(1.25 * kOrdersPerFrame));
    }
  }

  measure::RunRecord run() {
    const auto begin = std::chrono::steady_clock::now();
    if (options_.steering != nullptr) options_.steering->start();
    recorders_.reserve(options_.workers);
    recording_.resize(options_.workers);
    copied_.resize(options_.workers);
    if (options_.on_snapshot) copies_.resize(options_.workers);
    for (std::uint32_t i = 0; i < options_.workers; ++i) recorders_.emplace_back(scenario_);
    {
      std::vector<std::jthread> others;
      for (std::uint32_t i = 1; i < options_.workers; ++i) {
        others.emplace_back([this, i] { work(i); });
      }
      work(0);
    }
    if (failure_) std::rethrow_exception(failure_);
    if (options_.on_snapshot) show_snapshot();
    measure::RunRecord record(scenario_);
    sale_.add_to(record);
    record.parcels += logistics_.counts();
    record.fulfilment += logistics_.fulfilment_counts();
    for (const Recorder& recorder : recorders_) recorder.add_to(record);
    for (measure::StageLoad& stage : record.stages) stage.workers = options_.workers;
    record.runtime = measure::Runtime::virtual_time;
    record.workers = options_.workers;
    record.interrupted = interrupted_;
    record.traffic_end = arrivals_.start_of(end_slice_);
    record.timeline = std::move(timeline_);
    record.wall = std::chrono::steady_clock::now() - begin;
    return record;
  }

 private:
  using FramePointer = std::unique_ptr<Frame>;

  // A frame is no longer than what is between two looks of the timeline.
  [[nodiscard]] double most_slices() const {
    constexpr std::uint64_t kLooks = measure::Timeline::kMost;
    const std::uint64_t most = (arrivals_.slices() + kLooks - 1) / kLooks;
    return static_cast<double>(most);
  }

  // How many slices the next frame has: as many orders are expected in all frames, so that no peak
  // makes them too large for the caches. By the rate of the frame before, then by its own.
  std::uint64_t slices_of_next() {
    const std::uint64_t left = end_slice_ - next_slice_;
    for (int step = 0; arrivals_.can_expect() && step < 2; ++step) {
      const double orders = arrivals_.expected_in(next_slice_, slices_per_frame_);
      const double slices =
          static_cast<double>(slices_per_frame_) * kOrdersPerFrame / std::max(orders, 1.0);
      slices_per_frame_ = static_cast<std::uint64_t>(std::clamp(slices, 1.0, most_slices()));
    }
    return std::min(slices_per_frame_, left);
  }

  // Until everything is done: the most urgent thing that can be done now.
  void work(std::uint32_t worker) {
    traffic::ArrivalCursor cursor;
    std::unique_lock lock(mutex_);
    try {
      for (;;) {
        if (failure_ || (all_worked_through_ && worked_through_.empty())) break;
        // The sale's own data stay in one core's caches when the same worker works through it.
        const bool is_keeper = worker == 0 && can_work_through();
        if (!is_keeper && can_dispatch()) {
          dispatch_and_record(lock, worker);
        } else if (!is_keeper && can_make()) {
          make(lock, cursor);
        } else if (can_work_through()) {
          work_through(lock);
        } else if (held_back()) {
          changed_.wait_for(lock, kHeldBack);
          show();
        } else {
          changed_.wait(lock);
        }
      }
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure_) failure_ = std::current_exception();
    }
    changed_.notify_all();
  }

  // Scenario time may not have come to the next frame yet; an interruption need not wait for it.
  [[nodiscard]] bool held_back() const {
    return options_.steering != nullptr && next_slice_ < end_slice_ && !is_stopped() &&
           arrivals_.start_of(next_slice_) > options_.steering->allowed();
  }
  [[nodiscard]] bool is_stopped() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
  }

  [[nodiscard]] bool can_make() const {
    return next_slice_ < end_slice_ && !free_.empty() && !held_back();
  }

  void make(std::unique_lock<std::mutex>& lock, traffic::ArrivalCursor& cursor) {
    if (is_stopped()) {
      interrupted_ = true;
      end_slice_ = next_slice_;
      changed_.notify_all();
      return;
    }
    FramePointer frame = take(free_);
    frame->clear();
    frame->number = next_made_++;
    const std::uint64_t first = next_slice_;
    next_slice_ += slices_of_next();
    const std::uint64_t last = next_slice_;
    lock.unlock();
    arrivals_.make(first, last, cursor, frame->arrivals);
    frame->end = arrivals_.start_of(last);
    frame->payments.resize(frame->arrivals.size());
    sale_.draw_payments(frame->arrivals, frame->payments);
    lock.lock();
    made_.push_back(std::move(frame));
    changed_.notify_all();
  }

  // All arrivals there will be have been worked through.
  [[nodiscard]] bool traffic_is_over() const {
    return next_slice_ == end_slice_ && next_worked_through_ == next_made_;
  }

  // The next frame in order is there and nobody works through another.
  [[nodiscard]] bool can_work_through() const {
    if (working_through_ || all_worked_through_) return false;
    if (traffic_is_over()) return !free_.empty();
    return std::any_of(made_.begin(), made_.end(), [&](const FramePointer& frame) {
      return frame->number == next_worked_through_;
    });
  }

  void work_through(std::unique_lock<std::mutex>& lock) {
    working_through_ = true;
    const bool draining = traffic_is_over();
    FramePointer frame = draining ? take(free_) : take_next_made();
    lock.unlock();
    if (draining) {
      frame->clear();
      sale_.drain(*frame);
    } else {
      sale_.work_through(*frame);
    }
    const bool nothing_left = draining && sale_.empty();
    lock.lock();
    const bool look = !draining && timeline_.wants(frame->end);
    if (look || options_.on_snapshot) sale_.look(standing_);
    if (look) {
      timeline_.add({.at = frame->end,
                     .queue = standing_.queue,
                     .servers_busy = standing_.servers_busy,
                     .in_flight = sale_.in_flight()});
    }
    working_through_ = false;
    if (!draining) ++next_worked_through_;
    all_worked_through_ = nothing_left;
    worked_through_.push_back(std::move(frame));
    changed_.notify_all();
    show();
  }

  // One after the other, in the order in which they were worked through.
  [[nodiscard]] bool can_dispatch() const { return !dispatching_ && !worked_through_.empty(); }

  void dispatch_and_record(std::unique_lock<std::mutex>& lock, std::uint32_t worker) {
    dispatching_ = true;
    FramePointer frame = take(worked_through_);
    lock.unlock();
    dispatch(*frame);
    lock.lock();
    dispatching_ = false;
    recording_[worker] = true;
    changed_.notify_all();
    lock.unlock();
    recorders_[worker].record(*frame);
    lock.lock();
    recording_[worker] = false;
    recorded_until_ = std::max(recorded_until_, frame->end);
    show();
    free_.push_back(std::move(frame));
    changed_.notify_all();
  }

  void dispatch(Frame& frame) {
    for (std::size_t i = 0; i < frame.ended.size(); ++i) {
      if (frame.outcomes[i] == Outcome::dispatched) {
        frame.parcels.push_back(logistics_.dispatch(frame.ended[i]));
      }
    }
  }

  void show() {
    const auto now = std::chrono::steady_clock::now();
    if (!options_.on_snapshot || now - shown_at_ < kProgressEvery) return;
    if (show_snapshot()) shown_at_ = now;
  }

  // What all recorders have; those that are at work are asked when they have ended their frame, so
  // no copy of this snapshot is older than one of the snapshot before. False while some are
  // missing.
  bool show_snapshot() {
    bool all = true;
    for (std::size_t i = 0; i < recorders_.size(); ++i) {
      if (copied_[i]) continue;
      copied_[i] = !recording_[i];
      if (copied_[i]) recorders_[i].look(copies_[i]);
      all = all && copied_[i];
    }
    if (!all) return false;
    copied_.assign(copied_.size(), false);
    measure::Snapshot sum = standing_;
    for (const measure::Snapshot& copy : copies_) sum += copy;
    sum.scenario_now = recorded_until_;
    sum.wall = std::chrono::steady_clock::now() - began_at_;
    options_.on_snapshot(sum);
    return true;
  }

  static FramePointer take(std::deque<FramePointer>& from) {
    FramePointer frame = std::move(from.front());
    from.pop_front();
    return frame;
  }

  FramePointer take_next_made() {
    const auto at = std::find_if(made_.begin(), made_.end(), [&](const FramePointer& frame) {
      return frame->number == next_worked_through_;
    });
    FramePointer frame = std::move(*at);
    made_.erase(at);
    return frame;
  }

  const scenario::Scenario& scenario_;
  const SimulateOptions& options_;
  traffic::Arrivals arrivals_;
  Sale sale_;
  alignas(128) stages::Logistics logistics_;  // beside the sale, often on another core
  alignas(128) std::vector<Recorder> recorders_;

  std::mutex mutex_;  // for all that follows; taken a few times per frame
  std::condition_variable changed_;
  std::uint64_t slices_per_frame_ = 1;
  std::uint64_t next_slice_ = 0;  // of the next frame
  std::uint64_t end_slice_ = 0;   // of the traffic; earlier when it is interrupted
  std::uint64_t next_made_ = 0;
  std::uint64_t next_worked_through_ = 0;
  bool working_through_ = false;
  bool dispatching_ = false;
  bool all_worked_through_ = false;
  bool interrupted_ = false;
  std::deque<FramePointer> free_;
  std::deque<FramePointer> made_;
  std::deque<FramePointer> worked_through_;
  Instant recorded_until_;  // what happened before it
  measure::Timeline timeline_;
  measure::Snapshot standing_;  // queues, servers and money, as the sale last told
  // For those who look on, by worker: at a frame now; copied for the next snapshot; the copy.
  std::vector<bool> recording_;
  std::vector<bool> copied_;
  std::vector<measure::Snapshot> copies_;
  std::chrono::steady_clock::time_point began_at_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point shown_at_ = std::chrono::steady_clock::now();
  std::exception_ptr failure_;
};

}  // namespace

scenario::Scenario replication_of(scenario::Scenario scenario, std::int64_t number) {
  if (number > 0) {
    const auto seed = static_cast<std::uint64_t>(scenario.seed);
    scenario.seed =
        static_cast<std::int64_t>(mix(seed ^ mix(static_cast<std::uint64_t>(number))) >> 1U);
  }
  return scenario;
}

measure::RunRecord simulate(const scenario::Scenario& scenario, const SimulateOptions& options) {
  return Simulation(scenario, options).run();
}

}  // namespace double11::virtual_time
