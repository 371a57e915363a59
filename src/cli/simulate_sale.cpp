// A sale in virtual time, once or several times.
#include <double11/live/run.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/replications.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/threshold.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "cli/simulations.hpp"

namespace double11::cli {
namespace {

using report::Status;

measure::RunRecord simulate_once(const scenario::Scenario& scenario, const Interrupt& interrupt,
                                 ProgressLine* line) {
  virtual_time::SimulateOptions options;
  options.workers = live::workers_of(scenario);
  options.stop = &interrupt.requested();
  if (line != nullptr) {
    options.on_progress = [line](const virtual_time::Progress& progress) {
      line->show({progress.offered, progress.ended, progress.dispatched, progress.scenario_now});
    };
  }
  return virtual_time::simulate(scenario, options);
}

// What the thresholds speak of, and what everybody wants to know.
std::vector<const scenario::Metric*> metrics_of(const scenario::Scenario& scenario) {
  std::set<std::string> names{"offered.count",          "dispatched.count",
                              "dispatched.share",       "reserved.rate.peak",
                              "latency.dispatched.p50", "latency.dispatched.p99"};
  for (const std::string& text : scenario.thresholds) {
    const auto parsed = scenario::parse_threshold(text);
    if (const auto* const threshold = std::get_if<scenario::Threshold>(&parsed)) {
      names.insert(threshold->metric->name);
    }
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

void print_report(const std::string& text, const std::string& json,
                  const SimulationOutput& output) {
  if (output.json_path == "-") {
    print_out(json);
    fmt::print(stderr, "{}", text);
  } else {
    print_out(text);
  }
}

}  // namespace

int simulate_sale(const scenario::Scenario& scenario, const SimulationOutput& output) {
  std::optional<OutputFile> json_file;
  if (!output.json_path.empty() && output.json_path != "-") json_file.emplace(output.json_path);

  const auto metrics = metrics_of(scenario);
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
  {
    const Interrupt interrupt;
    std::optional<ProgressLine> line;
    const std::int64_t replications = scenario.simulate.replications;
    if (!output.quiet && replications == 1) {
      line.emplace(scenario.duration, ProgressLine::About::time_left);
    }
    for (std::int64_t number = 0; number < replications; ++number) {
      const scenario::Scenario own = virtual_time::replication_of(scenario, number);
      const auto record = simulate_once(own, interrupt, line ? &*line : nullptr);
      const report::Result result = report::conclude(own, record);
      for (std::size_t i = 0; i < metrics.size(); ++i) {
        figures[i].values.push_back(report::value_of(*metrics[i], own, record, result.audit));
      }
      if (number == 0) {
        text = output.quiet ? report::headline(result, output.color)
                            : report::text(result, output.again, output.color);
        json = report::json(result);
      }
      if (is_worse(result.verdict.status, worst)) worst = result.verdict.status;
      passed += result.verdict.status == Status::pass ? 1 : 0;
      if (!output.quiet && replications > 1) {
        say(fmt::format("replication {} of {}\n", number + 1, replications));
      }
      if (record.interrupted) break;
    }
  }
  if (scenario.simulate.replications > 1) {
    text += report::text_of(figures);
    text += fmt::format("  {} of {} passed; above is the first, seed {}\n", passed,
                        figures.front().values.size(), scenario.seed);
    json = report::with_figures(json, figures);
  }
  if (json_file) json_file->commit(json);
  print_report(text, json, output);
  return output.baseline->judge(json, report::exit_code_of(worst), output.json_path == "-");
}

}  // namespace double11::cli
