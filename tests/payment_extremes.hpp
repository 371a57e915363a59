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

/// Declined payments, of one channel or several.
inline const std::vector<std::string> kReasonExtremes{
    "[]", R"([{"name":"funds","share":1,"fault":"buyer"}])",
    R"([{"name":"fraud","share":0.3,"retryable":"no"},{"name":"busy","share":0.7}])",
    R"([{"name":"a","share":0},{"name":"b","share":1,"retryable":"no","fault":"buyer"}])"};

/// Several channels, and what belongs to them.
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kChannelExtremes{
    {"payment.channels",
     {R"([{"name":"a","share":1,"servers":1,"queue_limit":3,"decline_probability":0.5,)"
      R"("latency":{"distribution":"constant","mean":"2ms"},"breaker":"on"}])",
      R"([{"name":"a","share":0.6,"servers":3,"latency":{"mean":"3ms"},"breaker":"on",)"
      R"("decline_probability":0.3},{"name":"b","share":0.4,"servers":2,"queue_limit":0,)"
      R"("latency":{"mean":"1ms"},"timeout":"2ms"}])",
      R"([{"name":"a","share":0.5,"servers":20000,"latency":{"mean":"2ms"},"breaker":"on",)"
      R"("timeout":"3ms"},{"name":"b","share":0,"servers":1,"breaker":"on"},)"
      R"({"name":"c","share":0.5,"servers":2,"queue_limit":5,"latency":{"mean":"4ms"},)"
      R"("decline_probability":1,"breaker":"on"}])",
      R"([{"name":"a","share":0.3,"servers":1},{"name":"b","share":0.3,"servers":1,)"
      R"("breaker":"on"},{"name":"c","share":0.1,"decline_probability":0.2},)"
      R"({"name":"d","share":0.05},{"name":"e","share":0.05},{"name":"f","share":0.1},)"
      R"({"name":"g","share":0.05},{"name":"h","share":0.05,"breaker":"on",)"
      R"("timeout":"1ms"}])"}},
    {"payment.retry_elsewhere", {"off", "on"}},
    {"payment.breaker",
     {R"({"window":4,"least_calls":2,"open_time":"3ms","probes":2})",
      R"({"window":1,"open_time":"0s","probes":1})",
      R"({"window":20,"least_calls":5,"failure_share":0.2,"open_time":"20ms","probes":3,)"
      R"("slow_share":0.5,"slow_call":"2ms"})"}},
    {"payment.slowdowns",
     {"[]", R"([{"at":"3ms","duration":"20ms","factor":0}])",
      R"([{"channel":"a","at":"3ms","duration":"20ms","factor":0}])"}}};

/// The keys of a single channel, which several do not use.
inline bool is_of_single_channel(const std::string& path) {
  return path == "payment.servers" || path == "payment.queue_limit" || path == "payment.latency" ||
         path == "payment.histogram" || path == "payment.decline_probability" ||
         path == "payment.calendar" || path == "payment.breakdown";
}

/// Makes overrides of a sale with a single channel into such of one with the channels that
/// `choose(values)` chooses.
template <typename Choose>
void open_channels(std::vector<std::string>& overrides, Choose choose) {
  std::erase_if(overrides, [](const std::string& one) {
    return is_of_single_channel(one.substr(0, one.find('=')));
  });
  overrides.insert(overrides.begin(), "payment={}");
  for (const auto& [path, values] : kChannelExtremes) {
    const std::string value = choose(values);
    // With a single one there is no other.
    const bool has_one = overrides.back().find("},{") == std::string::npos;
    if (path == "payment.retry_elsewhere" && has_one) continue;
    overrides.push_back(path + "=" + value);
  }
}

}  // namespace double11
