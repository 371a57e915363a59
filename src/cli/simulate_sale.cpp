// A sale in virtual time, once or several times.
#include <double11/live/run.hpp>
#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/replications.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/threshold.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/simulations.hpp"

namespace double11::cli {
namespace {

using report::Status;

// What the thresholds speak of, and what everybody wants to know.
std::set<std::string> names_shown(const scenario::Scenario& scenario) {
  std::set<std::string> names{"offered.count",          "dispatched.count",
                              "dispatched.share",       "reserved.rate.peak",
                              "latency.dispatched.p50", "latency.dispatched.p99"};
  for (const std::string& text : scenario.thresholds) {
    const auto parsed = scenario::parse_threshold(text);
    if (const auto* const threshold = std::get_if<scenario::Threshold>(&parsed)) {
      names.insert(threshold->metric.name);
    }
  }
  return names;
}

// Those, and what a comparison with other replications speaks of.
std::vector<const scenario::Metric*> metrics_of(const std::set<std::string>& shown) {
  std::set<std::string> names = shown;
  for (const scenario::Metric* const metric : report::compared_metrics()) {
    names.insert(metric->name);
  }
  std::vector<const scenario::Metric*> metrics;
  metrics.reserve(names.size());
  for (const std::string& name : names) metrics.push_back(scenario::find_metric(name));
  return metrics;
}

// From the best to the worst.
bool is_worse(Status status, Status than) {
  constexpr std::array<Status, 5> kOrder{Status::pass, Status::missed, Status::invalid,
                                         Status::interrupted, Status::violated};
  return std::find(kOrder.begin(), kOrder.end(), status) >
         std::find(kOrder.begin(), kOrder.end(), than);
}

}  // namespace

int simulate_sale(const scenario::Scenario& scenario, const SimulationOutput& output) {
  const std::set<std::string> shown = names_shown(scenario);
  const auto metrics = metrics_of(shown);
  std::vector<report::Figure> figures;
  figures.reserve(metrics.size());
  for (const scenario::Metric* const metric : metrics) {
    figures.push_back({metric->name, {}, [metric](double value) {
                         return scenario::text_of(metric->unit, value);
                       }});
  }
  std::string text;
  std::string json;
  Status worst = Status::pass;
  std::int64_t passed = 0;
  bool interrupted = false;
  const std::int64_t replications = scenario.simulate.replications;
  const Performance performance{scenario, measure::Runtime::virtual_time,
                                live::workers_of(scenario), output.again};
  Interrupt interrupt;
  Audience audience(performance, *output.screen,
                    {.shown = !output.quiet && replications == 1,
                     .no_color = output.no_color,
                     .speed = output.speed,
                     .about = ProgressLine::About::time_left},
                    interrupt);
  for (std::int64_t number = 0; number < replications && !interrupted; ++number) {
    const scenario::Scenario own = virtual_time::replication_of(scenario, number);
    virtual_time::SimulateOptions options;
    options.workers = live::workers_of(scenario);
    options.steering = audience.steering();
    options.stop = &interrupt.requested();
    // The others are the same sale again.
    if (number == 0) options.on_snapshot = audience.on_snapshot();
    const measure::RunRecord record = virtual_time::simulate(own, options);
    audience.leave_terminal();
    const report::Result result = report::conclude(own, record);
    for (std::size_t i = 0; i < metrics.size(); ++i) {
      figures[i].values.push_back(report::value_of(*metrics[i], own, record, result.audit));
    }
    if (number == 0) {
      text = output.quiet ? report::headline(result, output.color)
                          : report::text(result, output.again, output.color);
      json = report::json(result, output.again);
    }
    if (is_worse(result.verdict.status, worst)) worst = result.verdict.status;
    passed += result.verdict.status == Status::pass ? 1 : 0;
    if (!output.quiet && replications > 1) {
      say(fmt::format("replication {} of {}\n", number + 1, replications));
    }
    interrupted = record.interrupted;
  }
  if (replications > 1) {
    const auto runs = static_cast<std::int64_t>(figures.front().values.size());
    const std::string said = fmt::format("{}  {}: {} of {} replications passed\n",
                                         report::name_of(worst), scenario.name, passed, runs);
    std::vector<report::Figure> of_table;
    std::copy_if(figures.begin(), figures.end(), std::back_inserter(of_table),
                 [&](const report::Figure& one) { return shown.contains(one.name); });
    const std::string table =
        report::text_of(of_table) + fmt::format("  {} of {} passed; above is the first, seed {}\n",
                                                passed, runs, scenario.seed);
    text = said + "The first of them, with seed " + std::to_string(scenario.seed) + ":\n\n" + text +
           table;
    json = report::with_replications(json, figures, {passed, runs, worst, said, table});
  }
  const Baseline::Held held = output.baseline->hold(std::move(json), report::exit_code_of(worst));
  audience.conclude(held.json);
  output.files->deliver(held.json, text + held.text, report::html);
  if (!interrupted) audience.stay();
  return held.code;
}

}  // namespace double11::cli
