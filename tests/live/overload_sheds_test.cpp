// Overload: too few credits, servers or places. The run ends, memory stays within its limits, and
// who was refused was told so.
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

// A function of placement and workers, so that every case below runs on all of them.
template <typename Check>
void on_every_placement(const std::vector<std::string>& overrides, Check check) {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      INFO(placement << ", " << workers << " workers");
      const auto scenario = small_scenario(with(overrides, {"run.placement=" + placement}));
      const measure::RunRecord record = drive_to_end(scenario, workers, workers);
      require_clean(scenario, record);
      REQUIRE(record.in_flight_most <= scenario.admission.in_flight_limit);
      REQUIRE(record.stages[index_of(Stage::admission)].queue_most <=
              scenario.admission.queue_limit);
      check(record);
    }
  }
}

TEST_CASE("overload: beyond credits and queue arrivals are shed") {
  on_every_placement({"admission.in_flight_limit=10", "admission.queue_limit=20"},
                     [](const measure::RunRecord& record) {
                       CHECK(record.in_flight_most >= 1);
                       CHECK(count_of(record, Outcome::shed) > 100);
                       CHECK(count_of(record, Outcome::dispatched) > 100);
                       CHECK(record.stages[index_of(Stage::admission)].queue_most > 0);
                     });
}

TEST_CASE("overload: a queue limit of 0 sheds whoever finds no credit") {
  on_every_placement({"admission.in_flight_limit=30", "admission.queue_limit=0"},
                     [](const measure::RunRecord& record) {
                       CHECK(record.stages[index_of(Stage::admission)].queue_most == 0);
                       CHECK(count_of(record, Outcome::shed) > 100);
                       CHECK(count_of(record, Outcome::dispatched) > 0);
                     });
}

TEST_CASE("overload: an ample queue sheds nobody, they wait") {
  on_every_placement({"admission.in_flight_limit=20", "duration=300ms"},
                     [](const measure::RunRecord& record) {
                       CHECK(count_of(record, Outcome::shed) == 0);
                       CHECK(record.latency[index_of(Funnel::admitted)].max() > 10'000'000);
                     });
}

TEST_CASE("overload: one payment server serves them one by one") {
  on_every_placement({"payment.servers=1", "duration=100ms"}, [](const measure::RunRecord& record) {
    CHECK(count_of(record, Outcome::shed) == 0);
    // Busy time of one server cannot exceed the time there was.
    CHECK(record.payment_busy <= record.scenario_end.time_since_epoch());
    CHECK(count_of(record, Outcome::dispatched) > 100);
  });
}

TEST_CASE("overload: without a payment queue whoever finds no server is shed and gives back") {
  on_every_placement({"payment.servers=3", "payment.queue_limit=0"},
                     [](const measure::RunRecord& record) {
                       CHECK(record.payments.refused == count_of(record, Outcome::shed));
                       CHECK(record.payments.refused > 100);
                       CHECK(count_of(record, Outcome::dispatched) > 0);
                     });
}

TEST_CASE("overload: reservations of a millisecond expire or are refunded") {
  on_every_placement({"inventory.reservation_ttl=1ms"}, [](const measure::RunRecord& record) {
    CHECK(count_of(record, Outcome::refunded) > 1000);
    CHECK(count_of(record, Outcome::expired) > 10);  // declined, but too late to matter
    CHECK(record.payments.refunds == count_of(record, Outcome::refunded));
    CHECK(record.payments.captured - record.payments.refunded == record.books.turnover());
  });
}

TEST_CASE("overload: a timeout of a millisecond does the same") {
  on_every_placement({"payment.timeout=1ms"}, [](const measure::RunRecord& record) {
    CHECK(count_of(record, Outcome::refunded) > 1000);
    CHECK(count_of(record, Outcome::expired) > 10);
  });
}

// First come first served among the impatient: who gets a server at last has hardly any time left,
// so most end as refunded and only some in the queue. None is paid that waited its time out.
TEST_CASE("overload: who waits for a server beyond the reservation is given up") {
  on_every_placement({"payment.servers=2", "inventory.reservation_ttl=50ms"},
                     [](const measure::RunRecord& record) {
                       CHECK(record.payments.given_up > 1500);
                       CHECK(count_of(record, Outcome::expired) > 0);
                       CHECK(count_of(record, Outcome::refunded) > 0);
                       // Nobody was paid more than a reservation after the planned arrival.
                       CHECK(record.latency[index_of(Funnel::paid)].max() <= 50'000'000);
                     });
}

}  // namespace
}  // namespace double11::live
