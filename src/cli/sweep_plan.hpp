#pragma once
// What a sweep is to do, checked to the last combination before anything runs.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/study/sweep_result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/scenario_options.hpp"

namespace double11::cli {

/// As given on the command line.
struct SweepWishes {
  std::vector<std::string> vary;     ///< KEY=VALUES
  std::vector<std::string> metrics;  ///< names; none: the judged rate and p99 of dispatched
  std::string mode;                  ///< "run", "simulate" or "": by the keys
  std::string over;                  ///< factor of the scaling laws, "none", or "": by its name
  std::int64_t repeat = 0;           ///< rounds; 0: 3 of runs, simulate.replications of simulations
};

struct SweepPlan {
  bool is_run = false;
  std::vector<scenario::Scenario> scenarios;  ///< one for each combination
  study::SweepResult result;                  ///< with rows and no trials yet
};

/// The plan, or nothing after all that is wrong has been printed to stderr.
std::optional<SweepPlan> plan_sweep(const ScenarioOptions& options, const SweepWishes& wishes);

}  // namespace double11::cli
