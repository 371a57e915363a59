// What a search for a limit found, in sentences.
#include <double11/core/units.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cli/capacity_report.hpp"

namespace double11::cli {
namespace {

using study::Answer;
using study::Ending;
using study::Limit;

std::string in_percent(double share) {
  return fmt::format("{:.3g} %", share * 100);
}

// "payment.servers 19,030", for a rate with the peak of the curve.
std::string named(const CapacityStudy& study, const std::vector<Rung>& ladder, double value) {
  std::string text = fmt::format("{} {}", study.key.path(), study.key.text(value));
  const bool is_rate = study.key.path() == "traffic.scale" || study.key.path() == "simulate.scale";
  const Rung* const rung = rung_at(ladder, value);
  if (is_rate && rung != nullptr && rung->trials.front()->curve_per_s > 0) {
    text += fmt::format(" ({} at the peak of the curve)",
                        short_rate(rung->trials.front()->curve_per_s));
  }
  return text;
}

std::string tried_range(const CapacityStudy& study) {
  std::set<double> judged;
  std::set<double> invalid;
  std::string refused;
  for (const TrialRecord& trial : study.trials) {
    if (trial.answer == Answer::refused) {
      refused = fmt::format("; {} was refused ({})", study.key.text(trial.value), trial.refusal);
    } else {
      (trial.answer == Answer::invalid ? invalid : judged).insert(trial.value);
    }
  }
  if (judged.empty()) judged.insert(study.options.start);
  const auto unknown = std::count_if(invalid.begin(), invalid.end(),
                                     [&](double value) { return !judged.contains(value); });
  return fmt::format(
      "{} values from {} to {}{}{}", study.key.path(), study.key.text(*judged.begin()),
      study.key.text(*judged.rbegin()),
      unknown > 0 ? fmt::format(", but for {} that could not be judged,", unknown) : "", refused);
}

// What would look where nothing was tried; empty where there is nothing.
std::string farther_of(const CapacityStudy& study) {
  double lowest = study.options.start;
  double highest = study.options.start;
  for (const TrialRecord& trial : study.trials) {
    lowest = std::min(lowest, trial.value);
    highest = std::max(highest, trial.value);
  }
  const auto is_end = [&](double value, double bound) {
    return value == bound ||
           std::any_of(study.trials.begin(), study.trials.end(), [value](const TrialRecord& one) {
             return one.value == value && one.answer == Answer::refused;
           });
  };
  const auto& [least, most] = std::pair(study.options.least, study.options.most);
  const bool lower = !is_end(lowest, least.asked ? study.key.key().least : least.value);
  const bool higher = !is_end(highest, most.asked ? study.key.key().most : most.value);
  if (lower && higher) return " --from and --to look farther.";
  return lower ? " --from looks lower." : higher ? " --to looks higher." : "";
}

// What was judged between the last value that passes and where nothing could be judged any more.
struct Between {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

Between between_of(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  Between counts;
  for (const Rung& rung : ladder) {
    if ((rung.value - *study.found.passes) * (rung.value - *study.found.not_judged) >= 0) continue;
    counts.passed += rung.passed();
    counts.failed += rung.judged() - rung.passed();
  }
  return counts;
}

// What was found where trials stayed invalid.
std::string not_judged_of(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const study::Capacity& found = study.found;
  if (!found.passes && !found.fails) {
    return fmt::format(
        "Nothing could be judged: all {} trials were INVALID, which says nothing of "
        "the scenario.",
        study.trials.size());
  }
  const std::string beyond = fmt::format(
      "{} and {}", study.key.text(*found.not_judged),
      *found.not_judged > (found.passes ? *found.passes : *found.fails) ? "more" : "less");
  if (!found.passes) {
    return fmt::format("Nothing that could be judged passes, {} neither; of {} nothing is known.",
                       named(study, ladder, *found.fails), beyond);
  }
  const std::string passes = fmt::format("{} or {} passes", named(study, ladder, *found.passes),
                                         found.limit == Limit::highest ? "less" : "more");
  const TrialRecord* const trial = first_not_judged(study);
  if (trial == nullptr || !trial->machine_late) {
    return fmt::format("{}; {} could not be judged, so no limit was seen.", passes, beyond);
  }
  const std::string late =
      fmt::format("{}; with {} this machine cannot offer the orders on time.", passes, beyond);
  if (between_of(study, ladder).failed > 0) {
    return late +
           " Before that some runs fail, so which of the two gives way first cannot be told.";
  }
  return late +
         " That is the machine's limit: of the scenario's own nothing is known but that it is not "
         "below.";
}

// What was found where pass and fail overlap over more than a limit can be told from.
std::string too_wide_of(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const study::Capacity& found = study.found;
  const std::string_view word = trial_word(study);
  const std::string beyond =
      found.fails ? fmt::format("at {} with none", study.key.text(*found.fails))
      : found.not_judged
          ? fmt::format("at {} and beyond nothing could be judged, and before that some fail",
                        study.key.text(*found.not_judged))
          : std::string("beyond it with some as far as was tried");
  return fmt::format("{} or {} passes with each {}, {}: too far apart to tell a limit. {}",
                     named(study, ladder, *found.passes),
                     found.limit == Limit::highest ? "less" : "more", word, beyond,
                     study.options.repeatable
                         ? "More orders (a longer or larger scenario) scatter less."
                         : "On a machine without other work runs differ less.");
}

// "3 of 3 runs pass at 8.1k/s (1 more could not be judged)".
std::string passed_of(const CapacityStudy& study, const Rung& rung) {
  std::set<std::int64_t> tried;
  for (const TrialRecord* one : rung.trials) tried.insert(one->seed_number);
  const std::size_t more = tried.size() - rung.judged();
  return fmt::format("{} of {} {}s pass at {}{}", rung.passed(), rung.judged(), trial_word(study),
                     study.key.text(rung.value),
                     more > 0 ? fmt::format(" ({} more could not be judged)", more) : "");
}

}  // namespace

std::size_t Rung::judged() const {
  return static_cast<std::size_t>(
      std::count_if(trials.begin(), trials.end(),
                    [](const TrialRecord* one) { return one->answer != Answer::invalid; }));
}

std::size_t Rung::passed() const {
  return static_cast<std::size_t>(
      std::count_if(trials.begin(), trials.end(),
                    [](const TrialRecord* one) { return one->answer == Answer::pass; }));
}

std::string Rung::verdict() const {
  if (judged() == 0) return "not judged";
  const auto other = std::find_if(trials.begin(), trials.end(), [](const TrialRecord* one) {
    return one->answer != Answer::pass && one->answer != Answer::invalid;
  });
  if (other == trials.end()) return "PASS";
  return (*other)->answer == Answer::refused ? "refused"
                                             : std::string(name_of((*other)->verdict.status));
}

std::vector<Rung> ladder_of(const CapacityStudy& study) {
  std::map<double, Rung> by_value;
  for (const TrialRecord& trial : study.trials) {
    Rung& rung = by_value[trial.value];
    rung.value = trial.value;
    rung.trials.push_back(&trial);
  }
  std::vector<Rung> ladder;
  ladder.reserve(by_value.size());
  for (auto& [value, rung] : by_value) {
    std::stable_partition(rung.trials.begin(), rung.trials.end(),
                          [](const TrialRecord* one) { return one->answer != Answer::invalid; });
    ladder.push_back(std::move(rung));
  }
  if (study.found.limit == Limit::lowest) std::reverse(ladder.begin(), ladder.end());
  return ladder;
}

const Rung* rung_at(const std::vector<Rung>& ladder, std::optional<double> value) {
  const auto found = std::find_if(ladder.begin(), ladder.end(),
                                  [&](const Rung& rung) { return value && rung.value == *value; });
  return found == ladder.end() ? nullptr : &*found;
}

const TrialRecord* first_failing(const CapacityStudy& study, const std::vector<Rung>& ladder) {
  const Rung* rung = rung_at(ladder, study.found.fails);
  // Where some pass as far as was tried, or none at all, any that fails must do.
  for (std::size_t i = 0; rung == nullptr && i < ladder.size(); ++i) {
    if (ladder[i].passed() < ladder[i].judged()) rung = &ladder[i];
  }
  if (rung == nullptr) return nullptr;
  const auto failing =
      std::find_if(rung->trials.begin(), rung->trials.end(),
                   [](const TrialRecord* one) { return one->answer == Answer::fail; });
  return failing == rung->trials.end() ? nullptr : *failing;
}

const TrialRecord* first_not_judged(const CapacityStudy& study) {
  const auto& value = study.found.not_judged;
  if (study.found.ending != Ending::not_judged || !value) return nullptr;
  const auto found = std::find_if(
      study.trials.begin(), study.trials.end(),
      [&](const TrialRecord& one) { return one.value == *value && one.answer == Answer::invalid; });
  return found == study.trials.end() ? nullptr : &*found;
}

std::string_view trial_word(const CapacityStudy& study) {
  return study.options.repeatable ? "seed" : "run";
}

std::string status_of(const CapacityStudy& study) {
  switch (study.found.ending) {
    case Ending::found:
      return "FOUND";
    case Ending::all_pass:
      return "ALL PASS";
    case Ending::none_passes:
      return "NONE PASSES";
    case Ending::unsteady:
    case Ending::too_wide:
      return "UNSTEADY";
    case Ending::not_judged: {
      const TrialRecord* const trial = first_not_judged(study);
      const bool is_machine = study.found.passes && trial != nullptr && trial->machine_late;
      return is_machine ? "MACHINE LIMIT" : "NOT JUDGED";
    }
    case Ending::stopped:
      break;
  }
  return "INTERRUPTED";
}

std::string finding_of(const CapacityStudy& study) {
  const study::Capacity& found = study.found;
  const auto ladder = ladder_of(study);
  const bool highest = found.limit == Limit::highest;
  switch (found.ending) {
    case Ending::found:
      return fmt::format(
          "{} or {} passes, {}.", named(study, ladder, *found.passes), highest ? "less" : "more",
          found.fails
              ? study.key.text(*found.fails) + " does not"
              : fmt::format("and beyond it some {}s do as far as was tried", trial_word(study)));
    case Ending::all_pass:
      return fmt::format("No limit: of {} all pass.{}", tried_range(study), farther_of(study));
    case Ending::none_passes:
      return fmt::format("Nothing passes: of {} none does.{}", tried_range(study),
                         farther_of(study));
    case Ending::unsteady:
      return fmt::format(
          "{} passes with the first {}; but no value was found at which most of {} others could be "
          "judged and pass, too.",
          named(study, ladder, *found.passes), trial_word(study), study.options.confirm);
    case Ending::too_wide:
      return too_wide_of(study, ladder);
    case Ending::not_judged:
      return not_judged_of(study, ladder);
    case Ending::stopped:
      break;
  }
  if (!found.passes) return "Stopped before any limit was seen.";
  const std::string beyond = found.fails ? study.key.text(*found.fails) + " does not"
                             : found.not_judged
                                 ? study.key.text(*found.not_judged) + " could not be judged"
                                 : std::string("beyond it some do as far as was tried");
  return fmt::format("Stopped on the way: so far {} passes and {}.",
                     named(study, ladder, *found.passes), beyond);
}

std::string meaning_of(const CapacityStudy& study) {
  if (is_network(study.scenario)) {
    return "A limit of the model (stations, servers, queues) in virtual time: this machine plays "
           "no part in it.";
  }
  if (study.mode == Mode::simulate) {
    return "A limit of the model (credits, servers, rows, warehouses) in virtual time: this "
           "machine plays no part in it.";
  }
  const bool whole_sale = study.key.path() == "simulate.scale";
  if (study.scenario.run.pace == scenario::Pace::max) {
    return "At pace max waits are modelled, so the limit is the model's; of this machine only the "
           "rates ...rate.machine speak, which hardly depend on how much traffic there is. For the "
           "machine's limit: --pace real --by simulate.scale.";
  }
  if (whole_sale) {
    return "On the clock, with traffic, stock and capacities growing together: the model stays as "
           "large as its traffic, so the limit is this machine's, also where trials stay INVALID: "
           "it could not offer the orders on time.";
  }
  return "On the clock: whatever gives way first, the model or this machine. A trial that stays "
         "INVALID says nothing of the model: the machine could not offer the orders on time. --by "
         "simulate.scale leaves only the machine.";
}

std::string range_of(const CapacityStudy& study) {
  const study::Capacity& found = study.found;
  const bool has_one = found.ending == Ending::found || found.ending == Ending::too_wide ||
                       (found.ending == Ending::not_judged && found.passes);
  if (!has_one) return "";
  const auto ladder = ladder_of(study);
  const Rung* const inner = rung_at(ladder, found.passes);
  const Rung* const outer = rung_at(ladder, found.fails);
  const std::string what = fmt::format("{}s", trial_word(study));
  std::string text = passed_of(study, *inner);
  if (found.not_judged) {
    const Between between = between_of(study, ladder);
    if (between.passed + between.failed == 0) return text + ".";
    return text + fmt::format("; between the two some {} could be judged: {} passed, {} failed.",
                              what, between.passed, between.failed);
  }
  if (outer == nullptr) {
    return text + fmt::format(
                      ", and some pass at everything that was tried beyond it: pass and "
                      "fail overlap farther than the search went.");
  }
  text += fmt::format(", {} of {} at {}", outer->passed(), outer->judged(),
                      study.key.text(outer->value));
  const bool has_hole = std::any_of(ladder.begin(), ladder.end(), [&](const Rung& rung) {
    return (rung.value - inner->value) * (rung.value - outer->value) < 0 && rung.judged() == 0;
  });
  const auto between = std::count_if(ladder.begin(), ladder.end(), [&](const Rung& rung) {
    return (rung.value - inner->value) * (rung.value - outer->value) < 0 && rung.judged() > 1;
  });
  if (between > 0) text += "; between them pass and fail overlap";
  if (between == 0 && has_hole) text += "; what lies between them could not be judged";
  if (study.options.confirm == 0) {
    return text + ". Not confirmed: a single trial each says nothing about chance.";
  }
  if (found.confidence <= 0) {
    return text + fmt::format(
                      ". So many values had to be tried until {} agreed that nothing can be "
                      "said of how sure the range is; --confirm {} says more.",
                      what, study.options.confirm * 2);
  }
  return text + fmt::format(
                    ". The value at which half of all {} pass lies between the two with at least "
                    "{} confidence, if harder values do not pass more often (--confirm {} makes it "
                    "surer).",
                    what, in_percent(found.confidence), study.options.confirm * 2);
}

std::string surprise_of(const CapacityStudy& study) {
  const auto& surprise = study.found.surprise;
  if (!surprise) return "";
  const std::string seen =
      fmt::format("{} passes though {} fails, which should be easier.",
                  study.key.text(surprise->passes), study.key.text(surprise->fails));
  if (!study.options.repeatable)
    return seen + " Runs differ that much, or there is more than one limit.";
  return "Not monotonic: " + seen +
         " There may be more than one limit; the one above is the first that was met.";
}

}  // namespace double11::cli
