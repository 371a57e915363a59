// The buyers' side: figures and retry storms of records made by hand.
#include <double11/report/clients.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>

#include <chrono>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"
#include "temporary_file.hpp"

namespace double11::report {
namespace {

using namespace std::chrono_literals;
using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

constexpr RetryPolicy kNaive{3, 1, false, false};

// 2k orders/s for ten seconds, 2.5 clicks each, of which a quarter is served; in the last quarter
// `late` orders of the 5,000 are dispatched.
RunRecord storm_record(const Scenario& scenario, int late) {
  RunRecord record(scenario);
  record.traffic_end = Instant(scenario.duration);
  record.clients = {20'000, 1'000, 29'000, 15'000, 2'000, 5'000, 4'000, 600, 7'000};
  for (int i = 0; i < late; ++i) record.series.count(Funnel::dispatched, Instant(8s));
  return record;
}

Scenario ten_seconds() {
  return small_scenario({"duration=10s"});
}

}  // namespace

TEST_CASE("clients: figures by hand") {
  const Scenario scenario = ten_seconds();
  const RunRecord record = storm_record(scenario, 1'000);
  const Clients clients = clients_of(scenario, record);
  CHECK(clients.any_further_clicks);
  CHECK(clients.attempts_per_order == Approx(2.45));
  CHECK(clients.amplification == Approx(2.5));
  CHECK(clients.offered_per_s == Approx(5'000));
  CHECK(clients.first_clicks_per_s == Approx(2'000));
  CHECK(clients.goodput_per_s == Approx(400));
  CHECK(clients.served_share == Approx(0.25));
  const Audit laws = audit(scenario, record);
  const auto metric = [&](const std::string& name) {
    return value_of(*scenario::find_metric(name), scenario, record, laws);
  };
  CHECK(metric("clients.amplification") == Approx(2.5));
  CHECK(metric("clients.goodput.rate") == Approx(400));
  CHECK(metric("clients.served.share") == Approx(0.25));
}

TEST_CASE("clients: nothing is said when every order is one click") {
  const Scenario scenario = ten_seconds();
  const RunRecord record(scenario);
  CHECK_FALSE(clients_of(scenario, record).any_further_clicks);
  CHECK(clients_of(scenario, record).amplification == 0);
  CHECK_FALSE(find_retry_storm(kNaive, scenario, record).has_value());
  CHECK_FALSE(contains(text(conclude(scenario, record), "double11 run x", false), "Clients:"));
  CHECK(contains(json(conclude(scenario, record)), R"("clients": {})"));
}

TEST_CASE("clients: text and JSON") {
  const Scenario scenario = ten_seconds();
  const RunRecord record = storm_record(scenario, 1'000);
  const Result result = conclude(scenario, record);
  const std::string page = text(result, "double11 run x", false);
  CHECK(contains(page, "Clients: 20,000 orders, 2.45 attempts each"));
  CHECK(contains(page, "29,000 retries, 1,000 second clicks: 2.5 clicks per order"));
  CHECK(widest_line(page) <= 80);
  CHECK(contains(page, "goodput 400/s of 5k/s offered; served 25.00% of the orders"));
  CHECK(contains(page, "gave up: 15,000 orders; answered too late: 2,000 clicks"));
  CHECK(contains(json(result), R"("amplification": 2.5)"));
  CHECK(contains(json(result), R"("timed_out": 7000)"));
  CHECK(contains(json(result), R"("over_budget": 600)"));
}

TEST_CASE("a retry storm is named with what would end it") {
  const Scenario scenario = ten_seconds();
  const RunRecord lasting = storm_record(scenario, 1'000);
  const auto storm = find_retry_storm(kNaive, scenario, lasting);
  REQUIRE(storm.has_value());
  CHECK(contains(storm->reason, "retry storm: 2.5 clicks per order"));
  CHECK(contains(storm->reason, "25% of the orders are served"));
  CHECK(contains(storm->reason, "it lasts: 20% in the last quarter"));
  CHECK(storm->setting == R"(traffic.retry.budget={"share":0.2,"least":"0/s","of":"successes"})");
  const Scenario mended = small_scenario({storm->setting});
  CHECK(mended.traffic.retry.budget.of == scenario::RetryBudget::Of::successes);
  const auto over = find_retry_storm(kNaive, scenario, storm_record(scenario, 4'900));
  REQUIRE(over.has_value());
  CHECK(contains(over->reason, "it was over in the last quarter"));
}

TEST_CASE("a retry storm lasts by the first clicks of shows, too") {
  // In the last quarter the show brings 5,000 x (1 - exp(-2)) orders besides the 5,000 of the
  // curve.
  const Scenario scenario = small_scenario(
      {"duration=10s", R"(traffic.shows.viewers=[{"show":"a","at":"0s","viewers":5000}])",
       R"(traffic.shows.reveals=[{"show":"a","at":"7500ms","sku":1,"click_through":"100%",)"
       R"("reaction_mean":"1250ms"}])"});
  const auto lasting = find_retry_storm(kNaive, scenario, storm_record(scenario, 4'900));
  REQUIRE(lasting.has_value());
  CHECK(contains(lasting->reason, "it lasts: 52.6% in the last quarter"));
}

TEST_CASE("a retry storm of replayed orders: nothing is said of its end") {
  const TemporaryFile orders("storm.csv", "at,buyer,sku,quantity,price,region\n0,0,0,1,,east\n");
  const Scenario scenario = small_scenario({"duration=10s", "traffic.replay=" + orders.path()});
  const auto storm = find_retry_storm(kNaive, scenario, storm_record(scenario, 1'000));
  REQUIRE(storm.has_value());
  CHECK(contains(storm->reason, "25% of the orders are served"));
  CHECK_FALSE(contains(storm->reason, "last quarter"));
}

TEST_CASE("a retry storm: with a budget the door is next, and then fewer attempts") {
  const Scenario scenario = ten_seconds();
  const RunRecord record = storm_record(scenario, 1'000);
  CHECK(find_retry_storm({4, 0.2, true, false}, scenario, record)->setting ==
        "admission.control=adaptive_lifo");
  const Scenario patient = small_scenario({"duration=10s", "traffic.retry.timeout=1s"});
  CHECK(find_retry_storm({4, 0.2, true, false}, patient, record)->setting ==
        "admission.control=drop_expired");
  CHECK(find_retry_storm({4, 0.1, true, true}, scenario, record)->setting ==
        "traffic.retry.attempts=2");
}

TEST_CASE("no retry storm: few retries, most orders served, or nobody who retries") {
  const Scenario scenario = ten_seconds();
  RunRecord few = storm_record(scenario, 1'000);
  few.clients.retries = 9'000;
  CHECK_FALSE(find_retry_storm(kNaive, scenario, few).has_value());
  RunRecord served = storm_record(scenario, 1'000);
  served.clients.served = 16'000;
  CHECK_FALSE(find_retry_storm(kNaive, scenario, served).has_value());
  CHECK_FALSE(
      find_retry_storm({1, 1, false, false}, scenario, storm_record(scenario, 1'000)).has_value());
}

}  // namespace double11::report
