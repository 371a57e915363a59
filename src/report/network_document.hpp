#pragma once
// A simulated network as a JSON document, for those that put it into a larger one.

#include <double11/virtual_time/network_record.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Pure; any thread.
nlohmann::ordered_json document_of(const virtual_time::NetworkRecord& record);

}  // namespace double11::report
