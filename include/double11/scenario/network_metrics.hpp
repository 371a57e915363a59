#pragma once
// The named metrics of networks of queues that thresholds and sweeps may speak of. Names only;
// report/network_verdict.hpp has the values.

#include <double11/scenario/metrics.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace double11::scenario {

/// All of them, in a fixed order. "stations[]" in a name stands for any station. Any thread.
const std::vector<Metric>& network_metrics();

/// The metric of this name, with this name: "sojourn.p99", or of one station, by its name or
/// position, "stations[till].wait.mean"; nothing when there is none.
std::optional<Metric> find_network_metric(std::string_view name);

}  // namespace double11::scenario
