// run(): threads around the pipeline.
#include <double11/live/run.hpp>

#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

TEST_CASE("run: workers are those of the scenario, or one per core") {
  CHECK(workers_of(small_scenario({"run.workers=3"})) == 3);
  const std::uint32_t automatic = workers_of(small_scenario({"run.workers=0"}));
  CHECK(automatic >= 1);
  CHECK(automatic <= 256);
}

TEST_CASE("run: one worker only where several would wait for each other, if it may choose") {
  const auto chosen = [](std::vector<std::string> overrides) {
    return pipeline_workers_of(small_scenario(overrides));
  };
  const std::uint32_t all = workers_of(small_scenario({"run.workers=0"}));
  CHECK(chosen({"traffic.curve[0].rate=9k/s"}) == 1);
  CHECK(chosen({"traffic.curve[0].rate=11k/s"}) == all);
  CHECK(chosen({"traffic.curve[0].rate=11k/s", "admission.control=lifo"}) == 1);
  CHECK(chosen({"traffic.curve[0].rate=9k/s", "run.workers=3"}) == 3);
  CHECK(chosen({"traffic.curve[0].rate=9k/s", "run.placement=staged"}) == all);
  CHECK(chosen({"traffic.curve[0].rate=9k/s", "run.pace=real"}) == all);
}

TEST_CASE("run: more threads than cores end with balanced books") {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::string workers : {"1", "2", "7", "16"}) {
      INFO(placement << ", " << workers << " workers");
      const auto scenario = small_scenario(
          {"run.workers=" + workers, "run.placement=" + placement, "traffic.curve[0].rate=20k/s"});
      const measure::RunRecord record = run(scenario);
      require_clean(scenario, record);
      CHECK(record.books.arrivals().count > 19'000);
      CHECK(record.workers == std::stoll(workers));
    }
  }
}

TEST_CASE("run: threads under overload end with balanced books") {
  for (const std::string placement : {"sharded", "staged"}) {
    INFO(placement);
    const auto scenario = small_scenario(
        {"run.workers=4", "run.placement=" + placement, "traffic.curve[0].rate=50k/s",
         "admission.in_flight_limit=200", "admission.queue_limit=100", "payment.servers=150",
         "payment.queue_limit=20", "inventory.reservation_ttl=30ms", "catalogue.stock=50",
         "catalogue.hot.stock=300"});
    const measure::RunRecord record = run(scenario);
    require_clean(scenario, record);
    CHECK(record.in_flight_most <= 200);
    CHECK(record.stages[index_of(Stage::admission)].queue_most <= 100);
    CHECK(count_of(record, Outcome::shed) > 0);
    CHECK(count_of(record, Outcome::dispatched) > 0);
  }
}

TEST_CASE("run: at pace real the run takes the scenario's time to the last arrival") {
  const auto scenario = small_scenario({"run.pace=real", "duration=700ms", "run.workers=2"});
  const measure::RunRecord record = run(scenario);
  require_clean(scenario, record);
  // Not before the last arrival, which is planned in the last 50 ms but with e^-100.
  CHECK(record.wall > std::chrono::milliseconds(650));
  CHECK(record.generator_lag.count() == record.books.arrivals().count);
}

}  // namespace
}  // namespace double11::live
