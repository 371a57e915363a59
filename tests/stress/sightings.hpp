#pragma once
// What a search must have come across at least once ("sometimes" assertions): a search that never
// meets a full queue says nothing about full queues.

#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "stress/rehearsal.hpp"
#include "stress/trial.hpp"

namespace double11::stress {

class Sightings {
 public:
  Sightings();

  /// Notes what happened in a run that has ended.
  void look_at(const Trial& trial, const scenario::Scenario& scenario, const Rehearsed& run);

  /// In how many runs each was seen.
  [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return counts_; }
  /// What was never seen.
  [[nodiscard]] std::vector<std::string> missing() const;

 private:
  void note(const std::string& what, bool seen) { counts_[what] += seen ? 1 : 0; }

  std::map<std::string, std::int64_t> counts_;
};

}  // namespace double11::stress
