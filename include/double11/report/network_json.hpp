#pragma once
// A simulated network as JSON: everything in the record, durations in nanoseconds.

#include <double11/virtual_time/network_record.hpp>

#include <string>

namespace double11::report {

/// Pure; any thread.
std::string json_of(const virtual_time::NetworkRecord& record);

}  // namespace double11::report
