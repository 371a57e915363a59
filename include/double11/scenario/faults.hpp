#pragma once
// Faults: at an instant, for a time, a part of the shop slows down, loses capacity or goes down.
//
// A part has a name: "payment", or "logistics.NORTH" for one of several. A fault of a group
// ("logistics") is one of all its members. What the capacity or speed of a part is, the part
// itself says; stages::WorkClock::of_faults() tells it when it has how much of it.

#include <double11/core/time.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace double11::scenario {

struct Scenario;

struct Fault {
  Duration at{0};
  Duration duration{0};
  std::string of;
  double factor = 0;  ///< times the usual capacity or speed; 0: down
};

/// What a fault of this scenario can be of: groups first, each followed by its members.
std::vector<std::string> fault_targets(const Scenario& scenario);

/// The group of a target: what stands before its first dot.
std::string_view fault_group(std::string_view target);

/// Whether a fault of `of` strikes `target`: the same, or the group of it.
bool strikes(std::string_view of, std::string_view target);

}  // namespace double11::scenario
