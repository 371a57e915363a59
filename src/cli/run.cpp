// double11 run: a scenario in wall-clock time, judged and audited.
//
// The way of an order (live/pipeline.hpp draws it, src/live/worker.cpp is it, stage by stage):
//
//   traffic::Arrivals     plans it: who, what, when                        slice by slice
//   Worker::admit         a credit, a place in the queue, or shed           stages::Admission
//   Worker::reserve       all lines or none                                 stages::Inventory
//   Worker::pay, answer   a server, the channel's answer or none            stages::Payment
//   Worker::dispatch      warehouse, parcel, ETA                            stages::Logistics
//   Worker::release       the way back of what was not paid
//   Worker::end           one outcome, in the books that the audit compares
#include <double11/live/run.hpp>
#include <double11/report/html.hpp>
#include <double11/report/result.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/audience.hpp"
#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/record.hpp"
#include "cli/result_files.hpp"
#include "cli/scenario_options.hpp"

namespace double11::cli {
namespace {

struct RunCommand {
  ScenarioOptions scenario;
  ResultFiles files;
  std::string record_path;
  Baseline baseline;
  ScreenOptions screen;
  std::string canary = "none";
  bool quiet = false;
  bool no_color = false;

  int operator()() {
    const std::optional<scenario::Scenario> loaded = scenario.load_scaled();
    if (!loaded) return kUsageError;
    if (is_network(*loaded)) {
      fmt::print(stderr,
                 "double11: {} is a network of queues (network.stations), which has no pipeline to "
                 "run; allowed: double11 simulate\n",
                 loaded->name);
      return kUsageError;
    }
    if (!baseline.load() || !baseline.fits(*loaded) || !screen.check() || !files.check()) {
      return kUsageError;
    }
    files.open();

    if (const int code = cli::record(*loaded, record_path, quiet); code != kOk) return code;
    const std::string again =
        scenario.again("run") + (canary == "none" ? "" : " --canary " + canary);
    const bool is_real = loaded->run.pace == scenario::Pace::real;
    const Performance performance{
        *loaded, is_real ? measure::Runtime::pace_real : measure::Runtime::pace_max,
        live::pipeline_workers_of(*loaded), again};
    Interrupt interrupt;
    Audience audience(performance, screen, {.shown = !quiet, .no_color = no_color}, interrupt);
    const measure::RunRecord record = live::run(*loaded, {.on_snapshot = audience.on_snapshot(),
                                                          .steering = audience.steering(),
                                                          .stop = &interrupt.requested(),
                                                          .canary = *live::canary_of(canary)});
    audience.leave_terminal();
    const report::Result result = report::conclude(*loaded, record);
    const Baseline::Held held =
        baseline.hold(report::json(result, again), report::exit_code_of(result.verdict.status));
    audience.conclude(held.json);

    const bool color = use_color(no_color);
    files.deliver(
        held.json,
        (quiet ? report::headline(result, color) : report::text(result, again, color)) + held.text,
        report::html);
    if (!record.interrupted) audience.stay();
    return held.code;
  }
};

}  // namespace

void add_run(CLI::App& program, Chosen& chosen) {
  CLI::App* const command =
      program.add_subcommand("run", "Push a scenario through the pipeline in wall-clock time");
  const auto run = std::make_shared<RunCommand>();
  run->scenario.add_to(*command);
  run->scenario.add_short_form(*command, "--pace", "run.pace",
                               "max: as fast as the machine can; real: by the curve, open loop");
  run->scenario.add_short_form(*command, "--workers", "run.workers",
                               "Threads; 0: one per core, or one where more would only wait");
  run->scenario.add_short_form(*command, "--placement", "run.placement", "sharded or staged");
  run->files.add_to(*command);
  add_record(*command, run->record_path);
  run->baseline.add_to(*command);
  run->screen.add_to(*command);
  command->add_flag(
      "--quiet", run->quiet,
      "Print only the verdict with its thresholds and what --baseline finds; no progress");
  command->add_flag("--no-color", run->no_color, "No colours (NO_COLOR does the same)");
  command
      ->add_option("--canary", run->canary,
                   "Plant a known bug into one order and see the audit catch it")
      ->check(CLI::IsMember(
          std::vector<std::string>(live::kCanaryNames.begin(), live::kCanaryNames.end())));
  command->footer(
      "Examples:\n"
      "  double11 run double11-2017-minute                  as fast as this machine can\n"
      "  double11 run double11-2017-minute --pace real      one minute, on schedule\n"
      "  double11 run my-sale.json --set payment.servers=10k --json result.json\n"
      "  double11 run smoke --canary lost_order             exits 4");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
