#pragma once
// One trial of the search: a scenario, a machine and a schedule, all from a seed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "stress/schedule.hpp"

namespace double11::stress {

struct Trial {
  std::uint64_t seed = 0;
  std::vector<std::string> overrides;  ///< on top of the scenario `smoke`
  std::uint32_t workers = 1;
  std::size_t batch = 1;  ///< PipelineOptions::batch
  Family family = Family::uniform;
  std::uint64_t wild_turns = 0;  ///< turns under the family; afterwards everybody gets his turn
  std::int64_t stop_at = -1;     ///< turn before which a stop is requested; -1: none
  bool real = false;             ///< pace real, with a clock that the trial moves
  std::uint64_t stall_in = 1;    ///< at pace real, once in how many turns the clock jumps
  bool put_aside = false;        ///< at pace real, workers are put aside in the middle of a turn
};

/// The same seed gives the same trial.
Trial draw_trial(std::uint64_t seed);

/// The scenario as a command line of the program, and what the program cannot be told.
std::string scenario_text(const Trial& trial);
std::string schedule_text(const Trial& trial);

}  // namespace double11::stress
