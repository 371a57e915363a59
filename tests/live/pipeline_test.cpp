// Pipeline: one worker, one scenario, the record it leaves.
#include <double11/live/pipeline.hpp>

#include <cmath>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

TEST_CASE("Pipeline: a run alone leaves a complete record") {
  const auto scenario = small_scenario();
  const measure::RunRecord record = drive_to_end(scenario, 1, 1);
  require_clean(scenario, record);
  const auto funnel = measure::funnel_of(record);
  // 2,000 expected; Poisson, so within 3.89 standard deviations (alpha 1e-4).
  CHECK(std::abs(static_cast<double>(funnel[0]) - 2000) < 3.89 * std::sqrt(2000.0));
  CHECK(funnel[index_of(Funnel::admitted)] == funnel[0]);
  CHECK(funnel[index_of(Funnel::reserved)] == funnel[0]);
  CHECK(funnel[index_of(Funnel::paid)] == record.payments.paid);
  CHECK(funnel[index_of(Funnel::dispatched)] == count_of(record, Outcome::dispatched));
  CHECK(record.available.size() == 500);
  CHECK(record.refused.size() == 500);
  CHECK(record.workers == 1);
  CHECK(record.in_flight_most > 0);
  CHECK(record.delivery.time_s().count() == record.parcels.parcels);
  for (const Stage stage : kAllStages) {
    INFO(name_of(stage));
    CHECK(record.stages[index_of(stage)].workers == 1);
    CHECK(record.stages[index_of(stage)].orders > 0);
    CHECK(record.stages[index_of(stage)].batches > 0);
    CHECK(record.stages[index_of(stage)].busy > Duration(0));
  }
  CHECK(record.generator_lag.count() == 0);  // pace max has no lag
  CHECK(record.scenario_end > Instant(std::chrono::milliseconds(900)));
}

TEST_CASE("Pipeline: the declined share is the scenario's") {
  const auto scenario = small_scenario({"traffic.curve[0].rate=50k/s"});
  const measure::RunRecord record = drive_to_end(scenario, 1, 1);
  const auto n = static_cast<double>(record.books.arrivals().count);
  const auto declined = static_cast<double>(count_of(record, Outcome::declined));
  CHECK(std::abs(declined - n * 0.03) < 3.89 * std::sqrt(n * 0.03 * 0.97));
}

TEST_CASE("Pipeline: dispatched latency at pace max is the payment's distribution") {
  const auto scenario =
      small_scenario({"traffic.curve[0].rate=50k/s", "payment.decline_probability=0"});
  const measure::RunRecord record = drive_to_end(scenario, 1, 1);
  const auto& latency = record.latency[index_of(Funnel::dispatched)];
  const auto n = static_cast<double>(latency.count());
  const auto share_below = [&](std::int64_t value) {
    double count = 0;
    for (std::size_t cell = 0; cell < measure::Histogram::kCells; ++cell) {
      if (measure::Histogram::upper_edge(cell) <= value) {
        count += static_cast<double>(latency.cells()[cell]);
      }
    }
    return count / n;
  };
  // 0.8 % for the width of a cell, and the sampling error.
  CHECK(std::abs(share_below(20'000'000) - 0.5) < 0.008 + 3.89 * std::sqrt(0.25 / n));
  CHECK(std::abs(share_below(100'000'000) - 0.99) < 0.002 + 3.89 * std::sqrt(0.0099 / n));
}

TEST_CASE("Pipeline: a sale without arrivals ends at once") {
  const auto scenario = small_scenario({"traffic.curve[0].rate=0/s"});
  for (const std::uint32_t workers : {1U, 4U}) {
    const measure::RunRecord record = drive_to_end(scenario, workers, 1);
    require_clean(scenario, record);
    CHECK(record.books.arrivals().count == 0);
  }
}

TEST_CASE("Pipeline: many more workers than work") {
  for (const std::string placement : {"sharded", "staged"}) {
    INFO(placement);
    const auto scenario = small_scenario({"duration=20ms", "run.placement=" + placement});
    const measure::RunRecord record = drive_to_end(scenario, 16, 1);
    require_clean(scenario, record);
    CHECK(record.books.arrivals().count > 0);
  }
}

}  // namespace
}  // namespace double11::live
