#pragma once
// What `double11 simulate` does once the scenario is loaded.

#include <double11/scenario/scenario.hpp>

#include <string>

#include "cli/baseline.hpp"

namespace double11::cli {

/// Where the results go and how.
struct SimulationOutput {
  std::string again;  ///< the command line that makes them again
  std::string json_path;
  bool quiet = false;
  bool color = false;
  const Baseline* baseline = nullptr;  ///< of a sale: what it is compared with
};

/// Simulates the sale, or the queueing network, with scenario::scaled() carried out; prints the
/// report; returns the exit code.
int simulate_sale(const scenario::Scenario& scenario, const SimulationOutput& output);
int simulate_network(const scenario::Scenario& scenario, const SimulationOutput& output);

}  // namespace double11::cli
