// double11 simulate: a scenario in virtual time, judged and audited.
//
// How time moves is in src/virtual_time/sale.hpp; which worker does what, in simulate.cpp there.
#include <double11/live/run.hpp>
#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "cli/scenario_options.hpp"

namespace double11::cli {
namespace {

struct SimulateCommand {
  ScenarioOptions scenario;
  std::string json_path;
  bool quiet = false;
  bool no_color = false;

  int operator()() const {
    const std::optional<scenario::Scenario> loaded = scenario.load();
    if (!loaded) return kUsageError;
    std::optional<OutputFile> json_file;
    if (!json_path.empty() && json_path != "-") json_file.emplace(json_path);

    const measure::RunRecord record = simulate(*loaded);
    const report::Result result = report::conclude(*loaded, record);

    if (json_file) json_file->commit(report::json(result));
    const std::string report =
        quiet ? report::headline(result, use_color(no_color))
              : report::text(result, scenario.again("simulate"), use_color(no_color));
    if (json_path == "-") {
      print_out(report::json(result));
      fmt::print(stderr, "{}", report);
    } else {
      print_out(report);
    }
    return report::exit_code_of(result.verdict.status);
  }

 private:
  [[nodiscard]] measure::RunRecord simulate(const scenario::Scenario& loaded) const {
    const Interrupt interrupt;
    virtual_time::SimulateOptions options;
    options.workers = live::workers_of(loaded);
    options.stop = &interrupt.requested();
    std::optional<ProgressLine> line;
    if (!quiet) {
      line.emplace(loaded.duration);
      options.on_progress = [&](const virtual_time::Progress& progress) {
        line->show({progress.offered, progress.ended, progress.ended, progress.scenario_now});
      };
    }
    return virtual_time::simulate(loaded, options);
  }
};

}  // namespace

void add_simulate(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "simulate", "Run a scenario in virtual time: every order, exact, the same on any machine");
  const auto run = std::make_shared<SimulateCommand>();
  run->scenario.add_to(*command);
  run->scenario.add_short_form(*command, "--workers", "run.workers",
                               "Threads; 0: one per core. The result is the same for any number");
  command
      ->add_option("--json", run->json_path, "Write the result as JSON to a file, or - for stdout")
      ->type_name("FILE");
  command->add_flag("--quiet", run->quiet, "Print only the verdict; no progress");
  command->add_flag("--no-color", run->no_color, "No colours (NO_COLOR does the same)");
  command->footer(
      "Examples:\n"
      "  double11 simulate double11-2017-minute\n"
      "  double11 simulate double11-2017-minute --set payment.servers=20k   exits 3\n"
      "  double11 simulate my-sale.json --json result.json");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
