// Metrics: every name has a finite value, and the values are what the names say.
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cmath>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

double value(const std::string& name, const Scenario& scenario, const RunRecord& record) {
  const scenario::Metric* const metric = scenario::find_metric(name);
  INFO(name);
  REQUIRE(metric != nullptr);
  return value_of(*metric, scenario, record, audit(scenario, record));
}

TEST_CASE("metrics: every one is finite on an empty run, shares and rates are 0") {
  const Scenario scenario = small_scenario();
  const RunRecord record(scenario);
  for (const scenario::Metric& metric : scenario::metrics()) {
    INFO(metric.name);
    const double measured = value_of(metric, scenario, record, audit(scenario, record));
    REQUIRE(std::isfinite(measured));
    REQUIRE(measured == 0);
  }
}

TEST_CASE("metrics: every one is finite and not negative on a real run") {
  for (const std::string duration : {"1ms", "200ms", "3s"}) {
    const Scenario scenario = small_scenario({"duration=" + duration, "payment.timeout=50ms"});
    const RunRecord record = finished(scenario);
    for (const scenario::Metric& metric : scenario::metrics()) {
      INFO(metric.name << " over " << duration);
      const double measured = value_of(metric, scenario, record, audit(scenario, record));
      REQUIRE(std::isfinite(measured));
      REQUIRE(measured >= 0);
      if (metric.unit == scenario::MetricUnit::share) REQUIRE(measured <= 1);
    }
  }
}

TEST_CASE("metrics: counts, shares and rates of the funnel") {
  const Scenario scenario = small_scenario({"duration=2s"});
  const RunRecord record = finished(scenario);
  const auto offered = static_cast<double>(record.books.arrivals().count);
  const auto paid = static_cast<double>(record.payments.paid);
  CHECK(value("offered.count", scenario, record) == offered);
  CHECK(value("offered.share", scenario, record) == 1);
  CHECK(value("paid.count", scenario, record) == paid);
  CHECK(value("paid.share", scenario, record) == Approx(paid / offered));
  CHECK(value("offered.rate.mean", scenario, record) == Approx(offered / 2));
  CHECK(value("offered.rate.machine", scenario, record) == Approx(offered));  // one second
  CHECK(value("offered.rate.peak", scenario, record) >= offered / 2);
  CHECK(value("offered.rate.peak", scenario, record) == peak_rate(Funnel::offered, record));
  // Who pays after the traffic has ended counts, but makes no rate higher.
  const double in_time = record.series.count_until(Funnel::paid, Instant(std::chrono::seconds(2)));
  CHECK(in_time < paid);
  CHECK(mean_rate(Funnel::paid, scenario, record) == Approx(in_time / 2));
  CHECK(machine_rate(Funnel::paid, record) == Approx(paid));
}

TEST_CASE("metrics: what happens after the duration counts for peaks, live and in virtual time") {
  const Scenario scenario =
      small_scenario({"admission.waiting_room.rate=1k/s", "admission.waiting_room.opens=40s",
                      "target.rate=900/s", "target.of=reserved"});
  const RunRecord virtual_record = virtual_time::simulate(scenario, {});
  const RunRecord live_record = finished_quickly(scenario);
  for (const RunRecord* const record : {&virtual_record, &live_record}) {
    CHECK(peak_rate(Funnel::reserved, *record) == Approx(1000).epsilon(0.05));
  }
  CHECK(peak_rate(Funnel::dispatched, virtual_record) > 900);
  const Result result = conclude(scenario, virtual_record);
  CHECK(result.verdict.status == Status::pass);
  const std::string report = text(result, "double11 simulate small", false);
  CHECK(contains(report, "the traffic ended after 1s"));
  CHECK(contains(report, " 1k* "));
  CHECK(widest_line(report) <= 80);
}

TEST_CASE("metrics: requests per click are the click and the questions of its page") {
  const Scenario plain = small_scenario();
  CHECK(value("door.requests.mean", plain, finished(plain)) == 1);
  // 500 ms after the last click the first one enters; each page asks every 10 ms.
  const Scenario room = small_scenario(
      {"traffic.arrivals=constant", "admission.waiting_room.rate=1G/s",
       "admission.waiting_room.opens=1500ms", "admission.waiting_room.poll_period=10ms"});
  CHECK(value("door.requests.mean", room, finished(room)) == Approx(1 + 100).margin(1));
}

TEST_CASE("metrics: outcomes as counts and shares") {
  const Scenario scenario = small_scenario({"payment.timeout=30ms"});
  const RunRecord record = finished(scenario);
  double shares = 0;
  double counts = 0;
  for (const Outcome outcome : kAllOutcomes) {
    const std::string name = "outcome." + std::string(double11::name_of(outcome));
    CHECK(value(name + ".count", scenario, record) ==
          static_cast<double>(record.books.outcomes(outcome).count));
    shares += value(name + ".share", scenario, record);
    counts += value(name + ".count", scenario, record);
  }
  CHECK(shares == Approx(1));
  CHECK(counts == value("offered.count", scenario, record));
}

TEST_CASE("metrics: latencies are those of the histograms, in order") {
  const Scenario scenario = small_scenario();
  const RunRecord record = finished(scenario);
  const auto& paid = record.latency[index_of(Funnel::paid)];
  CHECK(value("latency.paid.p50", scenario, record) == static_cast<double>(paid.quantile(0.5)));
  CHECK(value("latency.paid.p99.9", scenario, record) == static_cast<double>(paid.quantile(0.999)));
  CHECK(value("latency.paid.mean", scenario, record) == Approx(paid.mean()));
  double last = 0;
  for (const std::string statistic : {"p50", "p90", "p99", "p99.9", "max"}) {
    const double now = value("latency.dispatched." + statistic, scenario, record);
    CHECK(now >= last);
    last = now;
  }
}

TEST_CASE("metrics: audit and generator") {
  const Scenario scenario = small_scenario();
  RunRecord record = finished(scenario);
  CHECK(value("audit.violations", scenario, record) == 0);
  record.generator_lag.record(5000);
  ++record.payments.paid;
  record.refused[0] = true;
  CHECK(value("audit.violations", scenario, record) == 2);
  CHECK(value("audit.undersold", scenario, record) == static_cast<double>(record.available[0]));
  CHECK(value("generator.lag.max", scenario, record) == 5000);
}

}  // namespace
}  // namespace double11::report
