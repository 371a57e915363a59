#pragma once
// Trials change a scenario that ships, so that a finding can be repeated with the program itself.

#include <double11/scenario/load.hpp>

#include <stdexcept>

#include "stress/trial.hpp"

namespace double11::stress {

inline scenario::Scenario scenario_of(const Trial& trial) {
  scenario::Loaded loaded =
      scenario::load(DOUBLE11_SOURCE_DIR "/scenarios/smoke.json", trial.overrides);
  if (!loaded.scenario) throw std::invalid_argument(text_of(loaded.problems.front()));
  return *loaded.scenario;
}

}  // namespace double11::stress
