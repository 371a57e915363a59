#pragma once
// Records of finished runs, for tests of what is said about them.

#include <double11/live/pipeline.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"

namespace double11::report {

/// What a run of the scenario would have been executed by.
inline measure::Runtime runtime_of(const scenario::Scenario& scenario) {
  return scenario.run.pace == scenario::Pace::real ? measure::Runtime::pace_real
                                                   : measure::Runtime::pace_max;
}

/// A real run on one worker, driven by hand, with a wall time of its own choosing (one second, so
/// that machine rates equal counts).
inline measure::RunRecord finished(const scenario::Scenario& scenario) {
  measure::RunRecord record = live::drive_to_end(scenario, 1, 1);
  record.wall = std::chrono::seconds(1);
  record.runtime = runtime_of(scenario);
  return record;
}

/// The same, but so quick that the machine is never what gives way first.
inline measure::RunRecord finished_quickly(const scenario::Scenario& scenario) {
  measure::RunRecord record = live::drive_to_end(scenario, 1, 1);
  record.wall = std::chrono::microseconds(1);
  record.runtime = runtime_of(scenario);
  return record;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Length of the longest line.
inline std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    widest = std::max(widest, end - begin);
  }
  return widest;
}

}  // namespace double11::report
