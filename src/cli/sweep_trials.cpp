#include "cli/sweep_trials.hpp"

#include <double11/core/units.hpp>
#include <double11/live/run.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/sweep_network.hpp"

namespace double11::cli {
namespace {

using Clock = std::chrono::steady_clock;

measure::RunRecord record_of(const scenario::Scenario& scenario, bool is_run,
                             const Interrupt& interrupt) {
  if (is_run) {
    live::RunOptions options;
    options.stop = &interrupt.requested();
    return live::run(scenario, options);
  }
  virtual_time::SimulateOptions options;
  options.workers = live::workers_of(scenario);
  options.stop = &interrupt.requested();
  return virtual_time::simulate(scenario, options);
}

// Where a smaller share of the orders found no room, more capacity would have taken no more.
constexpr double kSated = 0.01;

// At pace max orders come as fast as they are taken.
bool is_sated(const scenario::Scenario& scenario, const measure::RunRecord& record,
              const report::Audit& audit) {
  if (record.runtime == measure::Runtime::pace_max) return false;
  double lost = 0;
  for (const char* const outcome : {"shed", "expired", "abandoned"}) {
    const auto* const metric = scenario::find_metric(fmt::format("outcome.{}.share", outcome));
    lost += report::value_of(*metric, scenario, record, audit);
  }
  return lost < kSated;
}

// One trial; nothing when it was interrupted.
std::optional<study::SweepTrial> trial_of(const SweepPlan& plan, std::size_t row, std::size_t round,
                                          const Interrupt& interrupt) {
  const scenario::Scenario& whole = plan.scenarios[row];
  if (is_network(whole)) {
    return network_trial(scenario::scaled(whole), round, plan.result.metrics,
                         interrupt.requested());
  }
  // On the clock every run is another one by itself.
  const scenario::Scenario own = virtual_time::replication_of(
      scenario::scaled(whole), plan.is_run ? 0 : static_cast<std::int64_t>(round));
  const measure::RunRecord record = record_of(own, plan.is_run, interrupt);
  if (record.interrupted) return std::nullopt;
  const report::Result result = report::conclude(own, record);
  const report::Status status = result.verdict.status;
  study::SweepTrial trial{std::string(report::name_of(status)),
                          status == report::Status::pass || status == report::Status::missed,
                          {},
                          is_sated(own, record, result.audit)};
  for (const scenario::Metric& metric : plan.result.metrics) {
    trial.values.push_back(report::value_of(metric, own, record, result.audit));
  }
  return trial;
}

// "round 1 of 3, 2 of 5  payment.servers=2k  paid.rate.mean 25k/s  PASS  (about 12s left)".
std::string line_of(const study::SweepResult& result, std::size_t row, std::size_t round,
                    std::size_t number, Duration left) {
  const study::SweepTrial& trial = result.rows[row].trials.back();
  return fmt::format(
      "round {} of {}, {} of {}  {}  {} {}  {}{}\n", round + 1, result.rounds, number,
      result.rows.size(), study::label_of(result, result.rows[row].combination),
      result.metrics.front().name,
      scenario::text_of(result.metrics.front().unit, trial.values.front()), trial.verdict,
      left.count() > 0 ? fmt::format("  (about {} left)", short_duration(left)) : std::string());
}

}  // namespace

void run_trials(SweepPlan& plan, const Interrupt& interrupt, bool quiet) {
  study::SweepResult& result = plan.result;
  const std::size_t combinations = result.rows.size();
  const auto begin = Clock::now();
  std::size_t done = 0;
  for (std::size_t round = 0; round < result.rounds; ++round) {
    std::size_t number = 0;
    for (const std::size_t row : study::order_of_round(combinations, round, result.rounds)) {
      std::optional<study::SweepTrial> trial;
      if (!interrupt.requested()) trial = trial_of(plan, row, round, interrupt);
      if (!trial) {
        result.interrupted = true;
        return;
      }
      result.rows[row].trials.push_back(*std::move(trial));
      ++done;
      const auto left = (Clock::now() - begin) / done * (combinations * result.rounds - done);
      // Whole seconds: it is a guess.
      const auto seconds = std::chrono::round<std::chrono::seconds>(left);
      if (!quiet) say(line_of(result, row, round, ++number, seconds));
    }
  }
}

}  // namespace double11::cli
