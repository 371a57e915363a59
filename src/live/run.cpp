#include <double11/core/cores.hpp>
#include <double11/live/backoff.hpp>
#include <double11/live/clock.hpp>
#include <double11/live/pipeline.hpp>
#include <double11/live/run.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace double11::live {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds kLookEvery{100};
constexpr std::uint64_t kLooksPerShow = 2;

// A thread's life: turns until the run is over. What goes wrong (memory) ends the run for all.
void turn_until_over(Pipeline& pipeline, std::uint32_t worker, bool crowded) {
  make_sleep_precise();
  Backoff backoff(crowded);
  while (!pipeline.state().over()) {
    if (pipeline.turn(worker)) {
      backoff.reset();
    } else {
      backoff.wait();
    }
  }
}

// The threads of a run. The last one to leave tells the desk.
class Crew {
 public:
  Crew(Pipeline& pipeline, std::uint32_t workers, std::function<void()> on_last)
      : pipeline_(pipeline), working_(workers), on_last_(std::move(on_last)) {
    const bool crowded = workers > usable_cores();
    try {
      for (std::uint32_t worker = 0; worker < workers; ++worker) {
        threads_.emplace_back([this, worker, crowded] { work(worker, crowded); });
      }
    } catch (...) {
      pipeline_.state().give_up();  // or those that did start would wait for the others for ever
      throw;
    }
  }

  /// Waits for all; throws what a worker threw.
  void join() {
    threads_.clear();
    if (failure_) std::rethrow_exception(failure_);
  }

  [[nodiscard]] std::chrono::steady_clock::time_point end() const { return end_; }

 private:
  void work(std::uint32_t worker, bool crowded) {
    try {
      turn_until_over(pipeline_, worker, crowded);
    } catch (...) {
      if (!failed_.exchange(true)) failure_ = std::current_exception();
      pipeline_.state().give_up();
    }
    if (working_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      end_ = std::chrono::steady_clock::now();
      on_last_();
    }
  }

  Pipeline& pipeline_;
  std::atomic<std::uint32_t> working_;
  std::function<void()> on_last_;
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  std::chrono::steady_clock::time_point end_;
  std::vector<std::jthread> threads_;  // last, so that they end before what they use
};

// Who looks on and who wishes to stop, while the workers work; wait() returns when `done` is
// posted.
class Desk {
 public:
  Desk(Pipeline& pipeline, const RunOptions& options, const Clock* clock, Duration duration)
      : pipeline_(pipeline),
        options_(options),
        clock_(clock),
        end_(duration),
        timeline_(duration),
        timer_(context_) {
    tick();
  }

  void wait() { context_.run(); }

  void done() {
    asio::post(context_, [this] {
      timer_.cancel();
      finished_ = true;
      open_.reset();
    });
  }

  /// After the workers have left.
  void show_last() {
    if (!options_.on_snapshot) return;
    measure::Snapshot last = pipeline_.snapshot();
    last.scenario_now = interrupted_ ? scenario_now() : end_;
    last.wall = std::chrono::steady_clock::now() - began_at_;
    options_.on_snapshot(last);
  }

  [[nodiscard]] bool interrupted() const { return interrupted_; }
  [[nodiscard]] measure::Timeline& timeline() { return timeline_; }

 private:
  void tick() {
    timer_.expires_after(kLookEvery);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error || finished_) return;
      look();
      if (options_.stop != nullptr && !interrupted_ && *options_.stop) {
        interrupted_ = true;
        pipeline_.state().request_stop();
      }
      tick();
    });
  }

  // The answer to the question before, and the next question.
  void look() {
    if (asked_) {
      std::optional<measure::Snapshot> snapshot = pipeline_.state().snapshot();
      if (!snapshot) return;
      snapshot->scenario_now = *asked_;
      snapshot->wall = asked_at_ - began_at_;
      timeline_.add(*snapshot);
      if (options_.on_snapshot && ++looks_ % kLooksPerShow == 0) options_.on_snapshot(*snapshot);
    }
    asked_ = scenario_now();
    asked_at_ = std::chrono::steady_clock::now();
    pipeline_.state().ask_for_snapshot();
  }

  // What is left after the end of the traffic takes no scenario time worth showing.
  [[nodiscard]] Instant scenario_now() const {
    return std::min(clock_ != nullptr ? clock_->now() : pipeline_.state().frontier(), end_);
  }

  Pipeline& pipeline_;
  const RunOptions& options_;
  const Clock* clock_;
  Instant end_;  // of the traffic
  measure::Timeline timeline_;
  std::chrono::steady_clock::time_point began_at_ = std::chrono::steady_clock::now();
  std::optional<Instant> asked_;  // scenario time when the workers were asked
  std::chrono::steady_clock::time_point asked_at_;
  std::uint64_t looks_ = 0;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> open_ =
      asio::make_work_guard(context_);
  asio::steady_timer timer_;
  bool interrupted_ = false;
  bool finished_ = false;
};

// Below it several workers spend more time waiting for each other than working.
constexpr double kWorthSharingPerS = 10'000;

}  // namespace

std::uint32_t workers_of(const scenario::Scenario& scenario) {
  if (scenario.run.workers > 0) return static_cast<std::uint32_t>(scenario.run.workers);
  return std::min(usable_cores(), 256U);
}

std::uint32_t pipeline_workers_of(const scenario::Scenario& scenario) {
  const bool chosen =
      scenario.run.workers > 0 || scenario.run.placement == scenario::Placement::staged;
  if (chosen || scenario.run.pace == scenario::Pace::real) return workers_of(scenario);
  const double mean_per_s = traffic::Arrivals(scenario).expected() / seconds_of(scenario.duration);
  return has_door(scenario) || mean_per_s < kWorthSharingPerS ? 1 : workers_of(scenario);
}

measure::RunRecord run(const scenario::Scenario& scenario, const RunOptions& options) {
  const std::uint32_t workers = pipeline_workers_of(scenario);
  WallClock wall_clock;
  std::optional<SteeredClock> steered_clock;
  if (options.steering != nullptr) steered_clock.emplace(*options.steering);
  const Clock* const clock =
      steered_clock ? static_cast<const Clock*>(&*steered_clock) : &wall_clock;
  const bool is_real = scenario.run.pace == scenario::Pace::real;
  const Clock* const paced = is_real ? clock : nullptr;
  Pipeline pipeline(scenario, {.workers = workers,
                               .clock = paced,
                               .canary = options.canary,
                               .steering = is_real ? nullptr : options.steering});
  Desk desk(pipeline, options, paced, scenario.duration);

  const auto begin = std::chrono::steady_clock::now();
  wall_clock.start();
  if (options.steering != nullptr) options.steering->start();
  Crew crew(pipeline, workers, [&] { desk.done(); });
  desk.wait();
  crew.join();
  desk.show_last();
  measure::RunRecord record = pipeline.record();
  record.wall = crew.end() - begin;
  record.interrupted = desk.interrupted();
  record.steered = options.steering != nullptr && options.steering->was_touched();
  record.timeline = std::move(desk.timeline());
  return record;
}

}  // namespace double11::live
