#pragma once
// Parts of the JSON result: what was sold, by SKU and by region.

#include <double11/report/result.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Of dispatched orders, how unequal the SKUs are, and of how many a buyer was refused.
nlohmann::ordered_json sold_json(const Result& result);
/// The SKUs of which most was sold.
nlohmann::ordered_json hot_json(const Result& result);
nlohmann::ordered_json regions_json(const Result& result);

}  // namespace double11::report
