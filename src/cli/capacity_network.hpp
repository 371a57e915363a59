#pragma once
// What a search for the limit of a network of queues has of its own: trials, their part of the
// report, and whether the limit leaves jobs out.

#include <double11/scenario/scenario.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/capacity_report.hpp"
#include "cli/capacity_trials.hpp"

namespace double11::cli {

/// Simulates one replication of a network, scenario::scaled() carried out, into `trial`, whose
/// answer it sets. Shows how far it is, once it has taken some time, unless `quiet`.
void try_network(const scenario::Scenario& network, std::uint64_t replication,
                 const std::atomic<bool>& stop, bool quiet, TrialRecord& trial);

/// What became of the jobs of each value, and the busiest station.
std::string jobs_part(const CapacityStudy& study, const std::vector<Rung>& ladder);

/// That jobs are lost or give up at the limit and no threshold asks how many; empty otherwise.
std::string network_warning_of(const CapacityStudy& study, const std::vector<Rung>& ladder);

}  // namespace double11::cli
