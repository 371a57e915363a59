#pragma once

#include <double11/report/result.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

/// The "logistics" of the result for programs: promises always, the rest over days.
nlohmann::ordered_json logistics_json(const Result& result);

}  // namespace double11::report
