#pragma once
// What `double11 simulate` does once the scenario is loaded.

#include <double11/core/steering.hpp>
#include <double11/scenario/scenario.hpp>

#include <string>

#include "cli/audience.hpp"
#include "cli/baseline.hpp"
#include "cli/result_files.hpp"

namespace double11::cli {

/// Where the results go and how.
struct SimulationOutput {
  std::string again;  ///< the command line that makes them again
  ResultFiles* files = nullptr;
  bool quiet = false;
  bool no_color = false;  ///< none anywhere
  bool color = false;     ///< on stdout
  // Of a sale.
  const Baseline* baseline = nullptr;     ///< what it is compared with
  const ScreenOptions* screen = nullptr;  ///< who looks on
  double speed = Steering::kUnlimited;    ///< see Steering
};

/// Simulates the sale, or the queueing network, with scenario::scaled() carried out; prints the
/// report; returns the exit code.
int simulate_sale(const scenario::Scenario& scenario, const SimulationOutput& output);
int simulate_network(const scenario::Scenario& scenario, const SimulationOutput& output);

}  // namespace double11::cli
