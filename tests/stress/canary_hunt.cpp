#include "stress/canary_hunt.hpp"

#include <double11/report/audit.hpp>

#include <fmt/format.h>

#include "stress/rehearsal.hpp"
#include "stress/smoke.hpp"
#include "stress/trial.hpp"

namespace double11::stress {
namespace {

// Where stock is owned no two threads meet at a shelf; an oversale must show there as well. An
// order that is lost behind a door keeps its credit, and others may wait for it for ever.
bool counts(const Prey& prey, const scenario::Scenario& scenario) {
  if (prey.canary == live::Canary::lost_order && has_door(scenario)) return false;
  return prey.canary != live::Canary::oversold_unit ||
         scenario.inventory.strategy == scenario::Strategy::owner_shard;
}

}  // namespace

bool hunt(const Prey& prey, std::uint64_t first, std::uint64_t within) {
  const std::string_view name = live::kCanaryNames[static_cast<std::size_t>(prey.canary)];
  for (std::uint64_t seed = first; seed < first + within; ++seed) {
    const Trial trial = draw_trial(seed);
    const scenario::Scenario scenario = scenario_of(trial);
    if (!counts(prey, scenario)) continue;
    const Rehearsed run = rehearse(trial, scenario, prey.canary);
    if (!run.ended) {
      fmt::print("{}: seed {} does not end\n", name, seed);
      return false;
    }
    const report::Audit audit = report::audit(scenario, run.record);
    // Those of the door and of buyers come after them, in scenarios that have such.
    if (has_door(scenario) ? audit.laws.size() < kLaws : audit.laws.size() != kLaws) {
      fmt::print("{} laws, but canaries for {}\n", audit.laws.size(), kLaws);
      return false;
    }
    if (audit.laws[prey.law].violations == 0) continue;
    fmt::print("{} found in run {} (fault_search --replay {} --canary {})\n", name,
               seed - first + 1, seed, name);
    for (const report::Law& law : audit.laws) {
      if (law.violations != 0) fmt::print("  breaks: {}; {}\n", law.name, law.offender);
    }
    return true;
  }
  fmt::print("{} NOT FOUND within {} runs from seed {}\n", name, within, first);
  return false;
}

}  // namespace double11::stress
