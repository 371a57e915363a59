#include "stress/rehearsal.hpp"

#include <double11/live/clock.hpp>
#include <double11/live/pipeline.hpp>

#include <functional>
#include <utility>
#include <vector>

namespace double11::stress {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// Once in how many looks at the clock a worker is put aside. A turn looks some ten times.
constexpr std::uint64_t kAsideIn = 40;

// A clock that stands still until it is moved, and tells who looks at it.
class WatchedClock final : public live::Clock {
 public:
  explicit WatchedClock(std::function<void()> on_look) : on_look_(std::move(on_look)) {}
  [[nodiscard]] Instant now() const override {
    on_look_();
    return now_;
  }
  void advance(Duration by) { now_ += by; }
  [[nodiscard]] Instant reading() const { return now_; }

 private:
  std::function<void()> on_look_;
  Instant now_;
};

class Rehearsal {
 public:
  Rehearsal(const Trial& trial, const scenario::Scenario& scenario, live::Canary canary)
      : trial_(trial),
        dice_(trial.seed + 1),
        schedule_(trial.family, trial.workers, trial.wild_turns, trial.seed + 2),
        clock_([this] { looked(); }),
        pipeline_(scenario, {trial.workers, trial.real ? &clock_ : nullptr, canary, trial.batch}),
        turning_(trial.workers, false),
        result_(scenario) {}

  Rehearsed carry_out() {
    live::RunState& state = pipeline_.state();
    for (std::uint64_t i = 0; i < trial_.wild_turns && !state.over(); ++i) {
      if (trial_.real) move_clock();
      schedule_.turned(turn(schedule_.next()));
    }
    while (!state.over() && result_.rounds < kRoundLimit) {
      ++result_.rounds;
      if (trial_.real) clock_.advance(microseconds(50 + 50 * dice_.below(40)));
      for (std::uint32_t worker = 0; worker < trial_.workers && !state.over(); ++worker) {
        turn(worker);
      }
    }
    result_.ended = state.over();
    result_.clock_end = clock_.reading();
    if (result_.ended) {
      result_.record = pipeline_.record();
      result_.record.interrupted = result_.stopped;
    } else {
      state.ask_for_snapshot();
      for (std::uint32_t worker = 0; worker < trial_.workers; ++worker) turn(worker);
      result_.last = state.snapshot().value_or(measure::Snapshot{});
    }
    return std::move(result_);
  }

 private:
  bool turn(std::uint32_t worker) {
    live::RunState& state = pipeline_.state();
    if (result_.turns++ == trial_.stop_at && !state.over()) {
      if (const auto seen = state.snapshot()) result_.in_flight_at_stop = seen->in_flight();
      result_.stopped = true;
      state.request_stop();
    }
    // One worker answers at the end of the turn that now begins.
    if (result_.turns == trial_.stop_at) state.ask_for_snapshot();
    turning_[worker] = true;
    ++depth_;
    const bool worked = pipeline_.turn(worker);
    --depth_;
    turning_[worker] = false;
    return worked;
  }

  // After a stop the clock may as well stand still: nothing waits for it any more.
  void move_clock() {
    if (result_.stopped && trial_.seed % 2 == 0) return;
    if (dice_.once_in(trial_.stall_in)) {
      ++result_.stalls;
      clock_.advance(milliseconds(1 + dice_.below(std::uint64_t{1} << dice_.below(9))));
    } else {
      clock_.advance(microseconds(dice_.below(200)));
    }
  }

  // A worker looks at the clock in the middle of its turn. It may lose its core right there, while
  // others take whole turns; they are put aside in turn, until nobody is left.
  void looked() {
    if (!trial_.put_aside || depth_ == 0 || depth_ >= trial_.workers) return;
    if (!dice_.once_in(kAsideIn)) return;
    for (std::uint64_t turns = 1 + dice_.below(6); turns > 0; --turns) {
      const auto worker = static_cast<std::uint32_t>(dice_.below(trial_.workers));
      if (turning_[worker]) continue;
      ++result_.nested;
      move_clock();
      turn(worker);
    }
  }

  const Trial& trial_;
  Dice dice_;
  Schedule schedule_;
  WatchedClock clock_;
  live::Pipeline pipeline_;
  std::vector<bool> turning_;  // by worker: in the middle of a turn
  std::uint32_t depth_ = 0;    // how many are
  Rehearsed result_;
};

}  // namespace

Rehearsed rehearse(const Trial& trial, const scenario::Scenario& scenario, live::Canary canary) {
  return Rehearsal(trial, scenario, canary).carry_out();
}

}  // namespace double11::stress
