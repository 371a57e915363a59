#pragma once
// Rows of a database at the extremes, with faults of them: settings for random scenarios.

#include <string>
#include <vector>

namespace double11 {

/// Sets of overrides to choose from.
inline const std::vector<std::vector<std::string>> kRowExtremes{
    {R"(inventory.row={"model":"plain"})"},
    {R"(inventory.row={"model":"group","group_most":2})"},
    {R"(inventory.row={"model":"plain","commit":"1us"})", "catalogue.popularity_exponent=2"},
    {R"(inventory.row={"model":"plain","lock":"30us","update":"20us","commit":"400us",)"
     R"("round_trip":"100us"})"},
    {R"(inventory.row={"model":"plain","lock":"10us","lock_crowded":"900us","crowd":5,)"
     R"("crowd_bend":1,"round_trip":"1ns"})",
     "catalogue.popularity_exponent=2"},
    {R"(inventory.row={"model":"group","lock":"2ms","lock_crowded":"0s","crowd":30,)"
     R"("crowd_bend":0.4,"update":"1us","commit":"1ms"})",
     R"(faults=[{"at":"3ms","duration":"20ms","of":"inventory"}])"},
    {R"(inventory.row={"model":"group","lock":"10us","update":"1ms","commit":"1ms",)"
     R"("group_most":3,"round_trip":"3ms"})",
     R"(faults=[{"at":"0s","duration":"9ms","of":"inventory","factor":0.3},)"
     R"({"at":"5ms","duration":"30ms","of":"inventory","factor":7},)"
     R"({"at":"5ms","duration":"10ms","of":"payment"}])"},
};

}  // namespace double11
