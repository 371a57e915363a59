// A network's record as text and JSON.
#include <double11/report/network_result.hpp>
#include <double11/report/network_text.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::report {
namespace {

scenario::Scenario scenario_of(const std::string& rate) {
  auto loaded = scenario::parse(
      R"({"name": "n", "duration": "100s", "traffic": {"curve": [{"at": "0s", "rate": ")" + rate +
          R"("}]}, "network": {"stations": [{"name": "a station with a name of forty letters",
          "servers": 2, "queue_limit": 1, "service": {"mean": "1s"}}, {"name": "b"}]}})",
      "n");
  REQUIRE(loaded.scenario.has_value());
  return *loaded.scenario;
}

}  // namespace

TEST_CASE("network text fits 80 columns and has no nan, even when nothing came") {
  for (const char* const rate : {"0/s", "2/s", "900/s"}) {
    const std::string text = text_of(virtual_time::simulate_network(scenario_of(rate), 0));
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("Little's law is off by 0 ns, conservation by 0 jobs") != std::string::npos);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  }
}

TEST_CASE("network JSON has the counts of every replication, and pooled histograms") {
  const scenario::Scenario scenario = scenario_of("2/s");
  NetworkResult result(3);
  std::vector<virtual_time::NetworkRecord> records;
  for (std::uint64_t i = 0; i < 3; ++i) {
    records.push_back(virtual_time::simulate_network(scenario, i));
  }
  // One is missing, as after an interruption, and they do not come in order.
  result.add(2, records[2]);
  result.add(0, records[0]);
  const auto document = nlohmann::json::parse(result.json(scenario));
  CHECK(document["laws_hold"] == true);
  REQUIRE(document["replications"].size() == 2);
  CHECK(document["replications"][1]["flow"]["entered"] == records[2].flow.entered);
  CHECK(document["replications"][0]["stations"][0]["blocked"] == records[0].stations[0].blocked);
  CHECK(document["replications"][0]["stations"][0]["little_residual_ns"] == 0);
  CHECK(document["replications"][0]["stations"].size() == 2);
  CHECK(result.first().fingerprint() == records[0].fingerprint());
  CHECK(result.figures().front().values.size() == 2);

  const auto& sojourn = document["pooled"]["stations"][0]["sojourn"];
  std::int64_t cells = 0;
  for (const auto& cell : sojourn["cells"]) cells += cell[1].get<std::int64_t>();
  CHECK(cells == records[0].stations[0].completions + records[2].stations[0].completions);
  CHECK(sojourn["count"] == cells);
  CHECK(document["pooled"]["sojourn"]["max_ns"] ==
        std::max(records[0].sojourn.histogram.max(), records[2].sojourn.histogram.max()));
}

TEST_CASE("a replication that breaks a law or was stopped is told") {
  const scenario::Scenario scenario = scenario_of("2/s");
  auto record = virtual_time::simulate_network(scenario, 0);
  NetworkResult good(1);
  good.add(0, record);
  CHECK(good.laws_hold());
  CHECK_FALSE(good.stopped());
  ++record.stations[1].flow.entered;
  record.stopped = true;
  NetworkResult bad(2);
  bad.add(1, record);
  CHECK_FALSE(bad.laws_hold());
  CHECK(bad.stopped());
}

}  // namespace double11::report
