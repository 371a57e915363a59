#pragma once
// A simulated network as JSON documents, for those that put them into a larger one.

#include <double11/virtual_time/network_record.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Everything in the record but histograms, of which there are quantiles; of one that was stopped
/// only where the jobs are and what its laws rest on. Pure; any thread.
nlohmann::ordered_json document_of(const virtual_time::NetworkRecord& record);

/// Moments, quantiles and the histogram, whose cells are pairs of largest value and count. Pure;
/// any thread.
nlohmann::ordered_json distribution_of(const virtual_time::Times& times);

}  // namespace double11::report
