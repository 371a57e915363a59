// Payment stations whose queue cannot be divided: any number of workers sells what one queue would.
#include <double11/live/placement.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

// Schedules in which a worker loses its core for long are among those that are driven.
template <typename Check>
void against_virtual_time(const std::vector<std::string>& overrides, Check check) {
  const auto exact = virtual_time::simulate(small_scenario(overrides), {});
  for (const std::string placement : {"sharded", "staged"}) {
    const auto scenario = small_scenario(with(overrides, {"run.placement=" + placement}));
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      INFO(placement << ", " << workers << " workers");
      const measure::RunRecord record = drive_to_end(scenario, workers, workers);
      require_clean(scenario, record);
      check(record, exact);
    }
  }
}

void check_same_outcomes(const measure::RunRecord& record, const measure::RunRecord& exact) {
  for (const Outcome outcome : kAllOutcomes) {
    INFO(name_of(outcome));
    CHECK(count_of(record, outcome) == count_of(exact, outcome));
  }
}

// Who waits longest waits as long, but for a few services of 20 ms.
void check_same_end(const measure::RunRecord& record, const measure::RunRecord& exact) {
  const auto latest = [](const measure::RunRecord& of) {
    return of.latency[index_of(Funnel::paid)].max();
  };
  CHECK(std::abs(latest(record) - latest(exact)) < 60'000'000);
}

}  // namespace

TEST_CASE("one queue: servers that come all at once serve who came first") {
  against_virtual_time(
      {"payment.servers=150", R"(payment.latency={"distribution":"constant","mean":"20ms"})",
       R"(payment.calendar=[{"at":"0s","servers":0},{"at":"500ms","servers":150}])"},
      [](const measure::RunRecord& record, const measure::RunRecord& exact) {
        check_same_outcomes(record, exact);
        check_same_end(record, exact);
      });
}

TEST_CASE("one queue: batches are as full, and nobody is lost, with several workers") {
  against_virtual_time({"payment.servers=10", "payment.batch_most=10", "traffic.curve[0].rate=4k/s",
                        R"(payment.latency={"distribution":"constant","mean":"20ms"})",
                        "inventory.reservation_ttl=300ms", "payment.attempts=2"},
                       [](const measure::RunRecord& record, const measure::RunRecord& exact) {
                         check_same_outcomes(record, exact);
                         check_same_end(record, exact);
                       });
}

TEST_CASE("one queue: without room to wait about as many are refused") {
  // 80 servers carry 1,600 a second of 2,000.
  against_virtual_time({"payment.servers=80", "payment.queue_limit=0",
                        R"(payment.latency={"distribution":"constant","mean":"50ms"})"},
                       [](const measure::RunRecord& record, const measure::RunRecord& exact) {
                         const auto expected = static_cast<double>(exact.payments.refused);
                         const auto refused = static_cast<double>(record.payments.refused);
                         INFO(refused << " refused, " << expected << " in virtual time");
                         CHECK(expected > 300);
                         CHECK(refused < 1.25 * expected);
                         CHECK(refused > 0.8 * expected);
                       });
}

TEST_CASE("one queue: what divides without a trace is divided, else one worker has it") {
  const auto shards = [](const std::vector<std::string>& overrides) {
    return Placement(small_scenario(overrides), 4).shards(Stage::payment);
  };
  CHECK(shards({}) == 4);
  CHECK(shards({"payment.attempts=3", "payment.retry_delay=1ms"}) == 4);
  CHECK(shards({"payment.queue_limit=20000"}) == 4);
  CHECK(shards({"payment.queue_limit=19999"}) == 1);
  CHECK(shards({"payment.batch_most=2"}) == 1);
  CHECK(shards({"payment.discipline=lifo"}) == 1);
  CHECK(shards({R"(payment.calendar=[{"at":"1s","servers":20000}])"}) == 1);
}

}  // namespace double11::live
