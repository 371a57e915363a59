// double11 sweep: one scenario with every combination of some keys' values, and how it scales.
#include <double11/report/shell_word.hpp>
#include <double11/study/scaling_file.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/not_empty.hpp"
#include "cli/result_files.hpp"
#include "cli/sweep_output.hpp"
#include "cli/sweep_plan.hpp"
#include "cli/sweep_trials.hpp"

namespace double11::cli {
namespace {

constexpr std::array<const char*, 4> kWithFit{"--json", "--html", "--quiet", "--no-color"};

// Names of what was given and needs a scenario, which --fit has none of.
std::vector<std::string> only_with_scenario_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : command.get_options()) {
    const std::string name = option->get_name();
    const bool allowed =
        name == "--fit" || std::find(kWithFit.begin(), kWithFit.end(), name) != kWithFit.end();
    if (option->count() > 0 && !allowed) names.push_back(name);
  }
  return names;
}

struct SweepCommand {
  ScenarioOptions scenario;
  SweepWishes wishes;
  ResultFiles files;
  std::string fit_path;
  bool has_scenario = false;
  std::vector<std::string> only_with_scenario;  // names of options that were given
  bool quiet = false;
  bool no_color = false;  // as other commands have it; here nothing has colours

  int operator()() {
    if (!files.check()) return kUsageError;
    if (!fit_path.empty()) return only_with_scenario.empty() ? fit_points() : complain_of_both();
    if (!has_scenario) {
      fmt::print(stderr, "double11: sweep needs a SCENARIO with --vary, or --fit FILE\n");
      return kUsageError;
    }
    // Thousands of combinations take a while to load: whoever stops then gets the report, too.
    const Interrupt interrupt;
    std::optional<SweepPlan> plan = plan_sweep(scenario, wishes);
    if (!plan) return kUsageError;
    plan->result.command = again();
    files.open();
    run_trials(*plan, interrupt, quiet);
    const study::SweepResult& result = plan->result;
    const std::vector<study::SweepLaw> laws = study::laws_of(result);
    const std::string next = next_of(result);
    files.deliver(study::json_of(result, laws, text_of(result, laws, next, false)),
                  text_of(result, laws, next, quiet), sweep_page_of);
    return code_of(result);
  }

 private:
  [[nodiscard]] int complain_of_both() const {
    fmt::print(stderr,
               "double11: --fit is for points of one's own; found with {}; allowed with {}\n",
               fmt::join(only_with_scenario, ", "), fmt::join(kWithFit, ", "));
    return kUsageError;
  }

  int fit_points() {
    std::ifstream file;
    errno = 0;
    if (std::filesystem::is_directory(fit_path)) {
      errno = EISDIR;
    } else {
      file.open(fit_path, std::ios::binary);
    }
    if (!file.is_open()) {
      fmt::print(stderr, "double11: cannot read {}: {}\n", fit_path, std::strerror(errno));
      return kUsageError;
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto parsed = study::parse_points(text);
    if (const auto* const problems = std::get_if<std::vector<std::string>>(&parsed)) {
      for (const std::string& problem : *problems) {
        fmt::print(stderr, "double11: {}: {}\n", fit_path, problem);
      }
      return kUsageError;
    }
    files.open();
    const auto findings = study::find_scaling(std::get<std::vector<study::ScalingPoint>>(parsed));
    const std::string command = "double11 sweep --fit " + report::shell_word(fit_path);
    const std::string report = text_of(findings, fit_path, false);
    files.deliver(cli::json_of(findings, fit_path, command, report),
                  text_of(findings, fit_path, quiet), sweep_page_of);
    return kOk;
  }

  [[nodiscard]] std::string again() const {
    std::string line = scenario.again("sweep");
    for (const std::string& text : wishes.vary) line += " --vary " + report::shell_word(text);
    for (const std::string& name : wishes.metrics) line += " --metric " + report::shell_word(name);
    if (!wishes.mode.empty()) line += " --mode " + wishes.mode;
    if (!wishes.over.empty()) line += " --over " + report::shell_word(wishes.over);
    return wishes.repeat > 0 ? line + fmt::format(" --repeat {}", wishes.repeat) : line;
  }

  // The combination whose first metric is highest, alone.
  [[nodiscard]] std::string next_of(const study::SweepResult& result) const {
    const std::optional<std::size_t> highest = study::highest_of(result);
    if (!highest) return {};
    std::vector<study::Factor> factors;
    for (const study::SweptFactor& swept : result.factors) factors.push_back(swept.factor);
    std::string line = scenario.again(result.mode);
    for (const std::string& text :
         study::overrides_of(factors, result.rows[*highest].combination)) {
      line += " --set " + report::shell_word(text);
    }
    return line;
  }

  static int code_of(const study::SweepResult& result) {
    for (const study::SweepRow& row : result.rows) {
      const bool violated =
          std::any_of(row.trials.begin(), row.trials.end(),
                      [](const study::SweepTrial& trial) { return trial.verdict == "VIOLATED"; });
      if (violated) return kViolated;
    }
    return result.interrupted ? kInterrupted : kOk;
  }
};

}  // namespace

void add_sweep(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "sweep", "Every combination of some keys' values: one table, figures, scaling laws");
  const auto run = std::make_shared<SweepCommand>();
  run->scenario.add_to(*command);
  command->get_option("SCENARIO")->required(false);
  run->scenario.add_short_form(*command, "--scale", "simulate.scale",
                               "Traffic, stock and capacities grow by it");
  const auto list = [&](const char* option, std::vector<std::string>& texts, const char* help) {
    return command->add_option(option, texts, help)->expected(1)->take_all();
  };
  list("--vary", run->wishes.vary,
       "Values of a key, repeatable: 1,2,4 or 1..8 or 1k..16k*2 or words, all combinations")
      ->type_name("KEY=VALUES");
  list("--metric", run->wishes.metrics,
       "What to measure, repeatable; without it the judged rate and latency.dispatched.p99, of a "
       "network of queues throughput, sojourn, the busiest station and losses")
      ->type_name("NAME");
  command
      ->add_option("--mode", run->wishes.mode,
                   "run or simulate; without it: run where a key is of the machine (run.*, "
                   "inventory.strategy), else simulate")
      ->check(CLI::IsMember(std::vector<std::string>{"run", "simulate"}));
  command
      ->add_option("--repeat", run->wishes.repeat,
                   "Rounds of all combinations; without it 3 of runs, and simulate.replications of "
                   "simulations, each with a seed of its own")
      ->check(CLI::Range(1, 1000));
  command
      ->add_option("--over", run->wishes.over,
                   "Fit the scaling laws over this key, or none; without it over one whose name "
                   "ends in workers or servers")
      ->type_name("KEY")
      ->check(not_empty("a key that varies, or none"));
  command
      ->add_option("--fit", run->fit_path,
                   "No scenario: fit the scaling laws to points of one's own, a CSV with the "
                   "columns n,throughput")
      ->type_name("FILE")
      ->check(file_name());
  run->files.add_to(*command);
  command->add_flag("--quiet", run->quiet, "Print only the findings; no progress");
  command->add_flag("--no-color", run->no_color, "Accepted everywhere; a sweep prints no colours");
  command->footer(
      "Exits 0 when all was measured, whatever the verdicts; 4 when an audit law was\n"
      "broken.\n"
      "Examples:\n"
      "  double11 sweep double11-2017-minute --vary run.workers=1..4\n"
      "  double11 sweep double11-2017-minute --vary payment.servers=1k..32k*2 \\\n"
      "    --metric paid.rate.mean --metric outcome.expired.share --html sweep.html\n"
      "  double11 sweep hot-item --vary inventory.strategy=owner_shard,mutex \\\n"
      "    --vary run.workers=1,2,4 --repeat 5\n"
      "  double11 sweep queues.json --vary 'network.stations[till].servers=1,2,4'\n"
      "  double11 sweep --fit points.csv");
  command->callback([&chosen, run, command] {
    run->has_scenario = command->count("SCENARIO") > 0;
    run->only_with_scenario = only_with_scenario_of(*command);
    chosen = [run] { return (*run)(); };
  });
}

}  // namespace double11::cli
