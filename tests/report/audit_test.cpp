// The audit: each law broken by hand on an otherwise clean record.
#include <double11/core/random.hpp>
#include <double11/report/audit.hpp>

#include <cstdint>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

Scenario sale() {
  return small_scenario({"duration=200ms"});
}

// Which laws are broken, as a string of digits: "02" for the first and the third.
std::string broken(const Audit& audit) {
  std::string laws;
  for (std::size_t i = 0; i < audit.laws.size(); ++i) {
    if (audit.laws[i].violations != 0) laws += std::to_string(i);
  }
  return laws;
}

Order order_of(std::uint64_t id) {
  Order order;
  order.id = OrderId(id);
  order.lines = 1;
  order.sku[0] = SkuId{7};
  order.quantity[0] = 2;
  return order;
}

TEST_CASE("audit: a clean run breaks no law and names every one of them") {
  const Scenario scenario = sale();
  const Audit result = audit(scenario, finished(scenario));
  CHECK(result.violations == 0);
  CHECK(result.laws.size() >= 5);
  for (const Law& law : result.laws) {
    CHECK_FALSE(law.name.empty());
    CHECK_FALSE(law.measured.empty());
    CHECK(law.offender.empty());
    CHECK(law.violations == 0);
  }
  CHECK(result.undersold_units == 0);
  CHECK(result.undersold_skus == 0);
}

TEST_CASE("audit: an order without an outcome is named") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.books.arrived(order_of(424242), 1);
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "0");
  CHECK(result.violations == 1);
  CHECK(result.laws[0].violations == 1);
  CHECK(contains(result.laws[0].offender, "424242"));
}

TEST_CASE("audit: an order with two outcomes is named") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.books.ended(order_of(515151), Outcome::shed);
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "0");
  CHECK(contains(result.laws[0].offender, "515151"));
}

TEST_CASE("audit: several lost orders are counted") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  for (const std::uint64_t id : {1U << 26U, 1U << 27U, 1U << 28U}) {
    record.books.arrived(order_of(id), 1);
  }
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "0");
  CHECK(result.laws[0].violations == 3);
  CHECK_FALSE(result.laws[0].offender.empty());
}

TEST_CASE("audit: one order for another is seen though the counts agree") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.books.arrived(order_of(111'111'111), 1);
  record.books.ended(order_of(222'222'222), Outcome::shed);
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "0");
  CHECK(result.laws[0].violations >= 1);
  CHECK_FALSE(result.laws[0].offender.empty());
}

TEST_CASE("audit: a unit that never came back is a broken SKU") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  --record.available[123];
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "1");
  CHECK(result.laws[1].violations == 1);
  CHECK(contains(result.laws[1].offender, "123"));
}

TEST_CASE("audit: a unit sold twice is a broken SKU, the first one is named") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  ++record.available[45];
  record.available[46] += 2;
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "1");
  CHECK(result.laws[1].violations == 2);
  CHECK(contains(result.laws[1].offender, "SKU 45"));
}

TEST_CASE("audit: stock below zero is broken even where the sum is right") {
  // 30 units, 32 sold in the books, -2 on the shelf: initial = available + sold.
  const Scenario scenario = small_scenario({"catalogue.stock=30", "traffic.curve[0].rate=0/s"});
  RunRecord record = finished(scenario);
  for (std::uint64_t id = 1; id <= 16; ++id) {
    record.books.arrived(order_of(id), 1);
    record.books.ended(order_of(id), Outcome::dispatched);
  }
  record.available[7] = -2;
  const Audit result = audit(scenario, record);
  CHECK(result.laws[1].violations == 1);
  CHECK(contains(result.laws[1].offender, "SKU 7"));
}

TEST_CASE("audit: reservations that are neither paid nor released") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.reservations.granted += 4;
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "2");
  CHECK(result.laws[2].violations == 4);
  CHECK_FALSE(result.laws[2].offender.empty());
}

TEST_CASE("audit: money captured without a parcel, and money returned twice") {
  const Scenario scenario = sale();
  RunRecord captured = finished(scenario);
  captured.payments.captured += {1};
  const Audit one = audit(scenario, captured);
  CHECK(broken(one) == "3");
  CHECK(one.laws[3].violations == 1);
  RunRecord refunded = finished(scenario);
  refunded.payments.refunded += {250};
  const Audit other = audit(scenario, refunded);
  CHECK(broken(other) == "3");
  CHECK(other.laws[3].violations == 250);
}

TEST_CASE("audit: a parcel too many and a parcel too few are named") {
  const Scenario scenario = sale();
  RunRecord twice = finished(scenario);
  ++twice.parcels.parcels;
  twice.parcels.id_sum += 987654;
  twice.parcels.id_prints += mix(987654);
  const Audit one = audit(scenario, twice);
  CHECK(broken(one) == "4");
  CHECK(contains(one.laws[4].offender, "987654"));
  RunRecord missing = finished(scenario);
  --missing.parcels.parcels;
  missing.parcels.id_sum -= 987654;
  missing.parcels.id_prints -= mix(987654);
  const Audit other = audit(scenario, missing);
  CHECK(broken(other) == "4");
  CHECK(contains(other.laws[4].offender, "987654"));
}

TEST_CASE("audit: the parcel of the wrong order is seen though the counts agree") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.parcels.id_sum += 1;
  record.parcels.id_prints += 1;
  CHECK(broken(audit(scenario, record)) == "4");
}

TEST_CASE("audit: a paid order that was never dispatched") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  ++record.payments.paid;
  ++record.reservations.granted;
  const Audit result = audit(scenario, record);
  CHECK(broken(result) == "5");
  CHECK(result.laws[5].violations == 1);
}

TEST_CASE("audit: undersold units are counted, not a violation") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.refused[3] = true;
  record.refused[9] = true;
  const std::int64_t left = record.available[3] + record.available[9];
  const Audit result = audit(scenario, record);
  CHECK(result.violations == 0);
  CHECK(result.undersold_skus == 2);
  CHECK(result.undersold_units == left);
}

TEST_CASE("audit: Little's law is one of virtual time, and to the nanosecond") {
  const Scenario scenario = sale();
  RunRecord record = finished(scenario);
  record.in_flight_integral_ns = 7'000'000'001;
  record.time_in_flight_ns = 7'000'000'000;
  const std::size_t laws = audit(scenario, record).laws.size();
  record.runtime = measure::Runtime::virtual_time;
  const Audit result = audit(scenario, record);
  REQUIRE(result.laws.size() == laws + 1);
  CHECK(result.laws.back().violations == 1);
  CHECK(result.laws.back().offender == "the integral is larger");
  record.time_in_flight_ns += 1;
  CHECK(audit(scenario, record).violations == 0);
}

TEST_CASE("audit: an empty record breaks nothing") {
  const Scenario scenario = sale();
  CHECK(audit(scenario, RunRecord(scenario)).violations == 0);
}

// The law of that name, which must be there.
Law law_of(const Audit& audit, const std::string& name) {
  for (const Law& law : audit.laws) {
    if (contains(law.name, name)) return law;
  }
  FAIL("no law " << name);
  return {};
}

TEST_CASE("audit: laws of the door hold in a storm, and only there are they looked at") {
  const Scenario storm =
      small_scenario({"duration=100ms", "admission.in_flight_limit=20", "admission.queue_limit=5",
                      "traffic.retry.attempts=3", "traffic.double_clicks.share=0.3",
                      "admission.bot_filter.false_alarm=0.2"});
  RunRecord record = finished(storm);
  REQUIRE(audit(storm, record).violations == 0);
  const std::size_t plain = audit(sale(), finished(sale())).laws.size();
  CHECK(audit(storm, record).laws.size() > plain);

  const auto breaks = [&](std::int64_t& count, const std::string& name) {
    INFO(name);
    ++count;
    const Audit result = audit(storm, record);
    CHECK(law_of(result, name).violations == 1);
    CHECK_FALSE(law_of(result, name).offender.empty());
    --count;
  };
  breaks(record.door.duplicates, "second clicks suppressed");
  breaks(record.door.bots_caught, "orders throttled");
  breaks(record.door.over_rate, "orders throttled");
  breaks(record.door.room_full, "orders shed");
  breaks(record.door.dropped, "orders shed");
  breaks(record.payments.refused, "orders shed");
  breaks(record.clients.retries, "clicks that buyers made");
  breaks(record.clients.goodput, "dispatches that buyers heard of");
  breaks(record.clients.served, "every buyer is served or gives up");
  breaks(record.clients.given_up, "every buyer is served or gives up");
}

TEST_CASE("audit: buyers of a live run that was interrupted need not be done") {
  const Scenario storm = small_scenario({"duration=100ms", "traffic.retry.attempts=3"});
  RunRecord record = finished(storm);
  record.runtime = measure::Runtime::pace_max;
  record.clients.served -= 5;
  CHECK(law_of(audit(storm, record), "every buyer is served or gives up").violations == 5);
  record.interrupted = true;
  CHECK(law_of(audit(storm, record), "every buyer is served or gives up").violations == 0);
  record.clients.served += 6;
  CHECK(law_of(audit(storm, record), "every buyer is served or gives up").violations == 1);
}

}  // namespace
}  // namespace double11::report
