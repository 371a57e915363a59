#pragma once

#include <double11/report/result.hpp>

#include <string>

namespace double11::report {

/// Parcels by warehouse and their delivery; over days also promises, costs, carriers and backlog.
std::string logistics_part(const Result& result);

}  // namespace double11::report
