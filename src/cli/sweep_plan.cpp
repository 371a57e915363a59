#include "cli/sweep_plan.hpp"

#include <double11/core/units.hpp>
#include <double11/live/run.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/network_metrics.hpp>
#include <double11/scenario/scaled.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cli/network_keys.hpp"
#include "cli/sweep_network.hpp"

namespace double11::cli {
namespace {

constexpr std::int64_t kRoundsOfRuns = 3;

// Keys outside run.* that change how fast the machine is and nothing in virtual time.
constexpr std::array<std::string_view, 1> kWallClockKeys{"inventory.strategy"};

bool is_of_wall_clock(const std::string& key) {
  return key.starts_with("run.") ||
         std::find(kWallClockKeys.begin(), kWallClockKeys.end(), key) != kWallClockKeys.end();
}

// All complaints, each once, in the order in which they came up.
class Complaints {
 public:
  void add(const std::string& text) {
    if (known_.insert(text).second) fmt::print(stderr, "double11: {}\n", text);
  }
  [[nodiscard]] bool none() const { return known_.empty(); }

 private:
  std::set<std::string> known_;
};

std::vector<study::Factor> factors_of(const SweepWishes& wishes, Complaints& complaints) {
  std::vector<study::Factor> factors;
  if (wishes.vary.empty()) complaints.add("nothing varies; give --vary KEY=VALUE,VALUE,...");
  std::size_t combinations = 1;
  for (const std::string& text : wishes.vary) {
    const auto parsed = study::parse_factor(text);
    if (const auto* const problem = std::get_if<std::string>(&parsed)) {
      complaints.add(*problem);
      continue;
    }
    factors.push_back(std::get<study::Factor>(parsed));
    const std::string& key = factors.back().key;
    // Once, and not for each value that is loaded.
    if (scenario::find_key(key) == nullptr && !scenario::is_group(key)) {
      const std::string near = scenario::nearest_path(key);
      complaints.add(fmt::format("--vary {}: unknown key; {}", key,
                                 near.empty() ? "\"double11 scenario explain\" lists all keys"
                                              : fmt::format("did you mean \"{}\"?", near)));
      continue;
    }
    const auto same = std::count_if(factors.begin(), factors.end(),
                                    [&](const study::Factor& one) { return one.key == key; });
    if (same > 1) complaints.add(fmt::format("--vary {}: the key varies twice", key));
    combinations = std::min(combinations * factors.back().values.size(), study::kTrialsMost + 1);
  }
  const auto rounds = static_cast<std::size_t>(std::max<std::int64_t>(1, wishes.repeat));
  if (combinations * rounds > study::kTrialsMost) {
    complaints.add(fmt::format("--vary: more than {} combinations and rounds", study::kTrialsMost));
  }
  return factors;
}

bool is_run(const SweepWishes& wishes, const std::vector<study::Factor>& factors,
            Complaints& complaints) {
  const auto of_wall_clock =
      std::find_if(factors.begin(), factors.end(),
                   [](const study::Factor& factor) { return is_of_wall_clock(factor.key); });
  if (wishes.mode.empty()) return of_wall_clock != factors.end();
  if (wishes.mode == "simulate" && of_wall_clock != factors.end()) {
    complaints.add(fmt::format(
        "--vary {}: changes nothing in virtual time; allowed with --mode run", of_wall_clock->key));
  }
  return wishes.mode == "run";
}

void check_for_network(const SweepWishes& wishes, const std::vector<study::Factor>& factors,
                       const scenario::Scenario& network, Complaints& complaints) {
  if (const std::string why = why_not_mode(wishes.mode, network); !why.empty()) {
    complaints.add(why);
  }
  for (const study::Factor& factor : factors) {
    const std::string why = why_not_vary(factor.key, network);
    if (!why.empty()) complaints.add("--vary " + why);
  }
}

std::vector<std::string> default_metrics(const scenario::Scenario& scenario, bool is_run) {
  if (is_network(scenario)) return metric_names_of(scenario);
  const auto runtime = !is_run                                     ? measure::Runtime::virtual_time
                       : scenario.run.pace == scenario::Pace::real ? measure::Runtime::pace_real
                                                                   : measure::Runtime::pace_max;
  return {report::target_metric(scenario, runtime), "latency.dispatched.p99"};
}

// The metric of this name that the scenario has.
std::optional<scenario::Metric> metric_named(const std::string& name,
                                             const scenario::Scenario& scenario) {
  if (is_network(scenario)) {
    const auto metric = scenario::find_network_metric(name);
    const bool is_there = metric && scenario::element_of("network." + name, scenario).has_value();
    return is_there ? metric : std::nullopt;
  }
  const scenario::Metric* const metric = scenario::find_metric(name);
  return metric == nullptr ? std::nullopt : std::optional(*metric);
}

std::vector<scenario::Metric> metrics_of(const SweepWishes& wishes,
                                         const scenario::Scenario& scenario, bool is_run,
                                         Complaints& complaints) {
  std::vector<scenario::Metric> metrics;
  for (const std::string& name :
       wishes.metrics.empty() ? default_metrics(scenario, is_run) : wishes.metrics) {
    const auto same = [&](const scenario::Metric& one) { return one.name == name; };
    const std::optional<scenario::Metric> metric = metric_named(name, scenario);
    if (!metric) {
      complaints.add(fmt::format(
          "--metric {}: there is no such metric; docs/scenario.md lists them, for example {}", name,
          is_network(scenario) ? "sojourn.p99 or stations[0].wait.mean"
                               : "paid.rate.mean or latency.dispatched.p99"));
    } else if (!is_run && name.ends_with(".rate.machine")) {
      complaints.add(fmt::format("--metric {}: has no meaning in virtual time", name));
    } else if (std::none_of(metrics.begin(), metrics.end(), same)) {
      metrics.push_back(*metric);
    }
  }
  return metrics;
}

// A value as a number: counts, durations in seconds, rates, shares.
std::optional<double> number_of(const std::string& key, const scenario::Scenario& scenario) {
  if (key == "run.workers") return static_cast<double>(live::pipeline_workers_of(scenario));
  const scenario::Key* const row = scenario::find_key(key);
  if (row == nullptr) return std::nullopt;
  switch (row->kind) {
    case scenario::Kind::count:
    case scenario::Kind::number:
    case scenario::Kind::share:
    case scenario::Kind::duration:
    case scenario::Kind::rate:
    case scenario::Kind::money:
      break;
    default:
      return std::nullopt;
  }
  const auto element = scenario::element_of(key, scenario);
  if (!element) return std::nullopt;
  const scenario::Value value = row->get(scenario, *element);
  if (const auto* const whole = std::get_if<std::int64_t>(&value)) {
    const auto number = static_cast<double>(*whole);
    return row->kind == scenario::Kind::duration ? number * 1e-9 : number;
  }
  const auto* const real = std::get_if<double>(&value);
  return real == nullptr ? std::nullopt : std::optional(*real);
}

// Every combination goes through the loader. Nothing for those with problems.
std::vector<scenario::Scenario> load_all(const ScenarioOptions& options,
                                         const std::vector<study::Factor>& factors,
                                         const std::vector<study::Combination>& combinations,
                                         bool are_networks, Complaints& complaints) {
  std::vector<scenario::Scenario> scenarios;
  for (const study::Combination& combination : combinations) {
    scenario::Loaded loaded = options.load_with(study::overrides_of(factors, combination));
    for (scenario::Problem& problem : loaded.problems) {
      for (const std::string& override : study::overrides_of(factors, combination)) {
        if (problem.origin == "--set " + override) problem.origin = "--vary " + override;
      }
      complaints.add(scenario::text_of(problem));
    }
    if (!loaded.scenario) continue;
    if (is_network(*loaded.scenario) != are_networks) {
      complaints.add(loaded.scenario->name +
                     " is a network of queues in some combinations and a sale in others");
    }
    scenarios.push_back(*std::move(loaded.scenario));
  }
  return scenarios;
}

std::vector<study::SweptFactor> swept(const std::vector<study::Factor>& factors,
                                      const std::vector<study::Combination>& combinations,
                                      const std::vector<scenario::Scenario>& scenarios) {
  std::vector<study::SweptFactor> all;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    study::SweptFactor one{factors[i], std::vector<double>(factors[i].values.size())};
    bool numeric = true;
    for (std::size_t row = 0; numeric && row < combinations.size(); ++row) {
      const std::optional<double> number = number_of(factors[i].key, scenarios[row]);
      numeric = number.has_value();
      if (numeric) one.numbers[combinations[row][i]] = *number;
    }
    if (!numeric) one.numbers.clear();
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<std::size_t> capacity_of(const SweepWishes& wishes,
                                       const std::vector<study::SweptFactor>& factors,
                                       Complaints& complaints) {
  if (wishes.over == "none") return std::nullopt;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const std::string& key = factors[i].factor.key;
    if (wishes.over.empty() ? !study::is_capacity(key) : key != wishes.over) continue;
    if (!wishes.over.empty() && !study::is_amount(key)) {
      complaints.add(fmt::format(
          "--over {}: {}; allowed are keys of --vary that are a count or a rate, or none", key,
          key == "seed" ? "seeds are what chance is, and no capacity"
                        : "more of it is no more capacity"));
      return std::nullopt;
    }
    if (!factors[i].numbers.empty()) return i;
    if (!wishes.over.empty()) {
      complaints.add(fmt::format("--over {}: its values are no numbers", key));
      return std::nullopt;
    }
  }
  if (!wishes.over.empty()) {
    complaints.add(
        fmt::format("--over {}: does not vary; allowed are a key of --vary, or none", wishes.over));
  }
  return std::nullopt;
}

}  // namespace

std::optional<SweepPlan> plan_sweep(const ScenarioOptions& options, const SweepWishes& wishes) {
  const std::optional<scenario::Scenario> own = options.load();
  if (!own) return std::nullopt;
  Complaints complaints;
  const std::vector<study::Factor> factors = factors_of(wishes, complaints);
  if (!complaints.none()) return std::nullopt;
  if (is_network(*own)) check_for_network(wishes, factors, *own, complaints);
  if (!complaints.none()) return std::nullopt;
  SweepPlan plan;
  plan.is_run = is_run(wishes, factors, complaints);
  const std::vector<study::Combination> combinations = study::combinations_of(factors);
  plan.scenarios = load_all(options, factors, combinations, is_network(*own), complaints);
  plan.result.metrics = metrics_of(wishes, *own, plan.is_run, complaints);
  if (!complaints.none()) return std::nullopt;
  plan.result.factors = swept(factors, combinations, plan.scenarios);
  plan.result.capacity = capacity_of(wishes, plan.result.factors, complaints);
  if (!complaints.none()) return std::nullopt;
  plan.result.scenario = own->name;
  plan.result.mode = plan.is_run ? "run" : "simulate";
  plan.result.rounds = static_cast<std::size_t>(wishes.repeat > 0 ? wishes.repeat
                                                : plan.is_run     ? kRoundsOfRuns
                                                                  : own->simulate.replications);
  for (std::size_t i = 0; i < combinations.size(); ++i) {
    const scenario::Scenario& whole = plan.scenarios[i];
    study::SweepRow row{combinations[i], {}, whole.simulate.scale};
    if (plan.result.capacity && row.scale != 1) {
      const std::string& key = factors[*plan.result.capacity].key;
      if (key != "simulate.scale") row.capacity = number_of(key, scenario::scaled(whole));
    }
    plan.result.rows.push_back(std::move(row));
  }
  return plan;
}

}  // namespace double11::cli
