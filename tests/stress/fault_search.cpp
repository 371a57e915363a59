// Deterministic fault search: many small random scenarios with every knob at its extremes, on the
// live engine's own code under random schedules, in one thread. A seed is a whole run; whatever is
// found is replayed by it.
//
//   fault_search --runs 2000 --seed 1        seeds 1 to 2000
//   fault_search --replay 17                 that run, in detail
//   fault_search --hunt --within 200         every planted bug must be found
//   fault_search --replay 17 --canary NAME   a run with a planted bug
#include <double11/live/canary.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "stress/canary_hunt.hpp"
#include "stress/judge.hpp"
#include "stress/rehearsal.hpp"
#include "stress/sightings.hpp"
#include "stress/smoke.hpp"
#include "stress/trial.hpp"

namespace double11::stress {
namespace {

// Every so many runs one is repeated, to see that a seed is a whole run.
constexpr std::uint64_t kRepeatEvery = 32;

// After so many runs with faults there is enough to look at.
constexpr int kEnough = 10;

struct Options {
  std::uint64_t runs = 2000;
  std::uint64_t seed = 1;
  std::uint64_t replay = 0;
  std::uint64_t within = 200;
  std::string canary = "none";
  bool hunt = false;
};

void print(const Trial& trial, const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) fmt::print("FAULT in seed {}: {}\n", trial.seed, fault);
  fmt::print("  schedule: {}\n  scenario: {}\n  replay:   fault_search --replay {}\n",
             schedule_text(trial), scenario_text(trial), trial.seed);
}

int search(const Options& options) {
  Sightings sightings;
  int with_faults = 0;
  std::int64_t turns = 0;
  std::int64_t most_rounds = 0;
  const std::uint64_t end = options.seed + options.runs;
  fmt::print("seeds {} to {}\n", options.seed, end - 1);
  for (std::uint64_t seed = options.seed; seed < end && with_faults < kEnough; ++seed) {
    const Trial trial = draw_trial(seed);
    const scenario::Scenario scenario = scenario_of(trial);
    const Rehearsed run = rehearse(trial, scenario, live::Canary::none);
    turns += run.turns;
    most_rounds = std::max(most_rounds, run.rounds);
    std::vector<std::string> faults = faults_of(trial, scenario, run);
    if (seed % kRepeatEvery == 0) {
      const Rehearsed again = rehearse(trial, scenario, live::Canary::none);
      const std::vector<std::string> more = differences(run, again);
      faults.insert(faults.end(), more.begin(), more.end());
    }
    if (run.ended) sightings.look_at(trial, scenario, run);
    if (faults.empty()) continue;
    print(trial, faults);
    ++with_faults;
  }
  for (const auto& [what, seen] : sightings.counts()) fmt::print("{:>8}  {}\n", seen, what);
  const std::vector<std::string> missing = sightings.missing();
  for (const std::string& what : missing) fmt::print("NEVER SEEN: {}\n", what);
  fmt::print("{} turns, at most {} rounds to the end, {} runs with faults\n", turns, most_rounds,
             with_faults);
  return with_faults == 0 && missing.empty() ? 0 : 1;
}

int replay(const Options& options) {
  const Trial trial = draw_trial(options.replay);
  const scenario::Scenario scenario = scenario_of(trial);
  const Rehearsed run = rehearse(trial, scenario, *live::canary_of(options.canary));
  const std::vector<std::string> faults = faults_of(trial, scenario, run);
  print(trial, faults);
  fmt::print("  {} turns, of them {} nested, {} rounds to the end, clock at {} ms\n", run.turns,
             run.nested, run.rounds, nanoseconds_of(run.clock_end) / 1'000'000);
  for (const Outcome outcome : kAllOutcomes) {
    fmt::print("{:>8}  {}\n", run.record.books.outcomes(outcome).count, name_of(outcome));
  }
  return faults.empty() ? 0 : 1;
}

int hunt_all(const Options& options) {
  bool all = true;
  for (const Prey& prey : kPrey) all = hunt(prey, options.seed, options.within) && all;
  return all ? 0 : 1;
}

int main_of(int argc, char** argv) {
  Options options;
  CLI::App app("Deterministic fault search on the live engine");
  app.add_option("--runs", options.runs, "How many runs");
  app.add_option("--seed", options.seed, "Seed of the first run");
  CLI::Option* const replaying = app.add_option("--replay", options.replay, "Seed of one run");
  app.add_option("--canary", options.canary, "Bug to plant into that run")
      ->check(CLI::IsMember(
          std::vector<std::string>(live::kCanaryNames.begin(), live::kCanaryNames.end())));
  app.add_flag("--hunt", options.hunt, "Look for every planted bug");
  app.add_option("--within", options.within, "Runs in which each must be found");
  CLI11_PARSE(app, argc, argv);
  if (replaying->count() > 0) return replay(options);
  return options.hunt ? hunt_all(options) : search(options);
}

}  // namespace
}  // namespace double11::stress

int main(int argc, char** argv) {
  try {
    return double11::stress::main_of(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fault_search: %s\n", error.what());
    return 1;
  }
}
