// double11 simulate: a scenario in virtual time, judged and audited.
//
// How time moves in a sale is in src/virtual_time/sale.hpp, which worker does what in simulate.cpp
// there; networks of queues are in src/virtual_time/network_engine.hpp.
#include <double11/scenario/scaled.hpp>

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/baseline.hpp"
#include "cli/between.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/record.hpp"
#include "cli/scenario_options.hpp"
#include "cli/simulations.hpp"

namespace double11::cli {
namespace {

struct SimulateCommand {
  ScenarioOptions scenario;
  ResultFiles files;
  std::string record_path;
  Baseline baseline;
  ScreenOptions screen;
  double speed = Steering::kUnlimited;
  bool quiet = false;
  bool no_color = false;

  int operator()() {
    const std::optional<scenario::Scenario> loaded = scenario.load();
    if (!loaded) return kUsageError;
    const scenario::Scenario scaled = scenario::scaled(*loaded);
    if (is_network(scaled) && !only_of_networks(scaled.name)) return kUsageError;
    if (scaled.simulate.replications > 1 && !screen.address.empty()) {
      fmt::print(stderr,
                 "double11: --screen: found {} replications; a screen shows one sale: leave out "
                 "--screen, or --replications\n",
                 scaled.simulate.replications);
      return kUsageError;
    }
    if (!baseline.load() || !baseline.fits(scaled) || !screen.check() || !files.check()) {
      return kUsageError;
    }
    files.open();
    if (const int code = record(scaled, record_path, quiet); code != kOk) return code;
    const SimulationOutput output{scenario.again("simulate"), &files,    quiet,   no_color,
                                  use_color(no_color),        &baseline, &screen, speed};
    return is_network(scaled) ? simulate_network(scaled, output) : simulate_sale(scaled, output);
  }

 private:
  // Whether nothing was asked for that only sales have; false after a message.
  [[nodiscard]] bool only_of_networks(const std::string& name) const {
    const char* const option = !screen.address.empty()         ? "--screen"
                               : speed != Steering::kUnlimited ? "--speed"
                                                               : nullptr;
    if (option == nullptr) return true;
    fmt::print(stderr, "double11: {}: {} is a network of queues; needs a sale\n", option, name);
    return false;
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
  run->scenario.add_short_form(*command, "--scale", "simulate.scale",
                               "Traffic, stock and capacities times this, such as 0.01");
  run->scenario.add_short_form(*command, "--until", "simulate.until",
                               "End the traffic (or the network) sooner, such as at 10min");
  run->scenario.add_short_form(*command, "--replications", "simulate.replications",
                               "Independent repetitions; figures get confidence intervals");
  run->files.add_to(*command);
  add_record(*command, run->record_path);
  run->baseline.add_to(*command);
  run->screen.add_to(*command);
  command
      ->add_option("--speed", run->speed,
                   "Seconds of scenario time per second, to look on: 1 is as on the clock; without "
                   "it, as fast as the machine can")
      ->check(between(0.001, 1e6));
  command->add_flag(
      "--quiet", run->quiet,
      "Print only the verdict with its thresholds, the figures of several replications "
      "and what --baseline finds; no progress");
  command->add_flag("--no-color", run->no_color, "No colours (NO_COLOR does the same)");
  command->footer(
      "Examples:\n"
      "  double11 simulate double11-2017-minute\n"
      "  double11 simulate double11-2017-minute --set payment.servers=20k   exits 3\n"
      "  double11 simulate double11-2017-minute --scale 0.01 --replications 20\n"
      "  double11 simulate my-sale.json --json result.json");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
