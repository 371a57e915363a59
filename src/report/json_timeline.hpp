#pragma once
// Parts of the JSON result: what is there over time.

#include <double11/report/result.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

nlohmann::ordered_json timeline_json(const Result& result);
nlohmann::ordered_json latency_over_time_json(const measure::LatencySeries& series);

}  // namespace double11::report
