#pragma once
// The part of the report for people about the faults of the scenario.

#include <double11/report/result.hpp>

#include <string>

namespace double11::report {

/// One line for each fault: what it was and how long the shop took to recover; empty without.
std::string fault_part(const Result& result);

}  // namespace double11::report
