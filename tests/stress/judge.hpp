#pragma once
// What must hold after a trial, whatever the schedule was.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stress/rehearsal.hpp"
#include "stress/trial.hpp"

namespace double11::stress {

/// What of a run's result no schedule can change, so that it must be as in virtual time.
enum class Agreement : std::uint8_t { none, arrivals, totals, fates };

/// The sale in virtual time, for comparison; none for a trial that is stopped.
std::optional<measure::RunRecord> in_virtual_time(const scenario::Scenario& scenario,
                                                  const Rehearsed& run);

/// Credits, servers and stock for all orders at once; but a SKU may be out of stock from the start.
bool no_competition(const scenario::Scenario& scenario, std::int64_t orders);

Agreement agreement_of(const scenario::Scenario& scenario, const Rehearsed& run, bool real);

/// Everything that is wrong with the run, a line each.
std::vector<std::string> faults_of(const Trial& trial, const scenario::Scenario& scenario,
                                   const Rehearsed& run);

/// What differs between two runs of one trial; there is no such thing unless something undefined
/// happened.
std::vector<std::string> differences(const Rehearsed& one, const Rehearsed& other);

}  // namespace double11::stress
