#pragma once
// A simulated network as text: aligned tables of at most 80 characters, for people.

#include <double11/virtual_time/network_record.hpp>

#include <string>

namespace double11::report {

/// Stations (numbers, waits, losses), classes when there are several, and the laws that must hold.
/// Of a record that was stopped within its warm-up, where its jobs were and the laws.
/// Pure; any thread.
std::string text_of(const virtual_time::NetworkRecord& record);

}  // namespace double11::report
