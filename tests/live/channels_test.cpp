// Several payment channels: every number of workers and both placements come to what virtual time
// comes to.
#include <double11/live/run.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

std::vector<std::string> channels(const std::string& more, std::vector<std::string> overrides) {
  overrides.insert(
      overrides.begin(),
      {"payment={}",
       R"(payment.channels=[{"name":"a","share":0.6,"latency":{"mean":"20ms"},)"
       R"("decline_probability":0.2)" +
           more + R"(},{"name":"b","share":0.4,"latency":{"mean":"30ms"},"timeout":"60ms")" + more +
           "}]",
       R"(payment.reasons=[{"name":"fraud","share":0.3,"retryable":"no"},)"
       R"({"name":"funds","share":0.7}])",
       "payment.attempts=3", "payment.retry_elsewhere=on", "payment.retry_delay=2ms"});
  return overrides;
}

TEST_CASE("channels: with servers for all, every order ends as in virtual time") {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      INFO(placement << ", " << workers << " workers");
      const auto scenario = scenario::small_scenario(channels("", {"run.placement=" + placement}));
      const measure::RunRecord live = drive_to_end(scenario, workers, 7);
      const measure::RunRecord exact = virtual_time::simulate(scenario, {});
      for (const Outcome outcome : kAllOutcomes) {
        INFO(name_of(outcome));
        CHECK(live.books.outcomes(outcome) == exact.books.outcomes(outcome));
      }
      CHECK(live.payments.repeated == exact.payments.repeated);
      CHECK(live.payments.superseded == exact.payments.superseded);
      CHECK(live.payments.reasons == exact.payments.reasons);
      REQUIRE(live.payments.channels.size() == 2);
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(live.payments.channels[i].started == exact.payments.channels[i].started);
        CHECK(live.payments.channels[i].paid == exact.payments.channels[i].paid);
        CHECK(live.payments.channels[i].busy == exact.payments.channels[i].busy);
        CHECK(live.payments.channels[i].refunds == exact.payments.channels[i].refunds);
      }
    }
  }
}

TEST_CASE("channels: an outage opens the breaker, orders go to the other channel, books balance") {
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    INFO(workers << " workers");
    const auto scenario = scenario::small_scenario(channels(
        R"(,"breaker":"on","servers":400)",
        {R"(payment.breaker={"window":20,"open_time":"100ms","probes":5,"failure_share":0.6})",
         R"(payment.slowdowns=[{"channel":"b","at":"200ms","duration":"400ms","factor":0}])"}));
    const measure::RunRecord record = drive_to_end(scenario, workers, 3);
    require_clean(scenario, record);
    CHECK(record.payments.channels[1].opened > 0);
    CHECK(record.payments.channels[1].avoided > 50);
    CHECK(record.payments.channels[0].opened == 0);
  }
}

}  // namespace
}  // namespace double11::live
