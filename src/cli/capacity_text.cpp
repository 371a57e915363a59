// The report of a search for a limit.
#include <double11/core/units.hpp>
#include <double11/report/shell_word.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/capacity_network.hpp"
#include "cli/capacity_report.hpp"
#include "report/text_parts.hpp"

namespace double11::cli {
namespace {

using report::wrapped;
using study::Answer;
using study::Ending;

constexpr std::size_t kOutcomeColumns = 5;

// One unit for all latencies of the ladder.
std::pair<std::string_view, double> unit_of(const CapacityStudy& study) {
  std::int64_t most = 0;
  for (const TrialRecord& trial : study.trials) most = std::max(most, trial.latency_ns[0]);
  if (most >= 10'000'000'000) return {"s", 1e9};
  return most >= 1'000'000 ? std::pair<std::string_view, double>{"ms", 1e6}
                           : std::pair<std::string_view, double>{"us", 1e3};
}

std::string in_unit(std::int64_t ns, double unit) {
  const double value = static_cast<double>(ns) / unit;
  const int decimals = value == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string ladder_part(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const auto [unit, unit_ns] = unit_of(study);
  const bool of_network = is_network(study.scenario);
  std::string text = fmt::format("\nLadder: {}, {}, of the first trial\n",
                                 of_network ? "sojourn of a job" : "latency to dispatched", unit);
  text += fmt::format("{:>16}{:>10}", "value", of_network ? "served" : "offered");
  for (const std::string_view column : kLadderColumns) text += fmt::format("{:>9}", column);
  text += "  passed  verdict\n";
  for (const Rung& rung : ladder) {
    const TrialRecord& first = *rung.trials.front();
    const bool edge = rung.value == study.found.passes || rung.value == study.found.fails;
    text += fmt::format("{}{:>15}", edge ? '>' : ' ', study.key.text(rung.value));
    constexpr std::size_t kRest = 10 + 9 * kLadderColumns.size() + 17;
    if (first.answer == Answer::refused) {
      text += fmt::format("{:>{}}\n", "refused", kRest);
      continue;
    }
    if (rung.judged() == 0) {
      const std::size_t times = rung.trials.size();
      text += fmt::format(
          "{:>{}}\n",
          fmt::format("not judged: INVALID{}", times == 1 ? "" : fmt::format(" {} times", times)),
          kRest);
      continue;
    }
    text += fmt::format("{:>10}", short_rate(first.network ? first.network->throughput_per_s
                                                           : first.offered_per_s));
    for (const std::int64_t latency : first.latency_ns) {
      text += fmt::format("{:>9}", in_unit(latency, unit_ns));
    }
    text += fmt::format("{:>8}  {}\n", fmt::format("{}/{}", rung.passed(), rung.judged()),
                        rung.verdict());
  }
  return text;
}

// The outcomes that occur, those of most orders first; what does not fit is left to "other".
std::vector<Outcome> outcomes_of(const std::vector<Rung>& ladder) {
  const auto most = [&](Outcome outcome) {
    double share = 0;
    for (const Rung& rung : ladder) {
      if (rung.judged() == 0) continue;
      share = std::max(share, rung.trials.front()->shares[index_of(outcome)]);
    }
    return share;
  };
  std::vector<Outcome> outcomes;
  for (const Outcome outcome : kAllOutcomes) {
    if (most(outcome) > 0) outcomes.push_back(outcome);
  }
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [&](Outcome a, Outcome b) { return most(a) > most(b); });
  return outcomes;
}

std::string outcomes_part(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  std::vector<Outcome> outcomes = outcomes_of(ladder);
  if (outcomes.empty()) return "";
  const bool has_other = outcomes.size() > kOutcomeColumns;
  if (has_other) outcomes.resize(kOutcomeColumns - 1);
  std::string text = fmt::format("\n{:>16}", "Outcomes");
  for (const Outcome outcome : outcomes) text += fmt::format("{:>12}", name_of(outcome));
  text += has_other ? fmt::format("{:>12}\n", "other") : "\n";
  for (const Rung& rung : ladder) {
    const TrialRecord& first = *rung.trials.front();
    if (first.answer == Answer::refused || rung.judged() == 0) continue;
    text += fmt::format("{:>16}", study.key.text(rung.value));
    double other = 1;
    for (const Outcome outcome : outcomes) {
      const double share = first.shares[index_of(outcome)];
      other -= share;
      text += fmt::format("{:>12}", share > 0 ? report::percent(share, 1) : "-");
    }
    text += has_other ? fmt::format("{:>12}\n", report::percent(std::max(0.0, other), 1)) : "\n";
  }
  return text;
}

// What each threshold measured on either side of the limit.
std::string checks_part(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const Rung* const inner = rung_at(ladder, study.found.passes);
  const TrialRecord* const outer = first_failing(study, ladder);
  if (outer == nullptr) return "";
  const auto& checks = outer->verdict.checks;
  std::string text = fmt::format("\n{:<42}{:>14}{:>14}\n", "Thresholds",
                                 inner == nullptr ? "" : "at " + study.key.text(inner->value),
                                 "at " + study.key.text(outer->value));
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::string within =
        inner == nullptr ? "" : inner->trials.front()->verdict.checks[i].measured;
    text += fmt::format("  {:<40}{:>14}{:>14}{}\n", checks[i].expression, within,
                        checks[i].measured, checks[i].holds ? "" : "  MISSED");
  }
  return text;
}

std::string gives_way_part(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  if (const TrialRecord* const invalid = first_not_judged(study)) {
    return wrapped(fmt::format("INVALID at {}: {}.", study.key.text(invalid->value),
                               what_broke(*invalid)),
                   "  ") +
           (invalid->machine_late
                ? wrapped("Gives way there: this machine, before any stage of the model.", "  ")
                : "");
  }
  const TrialRecord* const failing = first_failing(study, ladder);
  if (failing == nullptr) return "";
  std::string text = wrapped(
      fmt::format("What breaks at {}: {}.", study.key.text(failing->value), what_broke(*failing)),
      "  ");
  const report::Bottleneck& blame = failing->bottleneck;
  return text + wrapped(fmt::format("Gives way there: {}: {}. To move it: --set {}", blame.blamed,
                                    blame.reason, report::shell_word(blame.setting)),
                        "  ");
}

std::string next_part(const CapacityStudy& study) {
  const double value = study.found.passes.value_or(study.options.start);
  return report::wrapped_command(fmt::format("Next: {} --set {}", study.trial_command,
                                             report::shell_word(study.key.setting(value))),
                                 "  ");
}

}  // namespace

std::string capacity_headline(const CapacityStudy& study, bool color) {
  const bool good = study.found.ending == Ending::found || study.found.ending == Ending::all_pass;
  std::string text = fmt::format("{}{}{}", color ? (good ? "\x1b[1;32m" : "\x1b[1;31m") : "",
                                 status_of(study), color ? "\x1b[0m" : "");
  text += wrapped("  " + study.scenario.name, "  ") + wrapped(finding_of(study), "  ");
  if (const std::string surprise = surprise_of(study); !surprise.empty()) {
    text += wrapped(surprise, "  ");
  }
  return text;
}

std::string capacity_text(const CapacityStudy& study, bool color) {
  const auto ladder = ladder_of(study);
  std::string text = capacity_headline(study, color);
  if (const std::string range = range_of(study); !range.empty()) text += wrapped(range, "  ");
  text += gives_way_part(study, ladder);
  if (const std::string warning = warning_of(study); !warning.empty()) {
    text += wrapped("Warning: " + warning, "  ");
  }
  text += checks_part(study, ladder);
  text += ladder_part(study, ladder);
  text += is_network(study.scenario) ? jobs_part(study, ladder) : outcomes_part(study, ladder);
  if (study.scenario.simulate.scale != 1) {
    text += "\n" + wrapped(fmt::format("At scale {}: traffic, stock, capacities and thresholds on "
                                       "rates and counts are times that.",
                                       study.scenario.simulate.scale),
                           "  ");
  }
  double wall_s = 0;
  std::size_t invalid = 0;
  for (const TrialRecord& trial : study.trials) {
    wall_s += trial.wall_s;
    invalid += trial.answer == Answer::invalid ? 1 : 0;
  }
  const std::string of_them =
      invalid == 0 ? "" : fmt::format(", {} of them INVALID and not counted", invalid);
  text += "\n" + wrapped(fmt::format("{} {} trials in {:.3g} s{}, tolerance {:.3g} %, {} other "
                                     "{}s on either side.",
                                     meaning_of(study), study.trials.size(), wall_s, of_them,
                                     study.options.tolerance * 100, study.options.confirm,
                                     trial_word(study)),
                         "  ");
  return text + next_part(study);
}

}  // namespace double11::cli
