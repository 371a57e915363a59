// A network's record as text and JSON.
#include <double11/report/network_json.hpp>
#include <double11/report/network_text.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::report {
namespace {

virtual_time::NetworkRecord record_of(const std::string& rate) {
  const auto loaded = scenario::parse(
      R"({"name": "n", "duration": "100s", "traffic": {"curve": [{"at": "0s", "rate": ")" + rate +
          R"("}]}, "network": {"stations": [{"name": "a station with a name of forty letters",
          "servers": 2, "queue_limit": 1, "service": {"mean": "1s"}}, {"name": "b"}]}})",
      "n");
  REQUIRE(loaded.scenario.has_value());
  return virtual_time::simulate_network(*loaded.scenario, 0);
}

}  // namespace

TEST_CASE("network text fits 80 columns and has no nan, even when nothing came") {
  for (const char* const rate : {"0/s", "2/s", "900/s"}) {
    const std::string text = text_of(record_of(rate));
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("Little's law is off by 0 ns, conservation by 0 jobs") != std::string::npos);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  }
}

TEST_CASE("network JSON has the counts of the record") {
  const auto record = record_of("2/s");
  const auto document = nlohmann::json::parse(json_of(record));
  CHECK(document["flow"]["entered"] == record.flow.entered);
  CHECK(document["stations"][0]["blocked"] == record.stations[0].blocked);
  CHECK(document["stations"][0]["little_residual_ns"] == 0);
  CHECK(document["stations"].size() == 2);
}

}  // namespace double11::report
