#pragma once
// What the door keeps from the stages: how much of the traffic reaches them, and which of its rules
// to blame when too little does.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <optional>
#include <vector>

#include "report/candidate.hpp"

namespace double11::report {

/// Of `offered_per_s` clicks, those that ask for a credit: without the ones that the door knows,
/// throttles or tells that it is sold out, and no more than its waiting room and its rate limit let
/// in.
double behind_door_per_s(double offered_per_s, const scenario::Scenario& scenario,
                         const measure::RunRecord& record);

/// What its waiting room lets in; without one, infinity.
double room_rate_per_s(const scenario::Scenario& scenario);

/// Rules of the door that turned people away or made them wait, each with what it lets through of
/// `offered_per_s`, against `wanted_per_s` (above 0).
std::vector<Candidate> door_candidates(double offered_per_s, double wanted_per_s,
                                       const scenario::Scenario& scenario,
                                       const measure::RunRecord& record);

/// The rule that turned most people away, and how many.
struct DoorLoss {
  std::int64_t clicks = 0;
  Candidate blamed;
};
std::optional<DoorLoss> most_lost_at_door(const scenario::Scenario& scenario,
                                          const measure::RunRecord& record);

/// When people waited longer in the waiting room than for everything behind it.
std::optional<Candidate> waiting_room_wait(double offered_per_s, const scenario::Scenario& scenario,
                                           const measure::RunRecord& record);

}  // namespace double11::report
