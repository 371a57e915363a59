// One credit for everybody: nobody may sit on it, and the way back may not need another.
#include <double11/live/run.hpp>

#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

std::vector<std::string> one_credit(const std::string& placement) {
  return {"admission.in_flight_limit=1", "run.placement=" + placement, "duration=100ms",
          R"(payment.latency={"distribution":"constant","mean":"1ms"})",
          "payment.decline_probability=0.3"};
}

TEST_CASE("a single credit: every order gets its turn, one at a time") {
  const std::string placement = GENERATE(std::string("sharded"), std::string("staged"));
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(placement << ", " << workers << " workers, seed " << seed);
      const auto scenario = small_scenario(one_credit(placement));
      const measure::RunRecord record = drive_to_end(scenario, workers, seed);
      require_clean(scenario, record);
      CHECK(record.in_flight_most == 1);
      CHECK(count_of(record, Outcome::dispatched) > 50);
      CHECK(count_of(record, Outcome::declined) > 10);
      CHECK(count_of(record, Outcome::shed) == 0);
    }
  }
}

TEST_CASE("a single credit: threads share it, too") {
  const std::string placement = GENERATE(std::string("sharded"), std::string("staged"));
  for (const std::string workers : {"1", "2", "4"}) {
    INFO(placement << ", " << workers << " workers");
    const auto scenario =
        small_scenario(with(one_credit(placement), {"run.workers=" + workers, "duration=20ms"}));
    const measure::RunRecord record = run(scenario);
    require_clean(scenario, record);
    CHECK(record.in_flight_most == 1);
    CHECK(record.books.arrivals().count > 0);
  }
}

TEST_CASE("a single credit and a single server together") {
  for (const std::uint32_t workers : {1U, 2U, 4U}) {
    INFO(workers << " workers");
    const auto scenario =
        small_scenario(with(one_credit("staged"), {"payment.servers=1", "payment.queue_limit=0"}));
    const measure::RunRecord record = drive_to_end(scenario, workers, 3);
    require_clean(scenario, record);
    CHECK(count_of(record, Outcome::dispatched) > 50);
  }
}

}  // namespace
}  // namespace double11::live
