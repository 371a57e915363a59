#include "cli/capacity_network.hpp"

#include <double11/core/time.hpp>
#include <double11/core/units.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/traffic/rate_curve.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "cli/progress_line.hpp"
#include "report/text_parts.hpp"

namespace double11::cli {
namespace {

using study::Answer;
using Clock = std::chrono::steady_clock;

// A trial that takes longer shows how far it is.
constexpr std::chrono::seconds kShowAfter{5};

// A smaller share of the jobs is not worth a warning.
constexpr double kFew = 0.001;

// Thresholds on such metrics ask for jobs that are served.
constexpr std::array<std::string_view, 3> kAskForJobs{"completed.share", "lost.share",
                                                      "abandoned.share"};

// A network that completes no job is INVALID wherever it is simulated: that does not pass.
Answer answer_of_network(report::Status status) {
  switch (status) {
    case report::Status::pass:
      return Answer::pass;
    case report::Status::interrupted:
      return Answer::stopped;
    default:
      return Answer::fail;
  }
}

bool asks_for_jobs(const std::string& expression) {
  const std::string name = expression.substr(0, expression.find_first_of("<>=!"));
  return std::any_of(kAskForJobs.begin(), kAskForJobs.end(), [&](std::string_view metric) {
    return name.find(metric) != std::string::npos;
  });
}

const NetworkTrial& jobs_of(const Rung& rung) {
  return *rung.trials.front()->network;
}

bool is_refused(const Rung& rung) {
  return rung.trials.front()->answer == Answer::refused;
}

// The station's name as far as there is room.
std::string busiest_text(const NetworkTrial& trial) {
  constexpr std::size_t kRoom = 20;
  const std::string name =
      trial.busiest.size() <= kRoom ? trial.busiest : trial.busiest.substr(0, kRoom - 1) + "~";
  return fmt::format("{:>10}  {}", report::percent(trial.busy_share, 1), name);
}

}  // namespace

void try_network(const scenario::Scenario& network, std::uint64_t replication,
                 const std::atomic<bool>& stop, bool quiet, TrialRecord& trial) {
  const auto began_at = Clock::now();
  const Duration end =
      network.simulate.until > Duration(0) ? network.simulate.until : network.duration;
  ProgressLine line(end, ProgressLine::About::time_left);
  virtual_time::NetworkOptions options;
  options.stop = [&stop] { return stop.load(std::memory_order_relaxed); };
  options.on_progress = [&](Duration now) {
    if (!quiet && Clock::now() - began_at >= kShowAfter) line.show({0, 0, 0, Instant(now)});
  };
  const auto record = virtual_time::simulate_network(network, replication, options);
  trial.wall_s = seconds_of(Clock::now() - began_at);
  trial.seed = network.seed;
  trial.verdict = report::judge(network, record);
  trial.answer = answer_of_network(trial.verdict.status);
  if (trial.answer == Answer::stopped || !record.has_figures()) return;
  trial.bottleneck = report::find_bottleneck(network, record);
  trial.offered_per_s = static_cast<double>(record.flow.entered) / seconds_of(record.end);
  if (network.network.population == 0 && network.network.trace.empty()) {
    trial.curve_per_s = traffic::RateCurve(network.traffic).peak_per_s(Instant(network.duration));
  }
  for (std::size_t i = 0; i < kLadderShares.size(); ++i) {
    trial.latency_ns[i] = record.sojourn.histogram.quantile(kLadderShares[i]);
  }
  const report::Busiest busiest = report::busiest_of(network, record);
  trial.network = {static_cast<double>(record.completions) / record.observed_s(),
                   report::ended_of(record), record.stations[busiest.station].name, busiest.share};
}

std::string jobs_part(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  std::string text = fmt::format("\n{:>16}{:>12}{:>12}{:>12}{:>10}  busiest\n", "Jobs", "completed",
                                 "lost", "gave up", "busy");
  for (const Rung& rung : ladder) {
    if (is_refused(rung)) continue;
    const NetworkTrial& trial = jobs_of(rung);
    text += fmt::format("{:>16}", study.key.text(rung.value));
    for (const double share : {trial.ended.completed, trial.ended.lost, trial.ended.abandoned}) {
      text += fmt::format("{:>12}", share > 0 ? report::percent(share, 1) : "-");
    }
    text += busiest_text(trial) + "\n";
  }
  return text;
}

std::string network_warning_of(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const Rung* const limit = rung_at(ladder, study.found.passes);
  bool some_are_out = false;
  for (const Rung& rung : ladder) {
    if (is_refused(rung)) continue;
    const auto& checks = rung.trials.front()->verdict.checks;
    if (std::any_of(checks.begin(), checks.end(),
                    [](const report::Check& one) { return asks_for_jobs(one.expression); })) {
      return "";
    }
    const report::Ended& ended = jobs_of(rung).ended;
    if (limit == nullptr || limit == &rung) some_are_out |= ended.lost + ended.abandoned > kFew;
  }
  if (!some_are_out) return "";
  const std::string measured =
      limit == nullptr ? std::string()
                       : fmt::format(" At {} {} are completed.", study.key.text(limit->value),
                                     report::percent(jobs_of(*limit).ended.completed, 1));
  return "No threshold asks for a share of the jobs, so those that are lost or give up count for "
         "nothing." +
         measured + " To ask: --only \"completed.share >= 99%\".";
}

}  // namespace double11::cli
