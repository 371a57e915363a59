#pragma once
// The laws of a network as its result tells them.

#include <cstddef>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Little's law and the conservation of jobs, each with how far it is off in all replications
/// together, in how many places, and the first of those. `documents` are the numbers of
/// replications with what document_of() says of each. Pure; any thread.
nlohmann::ordered_json laws_of(
    const std::vector<std::pair<std::size_t, const nlohmann::ordered_json*>>& documents);

}  // namespace double11::report
