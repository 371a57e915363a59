#pragma once
// The result of a network made smaller for its page.

#include <nlohmann/json.hpp>

namespace double11::report {

/// Leaves the first replication only, or the first that finished (or has figures), without
/// fingerprints and with at most kRowsMost rows of its series, and thinner histograms. What a page
/// shows of all replications is in "estimates", "laws", "figures" and "pooled". Throws
/// nlohmann::ordered_json::exception when something is not there.
void thin_network(nlohmann::ordered_json& result);

}  // namespace double11::report
