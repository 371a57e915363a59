#pragma once
// What logistics can be beside places and capacities, at the extremes: values for random scenarios.

#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// Paths and the values to choose from, for the regions and warehouses of small_scenario().
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kLogisticsExtremes{
    {"logistics.shifts",
     {"[]", R"([{"people":1,"from":"0s","to":"1ns"}])",
      R"([{"people":1000000,"person_rate":"1M/s","robots":5},)"
      R"({"warehouse":"west-1","robots":1,"from":"23h","to":"1h","robot_hour":"10000 yuan"}])"}},
    {"logistics.carriers",
     {"[]", R"([{"name":"a","cut_off":"1ns","parcels_per_day":1}])",
      R"([{"name":"a","share":1000000},{"name":"b","region":"east","opens":"1h",)"
      R"("parcels_per_day":1000000000000},{"name":"c","region":"west","cut_off":"1ms"}])"}},
    {"logistics.stock.policy", {"none", "central", "uniform", "forecast", "perfect"}},
    {"logistics.stock.forecast_error", {"0", "0.5", "3"}},
    {"logistics.stock.transfer", {"0s", "1h", "30d"}},
    {"logistics.anticipatory.share", {"0", "0", "0.3", "1"}},
    {"logistics.speed_km_per_h", {"0", "1", "10000"}},
    {"logistics.cost_far", {"0 fen", "10000 yuan"}},
    {"logistics.starts_at", {"0s", "23h"}}};

}  // namespace double11
