// Time to recover: on series made by hand, and of a sale whose backlog is known beforehand.
#include <double11/report/faults.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <chrono>
#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using namespace std::chrono_literals;
using scenario::Fault;
using scenario::small_scenario;

// One row a second: what reaches payment, and what is paid.
measure::Series series_of(int seconds, const std::function<int(int)>& reserved,
                          const std::function<int(int)>& paid) {
  measure::Series series(1s, std::chrono::seconds(seconds), 1s);
  for (int second = 0; second < seconds; ++second) {
    const Instant at{std::chrono::seconds(second)};
    for (int i = 0; i < reserved(second); ++i) series.count(Funnel::reserved, at);
    for (int i = 0; i < paid(second); ++i) series.count(Funnel::paid, at);
  }
  return series;
}

int thousand(int) {
  return 1000;
}

TEST_CASE("faults: the backlog counts, not the rate alone") {
  // Down from 20 s to 25 s; then 1,500 a second, so the backlog of 5,000 is gone after ten.
  const auto series = series_of(60, thousand, [](int second) {
    return second >= 20 && second < 25 ? 0 : second >= 25 && second < 35 ? 1500 : 1000;
  });
  const Recovery recovery = recovery_from({20s, 5s, "payment", 0}, series, Instant(60s));
  CHECK(recovery.step == Funnel::paid);
  CHECK(recovery.recovered);
  CHECK(recovery.before_per_s == 1000);
  CHECK(recovery.worst_per_s == 0);
  CHECK(recovery.backlog_most == 5000);
  CHECK(recovery.after > 9900ms);
  CHECK(recovery.after <= 10s);
}

TEST_CASE("faults: a shop that lost its backlog has recovered when the rate has") {
  // All that came in the meantime is lost, and for three seconds half of what comes after.
  const auto series = series_of(60, thousand, [](int second) {
    return second >= 20 && second < 25 ? 0 : second >= 25 && second < 28 ? 500 : 1000;
  });
  const Recovery recovery = recovery_from({20s, 5s, "payment", 0}, series, Instant(60s));
  CHECK(recovery.recovered);
  CHECK(recovery.after == 3s);
  CHECK(recovery.backlog_most == 6500);
}

TEST_CASE("faults: a shop that stays down has not recovered") {
  const auto series = series_of(60, thousand, [](int second) {
    return second < 20 ? 1000 : second < 25 ? 0 : 100;
  });
  const Recovery recovery = recovery_from({20s, 5s, "payment.bank", 0}, series, Instant(60s));
  CHECK_FALSE(recovery.recovered);
  CHECK(recovery.after == 35s);
}

TEST_CASE("faults: a usual share of declines is no backlog, and what nobody felt is over at once") {
  const auto series = series_of(60, thousand, [](int) { return 950; });
  const Recovery recovery = recovery_from({20s, 5s, "payment", 0.5}, series, Instant(60s));
  CHECK(recovery.recovered);
  CHECK(recovery.after == 0s);
  CHECK(recovery.before_per_s == 950);
  CHECK(recovery.backlog_most == 0);
}

TEST_CASE("faults: at the start, after the end, and in a run without orders") {
  const auto none = series_of(
      20, [](int) { return 0; }, [](int) { return 0; });
  CHECK(recovery_from({0s, 5s, "payment", 0}, none, Instant(20s)).after == 0s);
  CHECK(recovery_from({0s, 5s, "payment", 0}, none, Instant(0s)).after == 0s);
  CHECK(recovery_from({300s, 5s, "payment", 0}, none, Instant(20s)).after == 0s);
  const auto series = series_of(20, thousand, [](int second) {
    return second < 5 ? 0 : second < 10 ? 2000 : 1000;
  });
  const Recovery recovery = recovery_from({0s, 5s, "payment", 0}, series, Instant(20s));
  CHECK(recovery.recovered);
  CHECK(recovery.after > 4900ms);
  CHECK(recovery.after <= 5s);
}

TEST_CASE("faults: steps by what is struck") {
  CHECK(step_of("payment.alipay") == Funnel::paid);
  CHECK(step_of("inventory") == Funnel::reserved);
  CHECK(step_of("admission") == Funnel::admitted);
  CHECK_FALSE(step_of("logistics.north"));
  CHECK_FALSE(step_of("carrier.post"));
}

TEST_CASE("faults: what was seen of a shop that stays down ends with the rows of the series") {
  const auto series = series_of(60, thousand, [](int second) { return second < 20 ? 1000 : 0; });
  const Recovery recovery = recovery_from({20s, 5s, "payment", 0}, series, Instant(1h));
  CHECK_FALSE(recovery.recovered);
  CHECK(recovery.after == 37s);
  // One that begins later touches nothing that was counted.
  CHECK_FALSE(recovery_from({2min, 5s, "payment", 0}, series, Instant(1h)).step);
}

TEST_CASE("faults: no bound is kept by a shop that did not recover") {
  const auto sale =
      small_scenario({"duration=1s", "payment.decline_probability=0",
                      R"(thresholds=["faults.recovery <= 1h","faults.recovery > 1h"])",
                      R"(faults=[{"at":"500ms","duration":"1h","of":"payment","factor":0}])"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const Result result = conclude(sale, record);
  CHECK(result.verdict.status == Status::missed);
  REQUIRE(result.verdict.checks.size() == 2);
  CHECK_FALSE(result.verdict.checks[0].holds);
  CHECK(result.verdict.checks[0].measured == "never");
  CHECK(result.verdict.checks[1].holds);
  CHECK(nlohmann::json::parse(json(result))["verdict"]["checks"][0]["measured"].is_null());
}

// Ten parcels a second; a warehouse that picks twenty is down for four minutes, which leaves 2,400:
// another four minutes until they are picked.
TEST_CASE("faults: a warehouse that was down has recovered when its backlog is picked") {
  const auto sale = small_scenario(
      {"duration=20min", "traffic.curve[0].rate=10/s", "traffic.arrivals=constant",
       "payment.decline_probability=0", "logistics.departure_period=0s", "logistics.starts_at=10s",
       R"(logistics.warehouses=[{"name":"a","region":"east","capacity":"20/s"}])",
       R"(thresholds=["faults.recovery <= 5min"])",
       R"(faults=[{"at":"5min","duration":"4min","of":"logistics.a","factor":0},)"
       R"({"at":"200h","duration":"1h","of":"logistics","factor":0},)"
       R"({"at":"1min","duration":"10s","of":"payment","factor":0.5},)"
       R"({"at":"15min","duration":"1min","of":"logistics","factor":0.6}])"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const auto all = recoveries(sale, record);
  REQUIRE(all.size() == 4);
  CHECK(all[0].step == Funnel::dispatched);
  CHECK(all[0].recovered);
  // By minutes of the clock, which is ten seconds ahead: some of it is left at 12:50 of the sale.
  CHECK(all[0].after == 4min + 50s);
  CHECK(all[0].before_per_s == Approx(10).epsilon(0.01));
  CHECK(all[0].worst_per_s == 0);
  CHECK(std::abs(all[0].backlog_most - 2300) < 20);
  CHECK_FALSE(all[1].step);
  CHECK(all[2].step == Funnel::paid);
  // At 12 a second it keeps up.
  CHECK(all[3].recovered);
  CHECK(all[3].after == 0s);
  CHECK(all[3].worst_per_s == Approx(10).epsilon(0.01));
  const Result result = conclude(sale, record);
  CHECK(result.verdict.checks[0].holds);
  const std::string report = text(result, "double11 simulate small", false);
  CHECK(contains(report, "4.83min\n"));
  CHECK(contains(report, "by minute"));
  CHECK(contains(report, "0        -        -        -        -\n"));
  const auto document = nlohmann::json::parse(json(result));
  CHECK(document["faults"][0]["recovery_ns"] == all[0].after.count());
  CHECK(document["faults"][1]["step"].is_null());
}

// Trucks leave every ten minutes: what is picked waits for them, with and without a fault.
TEST_CASE("faults: parcels that wait for their truck are no backlog") {
  const auto sale =
      small_scenario({"duration=50min", "traffic.curve[0].rate=10/s", "traffic.arrivals=constant",
                      "payment.decline_probability=0", "logistics.departure_period=10min",
                      R"(logistics.warehouses=[{"name":"a","region":"east","capacity":"20/s"}])",
                      R"(faults=[{"at":"20min","duration":"15min","of":"logistics","factor":0}])"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const auto all = recoveries(sale, record);
  REQUIRE(all.size() == 1);
  // 9,000 are left; the truck at 40 minutes takes the 6,000 that were picked by then, the one at
  // 50 the rest.
  CHECK(all[0].recovered);
  CHECK(all[0].after > 14min);
  CHECK(all[0].after <= 16min);
  CHECK(all[0].before_per_s == Approx(10).epsilon(0.02));
}

TEST_CASE("faults: a warehouse that is down until long after the sale recovers afterwards") {
  const auto sale =
      small_scenario({"duration=10min", "traffic.curve[0].rate=10/s", "traffic.arrivals=constant",
                      "payment.decline_probability=0", "logistics.departure_period=0s",
                      R"(logistics.warehouses=[{"name":"a","region":"east","capacity":"20/s"}])",
                      R"(faults=[{"at":"5min","duration":"200h","of":"logistics","factor":0}])"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const auto all = recoveries(sale, record);
  REQUIRE(all.size() == 1);
  CHECK(all[0].step == Funnel::dispatched);
  // All of it is picked when the fault is over: 3,000 in 150 s.
  CHECK(all[0].recovered);
  CHECK(all[0].after > 2min);
  CHECK(all[0].after <= 4min);
}

TEST_CASE("faults: an outage of payment is over when fluid theory says so, in text and JSON too") {
  // 1,000 orders a second; 150 servers of 100 ms carry 1,500. Five seconds down leave 5,000 orders
  // (and 150 that are finished late): 5,000 / 500 = 10 s.
  const auto sale =
      small_scenario({"duration=60s", "traffic.curve[0].rate=1k/s", "traffic.arrivals=constant",
                      "payment.servers=150", "payment.decline_probability=0", "payment.timeout=1h",
                      R"(payment.latency={"distribution":"constant","mean":"100ms"})",
                      "admission.in_flight_limit=100k", "payment.queue_limit=100k",
                      R"(faults=[{"at":"20s","duration":"5s","of":"payment","factor":0}])"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const auto all = recoveries(sale, record);
  REQUIRE(all.size() == 1);
  CHECK(all[0].recovered);
  CHECK(all[0].before_per_s == Approx(1000));
  CHECK(std::abs(seconds_of(all[0].after) - 10) < 0.25);
  CHECK(longest_recovery_ns(sale, record) == static_cast<double>(all[0].after.count()));
  const Result result = conclude(sale, record);
  const std::string report = text(result, "double11 simulate small", false);
  CHECK(contains(report, "Faults"));
  const auto document = nlohmann::json::parse(json(result));
  REQUIRE(document["faults"].size() == 1);
  CHECK(document["faults"][0]["recovery_ns"] == all[0].after.count());
  CHECK(document["faults"][0]["step"] == "paid");
  const scenario::Metric* const metric = scenario::find_metric("faults.recovery");
  REQUIRE(metric != nullptr);
  CHECK(value_of(*metric, sale, record, result.audit) == static_cast<double>(all[0].after.count()));
}

}  // namespace
}  // namespace double11::report
