#pragma once
// Replications of a simulated network: what can be said about all of them together.

#include <double11/report/replications.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/virtual_time/network_record.hpp>

#include <span>
#include <string>
#include <vector>

namespace double11::report {

/// Whether Little's law and the conservation of jobs hold exactly at every station of every
/// replication.
[[nodiscard]] bool laws_hold(std::span<const virtual_time::NetworkRecord> records);

/// The main figures of every station and of the whole, over the replications (at least one).
[[nodiscard]] std::vector<Figure> figures_of(std::span<const virtual_time::NetworkRecord> records);

/// One JSON object with "schema_version", the figures and every replication.
[[nodiscard]] std::string network_json(const scenario::Scenario& scenario,
                                       std::span<const virtual_time::NetworkRecord> records);

}  // namespace double11::report
