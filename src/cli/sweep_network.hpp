#pragma once
// What a sweep of a network of queues measures.

#include <double11/scenario/metrics.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/study/sweep_result.hpp>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace double11::cli {

/// What is shown where nothing else is asked for: throughput, sojourns, how busy the busiest
/// station is, and what is lost or gives up where that can be.
std::vector<std::string> metric_names_of(const scenario::Scenario& network);

/// One replication of a network, scenario::scaled() carried out; nothing when it was stopped.
std::optional<study::SweepTrial> network_trial(const scenario::Scenario& network,
                                               std::uint64_t replication,
                                               const std::vector<scenario::Metric>& metrics,
                                               const std::atomic<bool>& stop);

}  // namespace double11::cli
