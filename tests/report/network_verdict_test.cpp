// The verdict on a network of queues, its metrics, and the station that gives way.
#include <double11/report/network_result.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::report {
namespace {

using scenario::find_network_metric;

// A desk with room for one that waits, patience, and then a slow back office of two.
scenario::Scenario a_network(const std::vector<std::string>& overrides = {}) {
  auto loaded = scenario::parse(
      R"({"name": "n", "duration": "200s", "traffic": {"curve": [{"at": "0s", "rate": "8/s"}]},
          "network": {"stations": [
            {"name": "desk", "servers": 1, "queue_limit": 2,
             "patience": {"distribution": "exponential", "mean": "200ms"},
             "service": {"distribution": "exponential", "mean": "100ms"}},
            {"name": "back office", "servers": 2,
             "service": {"distribution": "exponential", "mean": "300ms"}}]}})",
      "n", overrides);
  REQUIRE(loaded.scenario.has_value());
  return *loaded.scenario;
}

}  // namespace

TEST_CASE("every metric of a network is what the record says") {
  const scenario::Scenario scenario = a_network();
  const auto record = virtual_time::simulate_network(scenario, 0);
  const auto value = [&](const std::string& name) {
    CAPTURE(name);
    REQUIRE(find_network_metric(name).has_value());
    return value_of(*find_network_metric(name), scenario, record);
  };
  for (const scenario::Metric& metric : scenario::network_metrics()) {
    std::string name = metric.name;
    if (const auto close = name.find("[]"); close != std::string::npos) {
      name.replace(close, 2, "[back office]");
    }
    CAPTURE(name);
    CHECK(value(name) >= 0);
    if (metric.unit == scenario::MetricUnit::share) CHECK(value(name) <= 1);
  }
  const auto& desk = record.stations[0];
  const auto& office = record.stations[1];
  CHECK(value("throughput.rate.mean") == static_cast<double>(record.completions) / 200);
  CHECK(value("sojourn.mean") == record.sojourn.moments.mean_ns());
  CHECK(value("sojourn.p99.9") == static_cast<double>(record.sojourn.histogram.quantile(0.999)));
  CHECK(value("stations[desk].wait.p90") ==
        static_cast<double>(desk.wait_all.histogram.quantile(0.9)));
  CHECK(value("stations[1].sojourn.max") == static_cast<double>(office.sojourn.histogram.max()));
  CHECK(value("stations[desk].throughput.rate.mean") ==
        static_cast<double>(desk.completions) / 200);
  CHECK(value("stations[desk].lost.share") ==
        Approx(static_cast<double>(desk.blocked) / static_cast<double>(desk.arrivals)));
  CHECK(value("stations[desk].abandoned.share") > 0);
  CHECK(value("stations[back office].busy.share") == Approx(record.mean_of(office.busy_ns) / 2));
  CHECK(value("busy.share") == value("stations[back office].busy.share"));
  CHECK(value("completed.share") + value("lost.share") + value("abandoned.share") == Approx(1));
  CHECK(value("lost.share") > 0);
  CHECK(value("stations[0].waited.share") > 0);
  CHECK(value("stations[0].present.mean") > value("stations[0].waiting.mean"));
}

TEST_CASE("a network passes when all thresholds hold") {
  const std::string loose = R"(thresholds=["sojourn.p99 < 1h", "busy.share < 100%"])";
  const std::string tight = R"(thresholds=["sojourn.p99 < 1h", "stations[desk].wait.max < 1ns"])";
  const auto judged = [](const scenario::Scenario& scenario) {
    return judge(scenario, virtual_time::simulate_network(scenario, 0));
  };
  CHECK(judged(a_network()).status == Status::pass);
  CHECK(judged(a_network()).checks.empty());
  CHECK(judged(a_network({loose})).status == Status::pass);
  CHECK(judged(a_network({R"(thresholds=["paid.count > 1"])"})).checks.empty());
  const Verdict missed = judged(a_network({tight}));
  CHECK(missed.status == Status::missed);
  REQUIRE(missed.checks.size() == 2);
  CHECK(missed.checks[0].holds);
  CHECK_FALSE(missed.checks[1].holds);
  CHECK(missed.checks[1].expression == "stations[desk].wait.max < 1ns");
  // The sojourn of nobody is no sojourn below a second.
  const std::string never =
      R"(network.stations[1].service={"distribution":"constant","mean":"300s"})";
  CHECK(judged(a_network({never})).status == Status::pass);
  CHECK(judged(a_network({never, loose})).status == Status::invalid);
  // Broken laws and interruptions come first.
  const scenario::Scenario scenario = a_network({tight});
  auto record = virtual_time::simulate_network(scenario, 0);
  record.stopped = true;
  CHECK(judge(scenario, record).status == Status::interrupted);
  record.flow.lost += 1;
  CHECK(judge(scenario, record).status == Status::violated);
}

TEST_CASE("the verdict on several replications is the worst, and says how many passed") {
  const scenario::Scenario scenario = a_network({R"(thresholds=["throughput.rate.mean > 5/s"])"});
  NetworkResult result(3);
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto record = virtual_time::simulate_network(scenario, i);
    Verdict verdict = judge(scenario, record);
    if (i == 1) verdict.status = Status::missed;
    result.add(i, std::move(record), std::move(verdict));
  }
  CHECK(result.status() == Status::missed);
  const auto verdict = nlohmann::json::parse(result.json(scenario)).at("verdict");
  CHECK(verdict.at("status") == "MISSED");
  CHECK(verdict.at("exit_code") == 3);
  CHECK(verdict.at("passed") == 2);
  REQUIRE(verdict.at("checks").size() == 1);
  CHECK(verdict.at("checks")[0].at("holds") == true);
  CHECK(result.text(scenario, true).find("2 of 3 replications passed") != std::string::npos);
}

TEST_CASE("the busiest station gives way, with what its servers carry and a setting that loads") {
  const scenario::Scenario scenario = a_network({"network.stations[1].servers=1"});
  const auto record = virtual_time::simulate_network(scenario, 0);
  const Bottleneck found = find_bottleneck(scenario, record);
  CHECK(found.blamed == "back office");
  // One server, 300 ms on average.
  CHECK(found.carries_per_s == Approx(1 / 0.3).epsilon(0.1));
  CHECK(found.setting.starts_with("network.stations[back office].servers="));
  const scenario::Scenario moved = a_network({found.setting});
  CHECK(moved.network.stations[1].servers >= 2);
  const double busy = busiest_of(moved, virtual_time::simulate_network(moved, 0)).share;
  CHECK(busy < busiest_of(scenario, record).share);
}

TEST_CASE("a station that a missed threshold names gives way before a busier one") {
  const std::string of_desk = R"(thresholds=["sojourn.p99 < 1h", "stations[desk].wait.max < 1ns"])";
  const scenario::Scenario scenario = a_network({"network.stations[1].servers=1", of_desk});
  const auto record = virtual_time::simulate_network(scenario, 0);
  REQUIRE(busiest_of(scenario, record).station == 1);
  const Bottleneck found = find_bottleneck(scenario, record);
  CHECK(found.blamed == "desk");
  CHECK(found.reason.starts_with("the station of the missed threshold, "));
  CHECK(a_network({found.setting}).network.stations[0].servers == 2);
  // One that holds, or one of the whole, names none.
  const std::string of_all = R"(thresholds=["stations[desk].wait.max < 1h", "sojourn.p99 < 1ns"])";
  const scenario::Scenario whole = a_network({"network.stations[1].servers=1", of_all});
  CHECK(find_bottleneck(whole, record).blamed == "back office");
  // What a station lets through is what comes to it.
  const std::string of_rate = R"(thresholds=["stations[desk].throughput.rate.mean > 1k/s"])";
  const scenario::Scenario rate = a_network({"network.stations[1].servers=1", of_rate});
  CHECK(find_bottleneck(rate, record).blamed == "back office");
}

}  // namespace double11::report
