#pragma once
// What a payment station can be beside its servers, at the extremes: values for random scenarios.

#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// Paths and the values to choose from. No calendar ends without servers: at pace real that would
/// be a wait until reservations end.
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kPaymentExtremes{
    {"payment.discipline", {"fifo", "lifo", "priority"}},
    {"payment.patience",
     {R"({"distribution":"none"})", R"({"distribution":"constant","mean":"2ms"})",
      R"({"distribution":"exponential","mean":"5ms"})"}},
    {"payment.calendar",
     {"[]", R"([{"at":"0s","servers":2},{"at":"20ms","servers":0},{"at":"40ms","servers":9}])",
      R"([{"at":"7ms","servers":1}])", R"([{"at":"30ms","servers":0},{"at":"90ms","servers":2}])"}},
    {"payment.slowdowns",
     {"[]", R"([{"at":"3ms","duration":"20ms","factor":0}])",
      R"([{"at":"0s","duration":"9ms","factor":0.3},{"at":"9ms","duration":"9ms","factor":7}])"}},
    {"payment.breakdown", {R"({})", R"({"up":"8ms","down":"3ms"})"}}};

}  // namespace double11
