// A network's record as text and JSON.
#include <double11/report/network_result.hpp>
#include <double11/report/network_text.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <tuple>
#include <vector>

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
  const auto document = nlohmann::json::parse(result.json(scenario, "double11 again"));
  CHECK(document["verdict"]["status"] == "INTERRUPTED");
  CHECK(document["verdict"]["exit_code"] == 130);
  CHECK(document["verdict"]["replications"] == 2);
  CHECK(document["verdict"]["missing"] == 1);
  CHECK(document["command"] == "double11 again");
  CHECK(document["text"] == result.text(scenario));
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

TEST_CASE("estimates are means over the replications with half widths, by station and class") {
  const scenario::Scenario scenario = scenario_of("2/s");
  NetworkResult result(2);
  std::vector<virtual_time::NetworkRecord> records;
  for (std::uint64_t i = 0; i < 2; ++i) {
    records.push_back(virtual_time::simulate_network(scenario, i));
    result.add(i, records[i]);
  }
  const auto document = nlohmann::json::parse(result.json(scenario));
  const auto& estimates = document["estimates"];
  const auto& station = estimates["stations"][0];
  const auto half = [](double a, double b) { return (a + b) / 2; };
  const auto& [one, two] = std::tie(records[0].stations[0], records[1].stations[0]);
  CHECK(station["arrivals"]["mean"] ==
        half(static_cast<double>(one.arrivals), static_cast<double>(two.arrivals)));
  CHECK(station["lost"]["mean"] ==
        half(static_cast<double>(one.lost()), static_cast<double>(two.lost())));
  CHECK(station["sojourn"]["p99_ns"]["mean"] ==
        half(static_cast<double>(one.sojourn.histogram.quantile(0.99)),
             static_cast<double>(two.sojourn.histogram.quantile(0.99))));
  CHECK(station["sojourn"]["p99_ns"]["half_width_95"].get<double>() >= 0);
  CHECK(station["busy_share"]["mean"].get<double>() ==
        Approx(station["busy_mean"]["mean"].get<double>() / 2));
  const auto& figure = document["figures"]["throughput_per_s"];
  CHECK(estimates["throughput_per_s"]["mean"].get<double>() ==
        Approx(figure["mean"].get<double>()));
  CHECK(estimates["throughput_per_s"]["half_width_95"].get<double>() ==
        Approx(figure["half_width_95"].get<double>()));
  CHECK(estimates["classes"].size() == 1);

  NetworkResult single(1);
  single.add(0, records[0]);
  const auto alone = nlohmann::json::parse(single.json(scenario));
  CHECK(alone["estimates"]["sojourn"]["mean_ns"]["half_width_95"].is_null());
  CHECK_FALSE(alone.contains("text"));
}

TEST_CASE("the busy share is of the servers that were there, by the calendar") {
  scenario::Scenario scenario = scenario_of("900/s");
  scenario.network.stations.resize(1);
  scenario.network.calendar = {{scenario.network.stations[0].name, std::chrono::seconds(50), 4}};
  NetworkResult result(1);
  result.add(0, virtual_time::simulate_network(scenario, 0));
  const auto document = nlohmann::json::parse(result.json(scenario));
  const auto& station = document["estimates"]["stations"][0];
  // Two servers for one half of the time and four for the other, always busy.
  CHECK(station["busy_mean"]["mean"].get<double>() == Approx(3).epsilon(0.01));
  CHECK(station["busy_share"]["mean"].get<double>() == Approx(1).epsilon(0.01));
}

TEST_CASE("figures are of the replications that finished, if any did") {
  const scenario::Scenario scenario = scenario_of("2/s");
  std::vector<virtual_time::NetworkRecord> records;
  for (std::uint64_t i = 0; i < 3; ++i) {
    records.push_back(virtual_time::simulate_network(scenario, i));
  }
  NetworkResult two(2);
  two.add(0, records[1]);
  two.add(1, records[2]);
  const auto whole = nlohmann::json::parse(two.json(scenario));

  virtual_time::NetworkOptions options;
  options.stop = [] { return true; };
  options.recursion = false;
  const auto busy = scenario_of("900/s");
  const auto part = virtual_time::simulate_network(busy, 0, options);
  REQUIRE(part.stopped);
  NetworkResult result(4);
  result.add(0, part);
  result.add(1, records[1]);
  result.add(2, records[2]);
  const auto document = nlohmann::json::parse(result.json(scenario));
  CHECK(document["verdict"]["status"] == "INTERRUPTED");
  CHECK(document["verdict"]["replications"] == 2);
  CHECK(document["verdict"]["stopped"] == 1);
  CHECK(document["verdict"]["missing"] == 1);
  for (const char* const member : {"figures", "estimates", "pooled"}) {
    INFO(member);
    CHECK(document[member] == whole[member]);
  }
  CHECK(document["replications"][0]["stopped"] == true);
  CHECK(document["replications"][0]["flow"]["entered"] == part.flow.entered);
  CHECK(document["laws"][1]["measured"] == "off by 0 jobs in 9 checks");
  CHECK(result.first().fingerprint() == records[1].fingerprint());
  const std::string text = result.text(scenario);
  CHECK(text.find("2 of 4 replications finished: the figures are of these alone") !=
        std::string::npos);
  CHECK(text.find("Replications 2 ") != std::string::npos);
}

TEST_CASE("when no replication finished the figures are of the part that ran, and that is said") {
  scenario::Scenario scenario = scenario_of("900/s");
  virtual_time::NetworkOptions options;
  options.stop = [] { return true; };
  for (const bool within_warm_up : {false, true}) {
    INFO(within_warm_up);
    scenario.duration = std::chrono::hours(1);
    if (within_warm_up) scenario.simulate.warm_up = std::chrono::minutes(59);
    NetworkResult result(1);
    result.add(0, virtual_time::simulate_network(scenario, 0, options));
    CHECK(result.figures().empty() == within_warm_up);
    const auto document = nlohmann::json::parse(result.json(scenario, "again"));
    CHECK(document["verdict"]["replications"] == 0);
    CHECK(document["verdict"]["stopped"] == 1);
    CHECK(document["verdict"]["missing"] == 0);
    for (const char* const member : {"figures", "estimates", "pooled"}) {
      CHECK(document[member].is_null() == within_warm_up);
    }
    CHECK(document["laws"].size() == 2);
    const std::string text = result.text(scenario);
    CHECK(text.find("Little's law is off by 0 ns") != std::string::npos);
    const auto& replication = document["replications"][0];
    CHECK(replication.contains("throughput_per_s") != within_warm_up);
    CHECK(replication["stations"][0].contains("busy_mean") != within_warm_up);
    if (within_warm_up) {
      CHECK(text.find("INTERRUPTED  n\n0 of 1 replication finished: there are no figures\n") == 0);
      CHECK(text.find("Stopped at ") != std::string::npos);
      CHECK(text.find("Statistics from") == std::string::npos);
    } else {
      CHECK(text.find("0 of 1 replication finished: the figures are of the part that ran\n") !=
            std::string::npos);
      CHECK(text.find(", where it was stopped") != std::string::npos);
      CHECK(document["figures"]["throughput_per_s"]["mean"] == replication["throughput_per_s"]);
      CHECK(document["pooled"]["sojourn"]["count"] == replication["sojourn"]["count"]);
    }
  }
}

TEST_CASE("of several that were stopped the first with figures is told of") {
  scenario::Scenario scenario = scenario_of("900/s");
  virtual_time::NetworkOptions options;
  options.stop = [] { return true; };
  scenario.duration = std::chrono::hours(1);
  const auto part = virtual_time::simulate_network(scenario, 1, options);
  scenario.simulate.warm_up = std::chrono::minutes(59);
  const auto bare = virtual_time::simulate_network(scenario, 0, options);
  REQUIRE_FALSE(bare.has_figures());
  NetworkResult result(2);
  result.add(0, bare);
  result.add(1, part);
  CHECK(result.first().fingerprint() == part.fingerprint());
  const auto document = nlohmann::json::parse(result.json(scenario));
  CHECK(document["figures"]["throughput_per_s"]["values"] ==
        nlohmann::json::array({document["replications"][1]["throughput_per_s"]}));
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
  CHECK(good.status() == Status::pass);
  CHECK(bad.status() == Status::violated);
  const auto laws = nlohmann::json::parse(bad.json(scenario))["laws"];
  REQUIRE(laws.size() == 2);
  CHECK(laws[0]["violations"] == 0);
  CHECK(laws[0]["offender"] == "");
  CHECK(laws[1]["violations"] == 1);
  CHECK(laws[1]["off"] == 1);
  CHECK(laws[1]["offender"] == "b, replication 2, is off by 1 jobs");
  CHECK(bad.text(scenario).find("VIOLATED  n\n") == 0);
}

}  // namespace double11::report
