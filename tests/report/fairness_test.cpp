// Fairness: figures, text, JSON and metrics; and the audit laws on books by buyer.
#include <double11/report/fairness.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>

#include <algorithm>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using measure::Books;
using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

const Law* law_named(const Audit& audit, const std::string& name) {
  const auto found = std::find_if(audit.laws.begin(), audit.laws.end(),
                                  [&](const Law& law) { return law.name == name; });
  return found == audit.laws.end() ? nullptr : &*found;
}

Order order_of(std::uint32_t buyer, std::uint8_t units, OrderId id) {
  Order order;
  order.id = id;
  order.buyer = {buyer};
  order.set_lines(1);
  order.sku[0] = {7};
  order.quantity[0] = units;
  return order;
}

}  // namespace

TEST_CASE("fairness of a real run adds up with the rest of the record") {
  const Scenario scenario = small_scenario({"report.fairness=on", "traffic.buyers=500"});
  const RunRecord record = finished(scenario);
  const Fairness fairness = fairness_of(record);
  REQUIRE(fairness.measured);
  std::int64_t arrivals = 0;
  double dispatched = 0;
  double latency_s = 0;
  for (const TenthFairness& tenth : fairness.tenths) {
    CHECK(tenth.arrivals > 100);
    arrivals += tenth.arrivals;
    const double orders = tenth.dispatched_share * static_cast<double>(tenth.arrivals);
    dispatched += orders;
    latency_s += orders * tenth.mean_latency_s;
  }
  CHECK(arrivals == record.books.arrivals().count);
  const auto& all = record.latency[index_of(Funnel::dispatched)];
  CHECK(dispatched == Approx(static_cast<double>(all.count())));
  // Microseconds are rounded down.
  CHECK(latency_s / dispatched == Approx(all.mean() * 1e-9).margin(1e-6));
  CHECK(fairness.bots_share == 0);
  CHECK(fairness.top1pct_share > 0.01);
  CHECK(fairness.top1pct_share < 0.1);
  const Audit laws = audit(scenario, record);
  CHECK(value_of(*scenario::find_metric("fairness.top1pct.share"), scenario, record, laws) ==
        fairness.top1pct_share);
  CHECK(value_of(*scenario::find_metric("fairness.last_tenth.share"), scenario, record, laws) ==
        fairness.tenths.back().dispatched_share);
  const Result result = conclude(scenario, record);
  CHECK(contains(text(result, "double11 run x", false), "Fairness: "));
  CHECK(widest_line(text(result, "double11 run x", false)) <= 80);
  CHECK(contains(json(result), R"("top1pct_share")"));
}

TEST_CASE("fairness: nothing is said when it was not measured") {
  const Scenario scenario = small_scenario();
  const RunRecord record = finished(scenario);
  CHECK_FALSE(fairness_of(record).measured);
  CHECK_FALSE(contains(text(conclude(scenario, record), "double11 run x", false), "Fairness"));
  CHECK(contains(json(conclude(scenario, record)), R"("fairness": {})"));
}

TEST_CASE("audit: the laws by buyer are there only with books for them") {
  const Scenario plain = small_scenario();
  const auto laws = audit(plain, RunRecord(plain)).laws.size();
  const Scenario fair = small_scenario({"report.fairness=on"});
  CHECK(audit(fair, RunRecord(fair)).laws.size() == laws);
  const Scenario limited = small_scenario({"admission.buyer_units_most=5"});
  const Scenario door = small_scenario({"traffic.retry.timeout=1h"});
  CHECK(audit(limited, RunRecord(limited)).laws.size() ==
        audit(door, RunRecord(door)).laws.size() + 1);
  RunRecord clicks(plain);
  clicks.books = Books(plain, {false, true});
  CHECK(audit(plain, clicks).laws.size() == laws + 1);
}

TEST_CASE("audit: a buyer above the limit is named") {
  const Scenario scenario = small_scenario({"admission.buyer_units_most=5"});
  RunRecord record(scenario);
  record.books.ended(order_of(3, 5, OrderId(1, 1)), Outcome::dispatched);
  record.books.ended(order_of(4, 4, OrderId(1, 2)), Outcome::dispatched);
  record.books.ended(order_of(4, 9, OrderId(1, 3)), Outcome::declined);
  const std::string name = "no buyer above the limit";
  {
    const Audit laws = audit(scenario, record);
    REQUIRE(law_named(laws, name) != nullptr);
    CHECK(law_named(laws, name)->violations == 0);
    CHECK(contains(law_named(laws, name)->measured, "2 buyers, at most 5 units each"));
  }
  record.books.ended(order_of(4, 2, OrderId(1, 4)), Outcome::dispatched);
  const Audit laws = audit(scenario, record);
  CHECK(law_named(laws, name)->violations == 1);
  CHECK(law_named(laws, name)->offender == "buyer 4 has 6 units, allowed are 5");
  CHECK(laws.violations > 0);
}

TEST_CASE("audit: an order dispatched by two of its clicks is named") {
  const Scenario scenario = small_scenario();
  RunRecord record(scenario);
  record.books = Books(scenario, {false, true});
  const OrderId id(2, 77);
  record.books.ended(order_of(3, 1, id), Outcome::dispatched);
  record.books.ended(order_of(3, 1, id.second_click()), Outcome::duplicate);
  record.books.ended(order_of(4, 1, OrderId(2, 78).next_try()), Outcome::dispatched);
  const std::string name = "no order dispatched twice through further clicks";
  CHECK(law_named(audit(scenario, record), name)->violations == 0);
  record.books.ended(order_of(3, 1, id.next_try()), Outcome::dispatched);
  const Audit laws = audit(scenario, record);
  CHECK(law_named(laws, name)->violations == 1);
  CHECK(law_named(laws, name)->measured == "2 orders, 1 of them twice or more");
  CHECK(contains(law_named(laws, name)->offender, "number 77 of the slice at 2ms"));
}

}  // namespace double11::report
