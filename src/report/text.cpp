// The report for people.
#include <double11/core/units.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>
#include <double11/report/shell_word.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// One unit for a whole table of durations, so that columns compare at a glance.
struct TimeUnit {
  std::string_view name;
  double ns;
};

TimeUnit unit_for(std::int64_t typical_ns) {
  if (typical_ns >= 10'000'000'000) return {"s", 1e9};
  if (typical_ns >= 1'000'000) return {"ms", 1e6};
  return {"us", 1e3};
}

std::string in_unit(std::int64_t ns, const TimeUnit& unit) {
  const double value = static_cast<double>(ns) / unit.ns;
  const int decimals = value == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}", value, decimals);
}

}  // namespace

std::string headline(const Result& result, bool color) {
  const Verdict& verdict = result.verdict;
  const std::string_view paint = verdict.status == Status::pass ? "\x1b[1;32m" : "\x1b[1;31m";
  std::string text =
      fmt::format("{}{}{}", color ? paint : "", name_of(verdict.status), color ? "\x1b[0m" : "");
  text += wrapped(fmt::format("  {}", result.scenario.name), "  ");
  if (!result.scenario.title.empty()) text += wrapped(result.scenario.title, "");
  text += scale_part(result);
  text += checks_part(verdict);
  for (const Law& law : result.audit.laws) {
    if (law.violations != 0) {
      text += wrapped(fmt::format("  BROKEN {}: {}", law.name, law.offender), "         ");
    }
  }
  for (const std::string& doubt : verdict.doubts) {
    text += wrapped("  DOUBT  " + doubt, "         ");
  }
  if (verdict.status == Status::interrupted) {
    text += "  The run was interrupted; the figures cover what had arrived until then.\n";
  }
  return text;
}

namespace {

std::string blame_part(const Result& result) {
  const Bottleneck& blame = result.bottleneck;
  return "\n" + wrapped(fmt::format("First to give way: {}: {}. To move it: --set {}", blame.blamed,
                                    blame.reason, shell_word(blame.setting)),
                        "  ");
}

std::string funnel_part(const Result& result) {
  const auto counts = funnel_of(result.record);
  const auto offered = static_cast<double>(counts[0]);
  std::string text = fmt::format("\n{:<12}{:>16}{:>12}{:>13}{:>13}{:>13}\n", "Funnel", "orders",
                                 "of offered", "best second", "mean", "this machine");
  for (const Funnel step : kFunnel) {
    const std::int64_t count = counts[index_of(step)];
    text += fmt::format("  {:<10}{:>16}{:>12}{:>13}{:>13}{:>13}\n", name_of(step), grouped(count),
                        percent(static_cast<double>(count), offered),
                        short_rate(peak_rate(step, result.record)),
                        short_rate(mean_rate(step, result.scenario, result.record)),
                        short_rate(machine_rate(step, result.record)));
  }
  std::string losses;
  for (const Outcome outcome : kAllOutcomes) {
    const std::int64_t count = result.record.books.outcomes(outcome).count;
    if (outcome == Outcome::dispatched || count == 0) continue;
    losses += fmt::format(" {} {} ({}),", name_of(outcome), grouped(count),
                          percent(static_cast<double>(count), offered));
  }
  if (losses.empty()) losses = " none,";
  losses.pop_back();
  text += wrapped("  lost on the way:" + losses, "    ");
  if (result.scenario.payment.attempts > 1) {
    const measure::PaymentCounts& payments = result.record.payments;
    text += fmt::format("  payments tried again: {}; their late successes returned: {}\n",
                        grouped(payments.repeated), grouped(payments.superseded));
  }
  return text;
}

// Rates of the step the target counts, one figure per interval; long runs show the best of each
// group of intervals.
std::string seconds_part(const Result& result) {
  const auto& series = result.record.series;
  const Funnel step = result.scenario.target.of;
  const auto traffic_rows =
      static_cast<std::size_t>(result.record.traffic_end.time_since_epoch() / series.interval());
  // What is later than the traffic is no part of the picture unless there is something.
  const std::size_t whole = std::max(traffic_rows, series.rows_with(step));
  if (whole == 0) return "";
  constexpr std::size_t kColumns = 10;
  constexpr std::size_t kCells = 60;
  const std::size_t group = (whole + kCells - 1) / kCells;
  const double per_s = 1.0 / seconds_of(series.interval());
  const double target = result.scenario.target.rate_per_s;
  std::size_t reached = 0;
  std::string rows;
  for (std::size_t first = 0; first < whole; first += group) {
    double best = 0;
    for (std::size_t i = first; i < std::min(first + group, whole); ++i) {
      const double rate = series.rows()[i][index_of(step)] * per_s;
      best = std::max(best, rate);
      if (target > 0 && rate >= target) ++reached;
    }
    if (first / group % kColumns == 0) {
      if (!rows.empty()) rows += '\n';
      rows += fmt::format("{:>7}",
                          text_of_duration(series.interval() * static_cast<std::int64_t>(first)));
    } else if (rows.back() != '*') {
      rows += ' ';  // where the mark of the cell before would stand
    }
    std::string cell = short_rate(best);
    cell.resize(cell.size() - 2);
    rows += fmt::format("{:>6}{}", cell, target > 0 && best >= target ? "*" : "");
  }
  std::string text = fmt::format(
      "{}/s by scenario time, {} of every {}", name_of(step), group == 1 ? "count" : "best",
      text_of_duration(series.interval() * static_cast<std::int64_t>(group)));
  if (target > 0) {
    text += fmt::format(" (* {} or more: {} of {})", short_rate(target), reached, whole);
  }
  if (whole > traffic_rows + 1) {
    text += fmt::format("; the traffic ended after {}",
                        text_of_duration(result.record.traffic_end.time_since_epoch()));
  }
  return "\n" + wrapped(text, "  ") + rows + "\n";
}

std::string latency_part(const Result& result) {
  const auto& latency = result.record.latency;
  const TimeUnit unit = unit_for(latency[index_of(Funnel::dispatched)].quantile(0.5));
  std::string text = fmt::format("\nLatency from planned arrival, {:<10}", unit.name);
  for (const char* const column : {"p50", "p90", "p99", "p99.9", "max"}) {
    text += fmt::format("{:>8}", column);
  }
  text += "\n";
  for (const Funnel step : kFunnel) {
    const auto& histogram = latency[index_of(step)];
    if (step == Funnel::offered || histogram.count() == 0) continue;
    text += fmt::format("  {:<38}", name_of(step));
    for (const double share : {0.5, 0.9, 0.99, 0.999}) {
      text += fmt::format("{:>8}", in_unit(histogram.quantile(share), unit));
    }
    text += fmt::format("{:>8}\n", in_unit(histogram.max(), unit));
  }
  if (result.record.runtime == measure::Runtime::pace_max) {
    text += "  (scenario time: modelled waits only; --pace real measures the machine as well)\n";
  }
  return text;
}

// What became of each kind of buyers, and how long the dispatched ones took.
std::string segment_part(const Result& result) {
  const auto& segments = result.record.books.by_segment();
  if (segments.empty()) return "";
  std::string text = fmt::format("\n{:<22}{:>12}{:>12}{:>12}{:>10}{:>10}\n", "Segments", "offered",
                                 "dispatched", "lost", "p50", "p99");
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const measure::SegmentBooks& segment = segments[i];
    const std::int64_t dispatched = segment.outcomes[index_of(Outcome::dispatched)];
    text += fmt::format("  {:<20.20}{:>12}{:>12}{:>12}{:>10}{:>10}\n",
                        result.scenario.traffic.segments[i].name, grouped(segment.arrivals),
                        grouped(dispatched), grouped(segment.arrivals - dispatched),
                        short_duration(Duration(segment.latency.quantile(0.5))),
                        short_duration(Duration(segment.latency.quantile(0.99))));
  }
  return text;
}

std::string stage_part(const Result& result) {
  const RunRecord& record = result.record;
  std::string text =
      fmt::format("\n{:<12}{:>8}{:>8}{:>12}{:>12}{:>13}{:>14}\n", "Stages", "workers", "busy",
                  "queue max", "demand", "model limit", "machine limit");
  // In virtual time no thread belongs to a stage.
  const bool by_worker = record.runtime != measure::Runtime::virtual_time;
  const auto share = [&](Duration busy, std::int64_t workers) -> std::string {
    if (!by_worker) return "-";
    const double whole =
        seconds_of(record.wall) * static_cast<double>(std::max<std::int64_t>(workers, 1));
    return percent(seconds_of(busy), whole);
  };
  for (const StageLimit& limit : result.bottleneck.limits) {
    const auto& load = record.stages[index_of(limit.stage)];
    text += fmt::format("  {:<10}{:>8}{:>8}{:>12}{:>12}{:>13}{:>14}\n", name_of(limit.stage),
                        by_worker ? fmt::format("{}", load.workers) : "-",
                        share(load.busy, load.workers), grouped(load.queue_most),
                        short_rate(limit.demand_per_s),
                        limit.modelled_per_s > 0 ? short_rate(limit.modelled_per_s) : "-",
                        limit.machine_per_s > 0 ? short_rate(limit.machine_per_s) : "-");
  }
  if (by_worker) {
    const auto makers = record.stages[index_of(Stage::admission)].workers;
    text +=
        fmt::format("  {:<10}{:>8}{:>8}\n", "traffic", makers, share(record.traffic_busy, makers));
  }
  const double servers = stages::mean_servers(result.scenario, stages::WorkClock());
  const double span = std::max(seconds_of(record.scenario_end.time_since_epoch()), 1e-9);
  text += wrapped(fmt::format("  payment servers busy {} of {}; in flight at most {} of {}",
                              percent(seconds_of(record.payment_busy) / span, servers),
                              grouped(std::llround(servers)), grouped(record.in_flight_most),
                              grouped(result.scenario.admission.in_flight_limit)),
                  "    ");
  return text;
}

std::string audit_part(const Result& result) {
  const Audit& audit = result.audit;
  std::string text =
      fmt::format("\nAudit: {} of {} laws broken\n", audit.violations, audit.laws.size());
  for (const Law& law : audit.laws) {
    text += fmt::format("  {:<6} {}\n         {}\n", law.violations == 0 ? "ok" : "BROKEN",
                        law.name, law.measured);
  }
  text += fmt::format("  undersold: {} units of {} SKUs left that buyers were told are sold out\n",
                      grouped(audit.undersold_units), grouped(audit.undersold_skus));
  return text;
}

// How the run was executed, and what that cost.
std::string execution_of(const Result& result) {
  const RunRecord& record = result.record;
  const std::string workers =
      fmt::format("{} worker{}", record.workers, record.workers == 1 ? "" : "s");
  const std::string span = fmt::format("{} of scenario time in {}",
                                       short_duration(record.scenario_end.time_since_epoch()),
                                       short_duration(record.wall));
  const std::string_view placement =
      result.scenario.run.placement == scenario::Placement::sharded ? "sharded" : "staged";
  switch (record.runtime) {
    case measure::Runtime::pace_max:
      return fmt::format("pace max, {} placement, {}, {}", placement, workers, span);
    case measure::Runtime::pace_real:
      return fmt::format("pace real, {} placement, {}, generator lag p50 {} p99 {} max {}",
                         placement, workers,
                         short_duration(Duration(record.generator_lag.quantile(0.5))),
                         short_duration(Duration(record.generator_lag.quantile(0.99))),
                         short_duration(Duration(record.generator_lag.max())));
    case measure::Runtime::virtual_time:
      break;
  }
  return fmt::format("virtual time, fingerprint {:016x}, {}, {}", record.fingerprints.total(),
                     workers, span);
}

std::string words_of_arrivals(const scenario::Traffic& traffic) {
  if (traffic.source) return traffic.source->name();
  if (traffic.replayed) return "replayed";
  constexpr std::array<std::string_view, 5> kWords{"Poisson", "constant", "Erlang",
                                                   "hyperexponential", "Markov-modulated Poisson"};
  return std::string(kWords.at(static_cast<std::size_t>(traffic.arrivals)));
}

// How many orders of a file came; empty when all did.
std::string replay_words(const Result& result) {
  const RunRecord& record = result.record;
  if (!result.scenario.traffic.replayed) return "";
  const std::int64_t all = result.scenario.traffic.replayed->orders;
  const std::int64_t came =
      has_door(result.scenario) ? record.clients.first_clicks : record.books.arrivals().count;
  if (came == all) return "";
  return fmt::format(" ({} of the {} orders in traffic.replay: the others come after {})",
                     grouped(came), grouped(all),
                     short_duration(record.traffic_end.time_since_epoch()));
}

std::string model_part(const Result& result) {
  const Scenario& scenario = result.scenario;
  const RunRecord& record = result.record;
  const double scale = scenario.simulate.applied_scale;
  const std::string scaled = scale == 1 ? "" : fmt::format(", scale {:g}", scale);
  const std::string model =
      fmt::format("Model: open loop, {} arrivals{}{}, seed {}, order stream {:016x}, {}",
                  words_of_arrivals(scenario.traffic), replay_words(result), scaled, scenario.seed,
                  record.books.stream_print(), execution_of(result));
  const Machine& machine = result.machine;
  std::string where =
      fmt::format("Machine: {}, {} core{}, load {:.2f}; {}, {}, double11 {}", machine.cpu,
                  machine.cores, machine.cores == 1 ? "" : "s", machine.load_1min, machine.compiler,
                  machine.build, machine.version);
  if (record.workers > machine.cores) {
    where += fmt::format("; {} workers share {} cores, which costs throughput", record.workers,
                         machine.cores);
  }
  return "\n" + wrapped(model, "  ") + wrapped(where, "  ");
}

// What to run next, and what that is for.
std::string next_line(const std::string& command, const std::string& purpose = "") {
  std::string line = wrapped_command("Next: " + command, "  ");
  if (purpose.empty()) return line;
  // On the same line where there is room.
  const std::string together = line.substr(0, line.size() - 1) + "   " + purpose;
  const bool fits = together.size() <= kWidth && together.find('\n') == std::string::npos;
  return (fits ? together : line + "  " + purpose) + "\n";
}

std::string next_part(const Result& result, const std::string& again) {
  const double scale = result.scenario.traffic.scale / result.scenario.simulate.applied_scale;
  // A file of orders is what it is; everything else can be drawn anew.
  const bool is_replay = is_from_outside(result.scenario.traffic);
  switch (result.verdict.status) {
    case Status::missed:
      return next_line(fmt::format("{} --set {}", again, shell_word(result.bottleneck.setting)));
    case Status::violated:
      return next_line(again + " --set run.workers=1", "(does it still break?)");
    case Status::invalid:
      if (result.record.steered) return next_line(again, "(without the keys)");
      if (is_replay) return next_line(again + " --set run.pace=max");
      return next_line(fmt::format("{} --set traffic.scale={:.3g}", again, scale / 2));
    case Status::interrupted:
      return next_line(again);
    case Status::pass:
      break;
  }
  if (is_replay) {
    return next_line(fmt::format("{} --set seed={}", again, result.scenario.seed + 1),
                     "(the same orders, other chances)");
  }
  return next_line(fmt::format("{} --set traffic.scale={:.3g}", again, scale * 2),
                   "(twice the load)");
}

}  // namespace

std::string text(const Result& result, const std::string& again, bool color) {
  return headline(result, color) + blame_part(result) + funnel_part(result) + seconds_part(result) +
         latency_part(result) + fault_part(result) + segment_part(result) + clients_part(result) +
         door_part(result) + fairness_part(result) + published_part(result) + channel_part(result) +
         stage_part(result) + logistics_part(result) + audit_part(result) + model_part(result) +
         assumptions_part(result, again) + next_part(result, again);
}

}  // namespace double11::report
