// double11 capacity: how far a scenario goes, by any number in it.
//
// The search is study/capacity.hpp; a trial of it is capacity_trials.hpp; what was found is said in
// capacity_report.hpp.
#include <double11/live/run.hpp>
#include <double11/report/html.hpp>
#include <double11/report/shell_word.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/scenario/threshold.hpp>
#include <double11/study/capacity.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/between.hpp"
#include "cli/capacity_report.hpp"
#include "cli/capacity_trials.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/network_keys.hpp"
#include "cli/not_empty.hpp"
#include "cli/output.hpp"
#include "cli/result_files.hpp"

namespace double11::cli {
namespace {

// More of these is more to do: the limit is the highest that passes.
constexpr std::array<std::string_view, 4> kLoads{"traffic.scale", "traffic.curve[].rate",
                                                 "target.rate", "network.population"};

void complain(const std::string& sentence) {
  fmt::print(stderr, "double11: {}\n", sentence);
}

int exit_code_of(study::Ending ending) {
  switch (ending) {
    case study::Ending::found:
    case study::Ending::all_pass:
      return kOk;
    case study::Ending::stopped:
      return report::exit_code_of(report::Status::interrupted);
    case study::Ending::not_judged:
      return report::exit_code_of(report::Status::invalid);
    default:
      return report::exit_code_of(report::Status::missed);
  }
}

struct CapacityCommand {
  ScenarioOptions scenario;
  std::function<bool()> has_pace;  // whether --pace was given
  std::string mode_word = "simulate";
  std::string by = "traffic.scale";
  std::string from;
  std::string to;
  std::vector<std::string> only;
  double tolerance = 0.01;
  std::int64_t confirm = 3;
  ResultFiles files;
  bool quiet = false;
  bool no_color = false;
  bool of_network = false;

  int operator()() {
    const std::optional<scenario::Scenario> loaded = scenario.load();
    if (!loaded) return kUsageError;
    of_network = is_network(*loaded);
    if (!check(*loaded)) return kUsageError;
    const auto found = NumberKey::find(by, *loaded);
    if (const auto* const problem = std::get_if<std::string>(&found)) {
      complain("--by " + *problem);
      return kUsageError;
    }
    const NumberKey& key = std::get<NumberKey>(found);
    const std::optional<study::CapacityOptions> options = options_of(key, *loaded);
    return options ? search(*loaded, key, *options) : kUsageError;
  }

 private:
  [[nodiscard]] Mode mode() const { return mode_word == "run" ? Mode::run : Mode::simulate; }

  // Whether there is anything to search for; false after a message.
  [[nodiscard]] bool check(const scenario::Scenario& loaded) const {
    if (of_network && !check_network(loaded)) return false;
    for (const std::string& text : only) {
      const auto parsed = scenario::parse_threshold(text);
      if (const auto* const problem = std::get_if<std::string>(&parsed)) {
        complain("--only " + *problem);
        return false;
      }
      if (of_network && !is_judged(loaded, std::get<scenario::Threshold>(parsed))) {
        complain(fmt::format(
            "--only {}: it is of sales, and {} is a network of queues; allowed are such as "
            "sojourn.p99 (\"double11 scenario explain thresholds\" lists them)",
            text, loaded.name));
        return false;
      }
    }
    if (only.empty() && loaded.thresholds.empty() && loaded.target.rate_per_s == 0) {
      complain(loaded.name +
               " has neither a target nor thresholds, so that everything passes; "
               "allowed: --only \"paid.rate.peak >= 100/s\"");
      return false;
    }
    if (!check_only()) return false;
    if (mode() == Mode::simulate && has_pace()) {
      complain("--pace: means nothing in virtual time; allowed with --mode run");
      return false;
    }
    if (by == "seed" || (mode() == Mode::simulate && by == "run.workers")) {
      complain(by == "seed" ? "--by seed: seeds are what chance is, and have no limit"
                            : "--by run.workers: in virtual time any number of workers gives the "
                              "same result; needs --mode run");
      return false;
    }
    return true;
  }

  // The same of a network of queues, which has no target.
  [[nodiscard]] bool check_network(const scenario::Scenario& loaded) const {
    std::string why = why_not_mode(mode_word, loaded);
    if (why.empty() && by != "seed") {
      why = why_not_vary(by, loaded);
      if (!why.empty()) why.insert(0, "--by ");
    }
    if (why.empty() && only.empty() && !has_judged(loaded)) {
      why = loaded.name +
            " has no thresholds of networks, so that everything passes; allowed: --only "
            "\"sojourn.p99 < 1s\"";
    }
    if (!why.empty()) complain(why);
    return why.empty();
  }

  [[nodiscard]] static bool has_judged(const scenario::Scenario& loaded) {
    return std::any_of(loaded.thresholds.begin(), loaded.thresholds.end(), [&](const auto& text) {
      return is_judged(loaded, std::get<scenario::Threshold>(scenario::parse_threshold(text)));
    });
  }

  // Whether the scenario has what --only asks for; false after a message.
  [[nodiscard]] bool check_only() const {
    if (only.empty()) return true;
    const scenario::Loaded judged = scenario.load_with(more());
    for (scenario::Problem problem : judged.problems) {
      problem.origin = "--only";
      complain(scenario::text_of(problem));
    }
    return judged.scenario.has_value();
  }

  // The scenario's own value, and bounds by --from and --to or by what the key allows; nothing
  // after a message.
  [[nodiscard]] std::optional<study::CapacityOptions> options_of(
      const NumberKey& key, const scenario::Scenario& loaded) const {
    study::CapacityOptions options;
    options.start = key.value_in(loaded);
    // 0 workers are as many as there are cores.
    if (by == "run.workers" && options.start == 0) options.start = live::workers_of(loaded);
    options.least = {by == "run.workers" ? 1 : key.key().least};
    options.most = {key.key().most};
    options.whole = key.is_whole();
    options.tolerance = tolerance;
    options.unit = key.unit();
    options.confirm = confirm;
    options.repeatable = mode() == Mode::simulate;
    const std::string& path = key.key().path;
    const bool is_load = std::find(kLoads.begin(), kLoads.end(), path) != kLoads.end() ||
                         (mode() == Mode::run && path == "simulate.scale");
    if (is_load) options.limit = study::Limit::highest;
    for (const auto& [text, bound] : {std::pair(&from, &options.least), {&to, &options.most}}) {
      if (text->empty()) continue;
      const scenario::Loaded with = scenario.load_with({by + "=" + *text});
      if (!with.scenario) {
        for (scenario::Problem problem : with.problems) {
          if (problem.origin == "--set " + by + "=" + *text) {
            problem.origin = fmt::format("{} {}", text == &from ? "--from" : "--to", *text);
          }
          complain(scenario::text_of(problem));
        }
        return std::nullopt;
      }
      *bound = {key.value_in(*with.scenario), true};
    }
    if (!keep_on(key, options)) return std::nullopt;
    if (options.least.value >= options.most.value) {
      complain(fmt::format("--from {} must be below --to {}", key.text(options.least.value),
                           key.text(options.most.value)));
      return std::nullopt;
    }
    options.start = std::clamp(options.start, options.least.value, options.most.value);
    return is_set(key, options.start) ? std::optional(options) : std::nullopt;
  }

  // Whether the value at the start can be set: elements that a list has unless it is written cannot
  // be; false after a message.
  [[nodiscard]] bool is_set(const NumberKey& key, double start) const {
    const scenario::Loaded with = scenario.load_with({key.setting(start)});
    for (scenario::Problem problem : with.problems) {
      if (problem.origin == "--set " + key.setting(start)) problem.origin = "--by " + by;
      complain(scenario::text_of(problem));
    }
    return with.scenario.has_value();
  }

  // Where 0 is no small value but "off", it is not searched; false after a message.
  [[nodiscard]] bool keep_on(const NumberKey& key, study::CapacityOptions& options) const {
    const std::string_view off = key.meaning_of_zero();
    if (off.empty() || options.least.value > 0) return true;
    if (options.start == 0 || !from.empty()) {
      complain(fmt::format(
          "--by {}: found {}, which is no small value: it means {}, and the search would begin "
          "there; allowed: --set {}=VALUE, or --from and --to to search among values above 0",
          by, key.text(0), off, by));
      return false;
    }
    options.least.value = key.is_whole() ? 1 : options.start * 1e-6;
    return true;
  }

  // What --only changes: these thresholds, and no target, which networks do not have.
  [[nodiscard]] std::vector<std::string> more() const {
    if (only.empty()) return {};
    std::vector<std::string> overrides{"thresholds=" + nlohmann::json(only).dump()};
    if (!of_network) overrides.emplace_back("target.rate=0/s");
    return overrides;
  }

  int search(const scenario::Scenario& loaded, const NumberKey& key,
             const study::CapacityOptions& options) {
    if (!files.check()) return kUsageError;
    files.open();

    const TrialOptions trial_options{mode(), more(), quiet};
    Interrupt interrupt;
    CapacityTrials trials(scenario, key, trial_options, interrupt);
    const study::Capacity found = study::find_capacity(options, std::ref(trials));

    const CapacityStudy study{loaded, key, mode(), options, found, trials.done(), again(), trial()};
    const std::string json = capacity_json(study);
    const bool color = use_color(no_color, files.takes_stdout() ? stderr : stdout);
    files.deliver(json, quiet ? capacity_headline(study, color) : capacity_text(study, color),
                  report::html_of_capacity);
    return exit_code_of(found.ending);
  }

  // This command, and that of one of its trials.
  [[nodiscard]] std::string again() const {
    std::string line =
        scenario.again("capacity") + " --mode " + mode_word + " --by " + report::shell_word(by);
    for (const std::string& text : only) line += " --only " + report::shell_word(text);
    if (!from.empty()) line += " --from " + report::shell_word(from);
    if (!to.empty()) line += " --to " + report::shell_word(to);
    return line + fmt::format(" --tolerance {} --confirm {}", tolerance, confirm);
  }
  [[nodiscard]] std::string trial() const {
    std::string line = scenario.again(mode_word);
    for (const std::string& text : more()) line += " --set " + report::shell_word(text);
    return line;
  }
};

void add_search(CLI::App& command, CapacityCommand& run) {
  command.add_option("--mode", run.mode_word, "simulate: in virtual time; run: on the clock")
      ->check(CLI::IsMember({"simulate", "run"}))
      ->capture_default_str();
  command.add_option("--by", run.by, "The key that is varied: any with a number, up or down")
      ->type_name("KEY")
      ->capture_default_str();
  const auto bound = not_empty("a value of the key");
  command.add_option("--from", run.from, "Look no lower, and as low as this")
      ->type_name("VALUE")
      ->check(bound);
  command.add_option("--to", run.to, "Look no higher, and as high as this")
      ->type_name("VALUE")
      ->check(bound);
  command
      .add_option("--only", run.only,
                  "Judge by this threshold instead of the scenario's target and thresholds; "
                  "repeatable")
      ->type_name("THRESHOLD")
      ->expected(1)
      ->take_all();
  command.add_option("--tolerance", run.tolerance, "How near the limit is found, of its value")
      ->check(between(0.0001, 0.5))
      ->capture_default_str();
  command
      .add_option("--confirm", run.confirm,
                  "Other seeds that must agree on either side of the limit; 0: none")
      ->check(CLI::Range(0, 50))
      ->capture_default_str();
}

}  // namespace

void add_capacity(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "capacity", "The highest rate, fewest servers, ... with which a scenario still passes");
  const auto run = std::make_shared<CapacityCommand>();
  run->scenario.add_to(*command);
  add_search(*command, *run);
  run->scenario.add_short_form(*command, "--pace", "run.pace", "With --mode run: max or real");
  run->has_pace = [command] { return command->count("--pace") > 0; };
  run->scenario.add_short_form(*command, "--workers", "run.workers", "Threads; 0: one per core");
  run->scenario.add_short_form(*command, "--scale", "simulate.scale",
                               "Traffic, stock and capacities times this");
  run->files.add_to(*command);
  command->add_flag("--quiet", run->quiet, "Print only what was found; no progress");
  command->add_flag("--no-color", run->no_color, "No colours (NO_COLOR does the same)");
  command->footer(
      "The limit: from the scenario's own value by doubling (or halving), then by\n"
      "bisection; MISSED and VIOLATED do not pass. Thresholds stay as they are,\n"
      "whatever is varied; only simulate.scale takes those on rates and counts with it.\n"
      "  simulate                        of the model: credits, servers, rows,\n"
      "                                  warehouses\n"
      "  run, pace max                   of the model; the machine only in\n"
      "                                  ...rate.machine\n"
      "  run, pace real                  model and machine, whichever gives way first\n"
      "  run, pace real, simulate.scale  of this machine: the model grows with its\n"
      "                                  traffic\n"
      "On the clock a trial is INVALID when the machine could not offer the orders on\n"
      "time. It says nothing of the scenario; the first of a value is repeated, and\n"
      "where it stays so the value is not judged. The range that is given is where pass\n"
      "and fail overlap: by seeds in virtual time, by repeated runs on the clock. Over\n"
      "more than a factor of two it is no limit (UNSTEADY).\n"
      "A network of queues (network.stations) is simulated, and judged by thresholds of\n"
      "networks.\n"
      "Ask what is served, too (dispatched.share, paid.rate.peak): a sale that turns\n"
      "most buyers away may be fast.\n"
      "Exits 0 when a limit was found or everything passes, 3 when nothing does or\n"
      "trials contradict each other (UNSTEADY), 5 when the search ended at values that\n"
      "could not be judged (MACHINE LIMIT, NOT JUDGED), 130 interrupted.\n"
      "Examples:\n"
      "  double11 capacity smoke --only \"dispatched.share >= 60%\"\n"
      "  double11 capacity smoke --by payment.servers \\\n"
      "    --only \"latency.dispatched.p99 < 250ms\" --only \"dispatched.share >= 80%\"\n"
      "  double11 capacity double11-2017-minute --by payment.servers \\\n"
      "    --only \"paid.rate.peak >= 256k/s\"\n"
      "  double11 capacity queues.json --by 'network.stations[till].servers' \\\n"
      "    --only \"sojourn.p99 < 1s\"\n"
      "  double11 capacity double11-2017-minute --by catalogue.hot.stock \\\n"
      "    --to 1M --scale 0.01\n"
      "  double11 capacity double11-2017-minute --mode run --pace real --duration 5s \\\n"
      "    --by simulate.scale --only \"latency.dispatched.p99 < 400ms\" \\\n"
      "    --only \"dispatched.share >= 90%\"");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
