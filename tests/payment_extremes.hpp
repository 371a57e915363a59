#pragma once
// What a payment station can be beside its servers, at the extremes: values for random scenarios.

#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// Paths and the values to choose from. No calendar ends without servers: at pace real that would
/// be a wait until reservations end.
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kPaymentExtremes{
    {"traffic.segments",
     {R"([{"name":"all","share":1},{"name":"nobody","share":0,"priority":1}])",
      R"([{"name":"a","share":0.5,"priority":3},{"name":"b","share":0.3,"priority":1,)"
      R"("patience_factor":0.5},{"name":"c","share":0.2,"priority":3}])"}},
    {"payment.discipline", {"fifo", "lifo", "priority", "dearest"}},
    {"payment.batch_most", {"1", "1", "2", "50"}},
    {"payment.attempts", {"1", "1", "2", "3", "6"}},
    {"payment.retry_delay", {"0s", "1us", "2ms"}},
    {"payment.retry_backoff", {"1", "2"}},
    {"payment.retry_jitter", {"0", "0.5", "1"}},
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
