#pragma once
// What `double11 capacity` has found, for people and for programs.

#include <double11/scenario/scenario.hpp>
#include <double11/study/capacity.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "cli/capacity_trials.hpp"
#include "cli/number_key.hpp"

namespace double11::cli {

/// A search and everything it was about. All that is referred to outlives it.
struct CapacityStudy {
  const scenario::Scenario& scenario;  ///< as it is without a change of the key
  const NumberKey& key;
  Mode mode = Mode::simulate;
  const study::CapacityOptions& options;
  const study::Capacity& found;
  const std::vector<TrialRecord>& trials;
  std::string command;        ///< that made it
  std::string trial_command;  ///< of a single trial, but for the key
};

/// All trials of one value.
struct Rung {
  double value = 0;
  /// At least one; in order, but those that were judged first.
  std::vector<const TrialRecord*> trials;

  /// All but the invalid ones, which say nothing of the scenario.
  [[nodiscard]] std::size_t judged() const;
  [[nodiscard]] std::size_t passed() const;
  /// PASS when all that were judged pass, else the verdict of the first that does not; "refused",
  /// "not judged".
  [[nodiscard]] std::string verdict() const;
};

/// By value, the easiest first.
std::vector<Rung> ladder_of(const CapacityStudy& study);

/// The rung of this value, or null.
const Rung* rung_at(const std::vector<Rung>& ladder, std::optional<double> value);

/// One trial at the limit's failing side that shows what gives way; null when none is known.
const TrialRecord* first_failing(const CapacityStudy& study, const std::vector<Rung>& ladder);

/// One of those that could not be judged, when they ended the search; else null.
const TrialRecord* first_not_judged(const CapacityStudy& study);

/// What was found in one sentence, what its limit means in this mode.
std::string finding_of(const CapacityStudy& study);
std::string meaning_of(const CapacityStudy& study);
/// The range that chance leaves and how sure it is; empty where there is none.
std::string range_of(const CapacityStudy& study);
/// That a harder value passes; empty when none does.
std::string surprise_of(const CapacityStudy& study);

/// That no threshold asks what was served, or how large a part of the orders, and how many were;
/// empty where one does.
std::string warning_of(const CapacityStudy& study);
/// What a trial of the confirmation differs in: "seed" in virtual time, else "run".
std::string_view trial_word(const CapacityStudy& study);

/// "FOUND", "ALL PASS", "NONE PASSES", "UNSTEADY", "MACHINE LIMIT", "NOT JUDGED", "INTERRUPTED".
std::string status_of(const CapacityStudy& study);

/// The headline alone, and the report; at most 80 columns.
std::string capacity_headline(const CapacityStudy& study, bool color);
std::string capacity_text(const CapacityStudy& study, bool color);

/// One object with "kind": "capacity".
std::string capacity_json(const CapacityStudy& study);

}  // namespace double11::cli
