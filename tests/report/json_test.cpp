// The result for programs: whole, exact, consistent with itself.
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::json;
using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

Json document_of(const Scenario& scenario, const RunRecord& record) {
  return Json::parse(json(conclude(scenario, record)));
}

Scenario eventful() {
  return small_scenario({"payment.timeout=60ms", "admission.in_flight_limit=30",
                         "admission.queue_limit=10", "catalogue.hot.stock=20",
                         R"(target={"rate":"1k/s","of":"paid"})",
                         R"(thresholds=["outcome.shed.count == 0"])"});
}

TEST_CASE("json: says what it is and where it comes from") {
  const Scenario scenario = eventful();
  const RunRecord record = finished(scenario);
  const Json document = document_of(scenario, record);
  CHECK(document["schema_version"] == 1);
  CHECK(document["program"] == "double11");
  CHECK(document["seed"] == scenario.seed);
  CHECK(document["scenario_digest"] == scenario::digest_of(scenario));
  for (const char* const key : {"version", "order_stream", "verdict", "bottleneck", "funnel",
                                "outcomes", "audit", "latency_ns", "generator_lag_ns", "series",
                                "stages", "money_fen", "run", "machine", "scenario"}) {
    INFO(key);
    CHECK(document.contains(key));
  }
  // The scenario in it is the whole scenario.
  const auto loaded = scenario::parse(document["scenario"].dump(), "result");
  REQUIRE(loaded.scenario.has_value());
  CHECK(scenario::digest_of(*loaded.scenario) == scenario::digest_of(scenario));
}

TEST_CASE("json: funnel and outcomes add up") {
  const Scenario scenario = eventful();
  const RunRecord record = finished(scenario);
  const Json document = document_of(scenario, record);
  std::int64_t outcomes = 0;
  for (const auto& [name, count] : document["outcomes"].items()) {
    outcomes += count.get<std::int64_t>();
  }
  CHECK(document["outcomes"].size() == kOutcomes);
  CHECK(outcomes == document["funnel"]["offered"]["count"].get<std::int64_t>());
  CHECK(document["outcomes"]["dispatched"] == document["funnel"]["dispatched"]["count"]);
  std::int64_t last = INT64_MAX;
  for (const Funnel step : kFunnel) {
    const auto count =
        document["funnel"][std::string(double11::name_of(step))]["count"].get<std::int64_t>();
    CHECK(count <= last);
    last = count;
  }
  CHECK(document["outcomes"]["shed"].get<std::int64_t>() > 0);
}

TEST_CASE("json: segments and payments add up to the whole") {
  CHECK(document_of(eventful(), finished(eventful()))["segments"].empty());
  const Scenario scenario =
      small_scenario({"payment.attempts=3", "payment.retry_delay=1ms",
                      "payment.decline_probability=0.5", "payment.timeout=60ms",
                      R"(traffic.segments=[{"name":"a","share":0.1},{"name":"b","share":0.9}])"});
  const Json document = document_of(scenario, finished(scenario));
  REQUIRE(document["segments"].size() == 2);
  for (const auto& [outcome, count] : document["outcomes"].items()) {
    CHECK(document["segments"][0]["outcomes"][outcome].get<std::int64_t>() +
              document["segments"][1]["outcomes"][outcome].get<std::int64_t>() ==
          count);
  }
  CHECK(document["segments"][0]["name"] == "a");
  CHECK(document["segments"][0]["offered"] > 100);
  CHECK(document["segments"][0]["dispatched_latency_ns"]["count"] ==
        document["segments"][0]["outcomes"]["dispatched"]);
  const Json& payments = document["payments"];
  CHECK(payments["repeated"] > 100);
  CHECK(payments["superseded"] > 10);
  CHECK(payments["paid"] == document["funnel"]["paid"]["count"]);
  CHECK(payments["refunds"].get<std::int64_t>() ==
        payments["superseded"].get<std::int64_t>() +
            document["outcomes"]["refunded"].get<std::int64_t>());
}

TEST_CASE("json: the series sums to the funnel's counts") {
  const Scenario scenario = eventful();
  const Json document = document_of(scenario, finished(scenario));
  CHECK(document["series"]["interval_ns"].get<std::int64_t>() > 0);
  for (const Funnel step : kFunnel) {
    const std::string name(double11::name_of(step));
    INFO(name);
    std::int64_t sum = 0;
    for (const Json& count : document["series"]["counts"][name]) sum += count.get<std::int64_t>();
    CHECK(sum == document["funnel"][name]["count"].get<std::int64_t>());
  }
}

TEST_CASE("json: histograms are re-read exactly") {
  const Scenario scenario = eventful();
  RunRecord record = finished(scenario);
  // Ends of the range, too.
  record.latency[index_of(Funnel::paid)].record(0);
  record.latency[index_of(Funnel::paid)].record(INT64_MAX);
  const Json document = document_of(scenario, record);
  for (const Funnel step : kFunnel) {
    if (step == Funnel::offered) continue;
    const std::string name(double11::name_of(step));
    INFO(name);
    const Json& saved = document["latency_ns"][name];
    measure::Histogram read;
    for (const Json& cell : saved["cells"]) {
      for (auto n = cell[1].get<std::uint64_t>(); n > 0; --n) read.record(cell[0]);
    }
    const auto& original = record.latency[index_of(step)];
    REQUIRE(std::equal(read.cells().begin(), read.cells().end(), original.cells().begin()));
    CHECK(saved["count"] == original.count());
    CHECK(saved["max"] == original.max());
    CHECK(saved["p99"] == original.quantile(0.99));
  }
}

TEST_CASE("json: verdict and audit are those of the result") {
  const Scenario scenario = eventful();
  RunRecord record = finished(scenario);
  ++record.payments.paid;
  const Result result = conclude(scenario, record);
  const Json document = Json::parse(json(result));
  CHECK(document["verdict"]["status"] == "VIOLATED");
  CHECK(document["verdict"]["exit_code"] == 4);
  CHECK(document["verdict"]["checks"].size() == 2);
  CHECK(document["verdict"]["checks"][1]["expression"] == "outcome.shed.count == 0");
  CHECK(document["verdict"]["checks"][1]["holds"] == false);
  CHECK(document["audit"]["violations"] == result.audit.violations);
  CHECK(document["audit"]["laws"].size() == result.audit.laws.size());
  CHECK(document["bottleneck"]["blamed"] == result.bottleneck.blamed);
  CHECK(document["money_fen"]["captured"] == record.payments.captured.fen);
}

TEST_CASE("json: an empty record is a whole document, without null") {
  const Scenario scenario = small_scenario();
  const std::string text = json(conclude(scenario, RunRecord(scenario)));
  const Json document = Json::parse(text);
  CHECK(document["funnel"]["offered"]["count"] == 0);
  // nlohmann writes nan and infinity as null.
  CHECK(text.find("null") == std::string::npos);
  CHECK(text.back() == '\n');
}

}  // namespace
}  // namespace double11::report
