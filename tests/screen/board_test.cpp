#include <double11/report/result.hpp>
#include <double11/screen/board.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::screen {
namespace {

using nlohmann::json;
using scenario::small_scenario;

measure::Snapshot after(std::int64_t orders) {
  measure::Snapshot snapshot;
  snapshot.scenario_now = Instant(std::chrono::milliseconds(orders));
  snapshot.wall = std::chrono::milliseconds(2 * orders);
  snapshot.funnel = {orders, orders, orders, orders, orders};
  snapshot.outcomes[index_of(Outcome::dispatched)] = orders;
  snapshot.captured = {orders * 100};
  snapshot.turnover = {orders * 100};
  return snapshot;
}

json hello_of(const Board& board) {
  std::uint64_t version = 0;
  return json::parse(board.hello(version));
}

TEST_CASE("board: says what is shown before anything has happened") {
  const auto scenario = small_scenario({"target.rate=2k/s"});
  const Board board(scenario, measure::Runtime::pace_max, 2, "double11 run \"small\"");
  const json hello = hello_of(board);
  CHECK(hello.at("name") == "small");
  CHECK(hello.at("command") == "double11 run \"small\"");
  CHECK(hello.at("runtime") == "pace_max");
  CHECK(hello.at("target").at("rate_per_s") == 2000);
  CHECK(hello.at("target").at("of") == "reserved");
  CHECK(hello.at("record").at("per_s") == 583000);
  CHECK(hello.at("regions") == json({"east", "central", "west"}));
  CHECK(hello.at("stages").size() == kStages);
  CHECK(hello.at("steps").size() == kFunnelSteps);
  CHECK(hello.at("outcomes").size() == kOutcomes);
  CHECK(hello.at("history").empty());
  CHECK(board.tick().empty());
  CHECK(board.end().empty());
  CHECK(json::parse(board.result()).at("status") == "RUNNING");
}

TEST_CASE("board: ticks have the rates that are judged, and who comes late sees them all") {
  const auto scenario = small_scenario();
  Board machine(scenario, measure::Runtime::pace_max, 2, "");
  Board exact(scenario, measure::Runtime::virtual_time, 2, "");
  for (const std::int64_t orders : {100, 300}) {
    machine.show(after(orders), false);
    exact.show(after(orders), true);
  }
  const json tick = json::parse(machine.tick());
  CHECK(tick.at("rate_per_s")[0] == 500);  // 200 orders in 400 ms of the machine
  CHECK(json::parse(exact.tick()).at("rate_per_s")[0] == 1000);
  CHECK(tick.at("paused") == false);
  CHECK(json::parse(exact.tick()).at("paused") == true);
  CHECK(tick.at("funnel")[4] == 300);
  CHECK(tick.at("turnover_fen") == 30'000);
  CHECK(tick.at("p50_ns").is_null());
  CHECK(tick.at("progress") == Approx(0.3));
  CHECK(tick.at("broken").empty());
  const json history = hello_of(machine).at("history");
  REQUIRE(history.size() == 2);
  CHECK(history[1] == tick);
}

TEST_CASE("board: a long history is thinned evenly and stays bounded") {
  const auto scenario = small_scenario({"duration=1h"});
  Board board(scenario, measure::Runtime::virtual_time, 1, "");
  for (std::int64_t i = 1; i <= 5'000; ++i) {
    board.show(after(i), false);
    if (i % 500 == 0) REQUIRE(hello_of(board).at("history").size() < Board::kHistory);
  }
  const json history = hello_of(board).at("history");
  REQUIRE(history.size() >= Board::kHistory / 2 - 1);
  for (std::size_t i = 1; i < history.size(); ++i) {
    REQUIRE(history[i].at("funnel")[0].get<int>() - history[i - 1].at("funnel")[0].get<int>() ==
            16);
  }
}

TEST_CASE("board: the end has the verdict, and the result is all of it") {
  const auto scenario = small_scenario();
  Board board(scenario, measure::Runtime::virtual_time, 1, "");
  virtual_time::SimulateOptions options;
  options.on_snapshot = [&](const measure::Snapshot& snapshot) { board.show(snapshot, false); };
  const measure::RunRecord record = virtual_time::simulate(scenario, options);
  const std::string result = report::json(report::conclude(scenario, record), "double11 x");
  std::uint64_t before = 0;
  REQUIRE_FALSE(board.hello(before).empty());
  board.conclude(result);
  CHECK(board.version() > before);
  std::uint64_t told = 0;
  REQUIRE_FALSE(board.hello(told).empty());
  // Who comes after the end is told of it as well.
  CHECK(told != board.version());
  const json end = json::parse(board.end());
  CHECK(end.at("verdict").at("status") == "PASS");
  CHECK(end.at("audit").at("violations") == 0);
  CHECK(end.at("tick").at("progress") == 1);
  CHECK(end.at("latency_ns").at("dispatched").at("p99") ==
        record.latency[index_of(Funnel::dispatched)].quantile(0.99));
  CHECK(end.at("funnel").at("offered").at("count") == record.books.arrivals().count);
  CHECK(board.result() == result);
  CHECK(board.metrics().find("double11_verdict{status=\"PASS\"} 1\n") != std::string::npos);
}

TEST_CASE("board: metrics are in the format of Prometheus") {
  const auto scenario = small_scenario({R"(traffic.regions[1].name=a "quoted" \ name)"});
  Board board(scenario, measure::Runtime::pace_max, 1, "");
  measure::Snapshot snapshot = after(3);
  snapshot.latency.record(1'500'000);
  snapshot.latency.record(30'000'000);
  snapshot.latency.record(std::chrono::nanoseconds(std::chrono::hours(1)).count());
  board.show(snapshot, false);
  const std::string text = board.metrics();
  const auto has = [&](const std::string& line) {
    INFO(line);
    CHECK(text.find(line + "\n") != std::string::npos);
  };
  has("# TYPE double11_orders_total counter");
  has("double11_orders_total{step=\"dispatched\"} 3");
  has("double11_info{version=\"0.1.0\",scenario=\"small\"} 1");
  has(R"(double11_dispatched_by_region_total{region="a \"quoted\" \\ name"} 0)");
  has("double11_order_latency_seconds_bucket{le=\"0.001\"} 0");
  has("double11_order_latency_seconds_bucket{le=\"0.002\"} 1");
  has("double11_order_latency_seconds_bucket{le=\"0.05\"} 2");
  has("double11_order_latency_seconds_bucket{le=\"600\"} 2");
  has("double11_order_latency_seconds_bucket{le=\"+Inf\"} 3");
  has("double11_order_latency_seconds_count 3");
  has("double11_turnover_yuan_total 3");
  has("double11_verdict{status=\"RUNNING\"} 1");
}

}  // namespace
}  // namespace double11::screen
