#pragma once
// What the replications of a network say together: of every station, of every class and of the
// whole, each figure as its mean over the replications and half the width of its 95 % interval.

#include <double11/scenario/scenario.hpp>

#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// `documents` are those of document_of() of replications of `scenario` that are counted;
/// without any there is nothing to estimate: null. Pure; any thread.
nlohmann::ordered_json estimates_of(const std::vector<const nlohmann::ordered_json*>& documents,
                                    const scenario::Scenario& scenario);

}  // namespace double11::report
