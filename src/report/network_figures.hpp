#pragma once
// The main figures of a network over its replications, as "figures" of its result and the table
// for people have them.

#include <double11/report/replications.hpp>

#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Of every station and of the whole. `documents` are those of document_of() of replications that
/// were not stopped; without any there are no figures. Pure; any thread.
std::vector<Figure> figures_of(const std::vector<const nlohmann::ordered_json*>& documents);

}  // namespace double11::report
