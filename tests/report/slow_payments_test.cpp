// Which slow spell of payments is blamed, and when none is.
#include <double11/report/bottleneck.hpp>

#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;
using scenario::small_scenario;

constexpr const char* kTenMs = R"(payment.latency={"distribution":"constant","mean":"10ms"})";

// 30 servers carry 3,000/s of the 2,000/s that come, and payments of 10 ms miss 5 ms without any
// spell.
TEST_CASE("slow payments: a spell is blamed for a percentile that it can have moved") {
  Missed missed;
  missed.any = true;
  missed.latency = true;
  const auto slowed = [&](const std::string& spells, const std::string& threshold) {
    const Scenario scenario =
        small_scenario({kTenMs, "payment.queue_limit=100k", "payment.servers=30",
                        "payment.slowdowns=" + spells, "thresholds=[\"" + threshold + "\"]"});
    return find_bottleneck(scenario, finished_quickly(scenario), 0, missed).reason;
  };
  const std::string moment = R"({"at":"100ms","duration":"2ms"})";
  const std::string still = R"({"at":"200ms","duration":"161531211ns"})";
  const std::string slow = R"({"at":"400ms","duration":"200ms","factor":0.5})";
  // Too few orders for the percentile, but not for the longest time.
  const std::string few = slowed("[" + moment + "]", "latency.dispatched.p99 < 5ms");
  INFO(few);
  CHECK(contains(few, "the channel itself takes 10ms"));
  CHECK(contains(slowed("[" + moment + "]", "latency.dispatched.max < 9ms"),
                 "payments stand still from 100ms on for 2ms,"));
  // Enough orders, which it has held up for less than the excess.
  const std::string other =
      slowed(R"([{"at":"100ms","duration":"20ms"}])", "latency.dispatched.p50 < 1us");
  INFO(other);
  CHECK(contains(other, "the channel itself takes 10ms"));
  // Times for people; and who delays most is named first, not who is shortest of servers.
  const std::string long_one = slowed("[" + still + "]", "latency.dispatched.p90 < 50ms");
  INFO(long_one);
  CHECK(contains(long_one, "payments stand still from 200ms on for 162ms, while"));
  const std::string both = slowed("[" + moment + "," + slow + "]", "latency.dispatched.p90 < 20ms");
  INFO(both);
  CHECK(contains(both, "payments are slow from 400ms on for 200ms (of 2 such times the worst)"));
}

}  // namespace
}  // namespace double11::report
