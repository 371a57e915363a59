#pragma once
// What can stand at the door, and how buyers click, at the extremes: values for random scenarios.

#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// Paths and the values to choose from.
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kDoorExtremes{
    {"traffic.buyers", {"3", "40", "10k"}},
    {"traffic.double_clicks.share", {"0", "0.3", "1"}},
    {"traffic.double_clicks.delay", {"0s", "1us", "3ms"}},
    {"traffic.retry.attempts", {"1", "2", "4", "20"}},
    {"traffic.retry.after",
     {"[]", R"(["shed"])", R"(["timed_out","throttled"])", R"(["declined","sold_out"])",
      R"(["throttled","shed","timed_out","declined","sold_out"])"}},
    {"traffic.retry.delay", {"1us", "1ms", "7ms"}},
    {"traffic.retry.backoff", {"1", "1.1", "2"}},
    {"traffic.retry.jitter", {"0", "0.5", "1"}},
    {"traffic.retry.budget.share", {"0", "0.1", "1", "1"}},
    {"traffic.retry.budget.least", {"0/s", "200/s", "1M/s"}},
    {"traffic.retry.budget.ttl", {"1ms", "15ms", "10s"}},
    {"traffic.retry.budget.of", {"requests", "successes"}},
    {"admission.bot_filter.hit", {"0", "0.5", "1"}},
    {"admission.bot_filter.false_alarm", {"0", "0", "0.3", "1"}},
    {"admission.buyer_rate.clicks_most", {"0", "0", "1", "40"}},
    {"admission.buyer_rate.window", {"1ms", "10ms", "1s"}},
    {"admission.buyer_units_most", {"0", "0", "1", "30"}},
    {"admission.sold_out_short_cut", {"off", "on"}},
    {"admission.rate_limit.rate", {"0/s", "0/s", "0.001/s", "900/s", "1G/s"}},
    {"admission.rate_limit.burst", {"1", "7", "1000"}},
    {"admission.rate_limit.warm_up", {"0s", "0s", "20ms"}}};

/// Overrides that go together: an overload control or a waiting room, and how long buyers wait for
/// an answer. The last ones have bots.
inline const std::vector<std::vector<std::string>> kDoorControls{
    {},
    {"traffic.retry.timeout=2ms"},
    {"traffic.retry.timeout=10s"},
    {"admission.control=lifo"},
    {"admission.control=lifo", "traffic.retry.timeout=5ms"},
    {"admission.control=drop_expired", "traffic.retry.timeout=1us", "admission.expiry_margin=0s"},
    {"admission.control=drop_expired", "traffic.retry.timeout=6ms",
     "admission.expiry_margin=5999us"},
    {"admission.control=drop_expired", "traffic.retry.timeout=12ms", "admission.expiry_margin=4ms",
     "admission.in_flight_limit=3"},
    {"admission.control=codel"},
    {"admission.control=codel", "traffic.retry.timeout=30ms"},
    {"admission.control=codel", "admission.in_flight_limit=2", "admission.queue_limit=1k"},
    {"admission.control=adaptive_lifo"},
    {"admission.control=adaptive_lifo", "traffic.retry.timeout=4ms"},
    {"admission.control=vegas"},
    {"admission.control=vegas", "traffic.retry.timeout=8ms"},
    {"admission.control=gradient2"},
    {"admission.control=sentinel", "traffic.retry.timeout=9ms"},
    {"admission.waiting_room.rate=1k/s"},
    {"admission.waiting_room.rate=1k/s", "admission.waiting_room.limit=0"},
    {"admission.waiting_room.rate=300/s", "admission.waiting_room.opens=30ms",
     "admission.waiting_room.next=lot", "admission.waiting_room.limit=60",
     "admission.waiting_room.poll_period=1ms"},
    {"admission.waiting_room.rate=500/s", "admission.waiting_room.opens=50ms",
     "admission.waiting_room.next=opening_lot", "traffic.retry.timeout=80ms"},
    {"admission.waiting_room.rate=600/s",
     R"(faults=[{"at":"0s","duration":"30ms","of":"admission","factor":0.3}])"},
    {"admission.rate_limit.rate=700/s",
     R"(faults=[{"at":"0s","duration":"20ms","of":"admission","factor":0}])"},
    {"admission.waiting_room.rate=1G/s", "admission.waiting_room.opens=200ms",
     "admission.control=codel"},
    {"admission.waiting_room.rate=2k/s", "admission.waiting_room.next=lot",
     "traffic.retry.timeout=6ms", "admission.waiting_room.poll_period=1us"},
    {"admission.waiting_room.rate=100/s", "traffic.retry.timeout=11ms", "admission.control=lifo"},
    {"traffic.bots.share=0.5", "traffic.bots.count=1", "traffic.bots.speed=0.01"},
    {"traffic.bots.share=1", "traffic.bots.count=2", "traffic.bots.speed=1000000",
     "traffic.retry.timeout=3ms"}};

}  // namespace double11
