#include "cli/capacity_trials.hpp"

#include <double11/core/units.hpp>
#include <double11/live/run.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/traffic/rate_curve.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "cli/capacity_network.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"

namespace double11::cli {
namespace {

using study::Answer;
using OnSnapshot = std::function<void(const measure::Snapshot&)>;

constexpr std::chrono::seconds kLong{10};

Answer answer_of(report::Status status) {
  switch (status) {
    case report::Status::pass:
      return Answer::pass;
    case report::Status::interrupted:
      return Answer::stopped;
    case report::Status::invalid:
      return Answer::invalid;
    default:
      return Answer::fail;
  }
}

measure::RunRecord perform(const scenario::Scenario& scenario, Mode mode,
                           const std::atomic<bool>& stop, OnSnapshot on_snapshot) {
  if (mode == Mode::run) {
    return live::run(scenario, {.on_snapshot = std::move(on_snapshot), .stop = &stop});
  }
  virtual_time::SimulateOptions options;
  options.workers = live::workers_of(scenario);
  options.on_snapshot = std::move(on_snapshot);
  options.stop = &stop;
  return virtual_time::simulate(scenario, options);
}

// How far a trial is, once it has taken some time; short ones have their line at the end.
OnSnapshot show_when_long(Duration duration) {
  const auto line = std::make_shared<ProgressLine>(duration, ProgressLine::About::time_left);
  return [line](const measure::Snapshot& snapshot) {
    if (snapshot.wall < kLong) return;
    const std::int64_t offered = snapshot.funnel[index_of(Funnel::offered)];
    line->show({offered, offered - snapshot.in_flight(),
                snapshot.outcomes[index_of(Outcome::dispatched)], snapshot.scenario_now});
  };
}

}  // namespace

std::string what_broke(const TrialRecord& trial) {
  if (trial.answer == Answer::refused) return "refused: " + trial.refusal;
  if (trial.verdict.status == report::Status::violated) return "the audit found laws broken";
  if (!trial.verdict.doubts.empty()) return trial.verdict.doubts.front();
  std::string text;
  for (const report::Check& check : trial.verdict.checks) {
    if (check.holds) continue;
    text += fmt::format("{}{} (measured {})", text.empty() ? "" : ", ", check.expression,
                        check.measured);
  }
  return text;
}

Answer CapacityTrials::operator()(double value, std::int64_t seed_number) {
  if (interrupt_.requested().load()) return Answer::stopped;
  std::vector<std::string> overrides = options_.more;
  overrides.push_back(key_.setting(value));
  const scenario::Loaded loaded = scenario_.load_with(overrides);
  TrialRecord trial;
  trial.value = value;
  trial.seed_number = seed_number;
  trial.is_again = std::any_of(done_.begin(), done_.end(), [&](const TrialRecord& one) {
    return one.value == value && one.seed_number == seed_number;
  });
  if (!loaded.scenario) {
    trial.answer = Answer::refused;
    trial.refusal = scenario::text_of(loaded.problems.front());
  } else if (is_network(*loaded.scenario)) {
    try_network(scenario::scaled(*loaded.scenario), static_cast<std::uint64_t>(seed_number),
                interrupt_.requested(), options_.quiet, trial);
  } else {
    carry_out(virtual_time::replication_of(scenario::scaled(*loaded.scenario), seed_number), trial);
  }
  if (trial.answer == Answer::stopped) return trial.answer;
  done_.push_back(std::move(trial));
  tell(done_.back());
  return done_.back().answer;
}

void CapacityTrials::carry_out(const scenario::Scenario& scenario, TrialRecord& trial) const {
  const auto began_at = std::chrono::steady_clock::now();
  const measure::RunRecord record =
      perform(scenario, options_.mode, interrupt_.requested(),
              options_.quiet ? nullptr : show_when_long(scenario.duration));
  trial.wall_s = seconds_of(std::chrono::steady_clock::now() - began_at);
  const report::Result result = report::conclude(scenario, record);
  trial.seed = scenario.seed;
  trial.verdict = result.verdict;
  trial.bottleneck = result.bottleneck;
  trial.machine_late = record.runtime == measure::Runtime::pace_real &&
                       result.verdict.status == report::Status::invalid &&
                       record.books.arrivals().count > 0;
  trial.answer = answer_of(result.verdict.status);
  trial.offered_per_s = report::peak_rate(Funnel::offered, record);
  trial.machine_per_s = report::machine_rate(Funnel::dispatched, record);
  if (scenario.traffic.replay.empty()) {
    trial.curve_per_s = traffic::RateCurve(scenario.traffic).peak_per_s(Instant(scenario.duration));
  }
  for (std::size_t i = 0; i < kLadderShares.size(); ++i) {
    trial.latency_ns[i] = record.latency[index_of(Funnel::dispatched)].quantile(kLadderShares[i]);
  }
  const auto arrivals = static_cast<double>(record.books.arrivals().count);
  for (const Outcome outcome : kAllOutcomes) {
    const auto count = static_cast<double>(record.books.outcomes(outcome).count);
    trial.shares[index_of(outcome)] = arrivals > 0 ? count / arrivals : 0;
  }
}

void CapacityTrials::tell(const TrialRecord& trial) const {
  if (options_.quiet) return;
  // On the clock each trial is a run of its own whatever the seed.
  const std::string other = trial.seed_number == 0
                                ? ""
                                : fmt::format(" {} {}", options_.mode == Mode::run ? "run" : "seed",
                                              trial.seed_number + 1);
  const std::string word = trial.answer == Answer::refused
                               ? std::string("refused")
                               : std::string(report::name_of(trial.verdict.status));
  const std::string broke = trial.answer == Answer::pass ? "" : "  " + what_broke(trial);
  say(fmt::format("trial {}: {}{}{}  {}{}  {:.1f} s\n", done_.size(), key_.setting(trial.value),
                  other, trial.is_again ? " again" : "", word, broke, trial.wall_s));
}

}  // namespace double11::cli
