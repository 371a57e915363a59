#include <double11/scenario/load.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {

TEST_CASE("an override replaces what the file says, and makes what it does not say") {
  CHECK(small_scenario({"payment.servers=5"}).payment.servers == 5);
  CHECK(small_scenario({"payment.servers=5k"}).payment.servers == 5'000);
  CHECK(small_scenario({"run.workers=3"}).run.workers == 3);  // no "run" in the file
  CHECK(small_scenario({"target.rate=9k/s", "target.of=paid"}).target.of == Funnel::paid);
  CHECK(small_scenario({"catalogue.hot.stock=7"}).catalogue.hot_stock == 7);
  CHECK(small_scenario({"traffic.curve[0].rate=7/s"}).traffic.curve[0].rate_per_s == 7);
  CHECK(small_scenario({"traffic.regions[1].name=south"}).traffic.regions.size() == 3);
  CHECK(small_scenario({"name=other"}).name == "other");
}

TEST_CASE("an element of a list is meant by its position or by its name") {
  const std::string text =
      R"({"name": "n", "duration": "1s", "traffic": {"curve": [{"at": "0s", "rate": "1/s"}]},
          "network": {"stations": [{"name": "till"}, {"name": "back.office 2"}, {"name": "7"}]}})";
  const auto servers = [&](const std::string& path) {
    const Loaded loaded = parse(text, "n", {"network.stations[" + path + "].servers=9"});
    REQUIRE(loaded.scenario.has_value());
    std::vector<std::int64_t> all;
    for (const auto& station : loaded.scenario->network.stations) all.push_back(station.servers);
    return all;
  };
  CHECK(servers("till") == std::vector<std::int64_t>{9, 1, 1});
  CHECK(servers("back.office 2") == std::vector<std::int64_t>{1, 9, 1});
  CHECK(servers("2") == std::vector<std::int64_t>{1, 1, 9});
  for (const std::string bad : {"tills", "7", ""}) {
    const Loaded loaded = parse(text, "n", {"network.stations[" + bad + "].servers=9"});
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(loaded.problems.size() == 1);
  }
  // What is wrong with the value is laid to the override.
  const Loaded loaded = parse(text, "n", {"network.stations[till].servers=-1"});
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].origin == "--set network.stations[till].servers=-1");
  CHECK(loaded.problems[0].path == "$.network.stations[0].servers");
}

TEST_CASE("the last of several overrides of one key counts") {
  CHECK(small_scenario({"seed=1", "seed=2"}).seed == 2);
}

TEST_CASE("an override may be a whole list or group") {
  const Scenario scenario =
      small_scenario({"traffic.basket=[0.25, 0.75]", R"(target={"rate": "1k/s", "of": "offered"})",
                      R"(thresholds=["audit.violations == 0", "paid.count > 1k"])"});
  CHECK(scenario.traffic.basket == std::vector<double>{0.25, 0.75});
  CHECK(scenario.target.rate_per_s == 1'000);
  CHECK(scenario.thresholds.size() == 2);
}

TEST_CASE("everything after the first equals sign is the value") {
  const Scenario scenario =
      small_scenario({R"(thresholds=["paid.count > 1"])", "thresholds[0]=audit.violations == 0"});
  REQUIRE(scenario.thresholds.size() == 1);
  CHECK(scenario.thresholds[0] == "audit.violations == 0");
}

TEST_CASE("JSON is taken as JSON, anything else as a string") {
  CHECK(small_scenario({"title=A sale"}).title == "A sale");
  CHECK(small_scenario({"title="}).title.empty());
  CHECK(small_scenario({"duration=2s"}).duration == std::chrono::seconds(2));
  CHECK(small_scenario({"duration=\"2s\""}).duration == std::chrono::seconds(2));
}

TEST_CASE("a text may be given as a JSON string too") {
  CHECK(small_scenario({"title=\"A sale\""}).title == "A sale");
  CHECK(small_scenario({R"(title="a \"quoted\" word")"}).title == "a \"quoted\" word");
}

TEST_CASE("an override that cannot be placed is one problem, about the override") {
  for (const std::string bad :
       {"", "=", "=5", "payment.servers", "traffic.curve[1].rate=1/s", "traffic.curve[9]=5",
        "traffic.curve[-1].rate=1/s", "traffic.curve[x].rate=1/s", "traffic.curve[].rate=1/s",
        "traffic.curve[0=1", "traffic.curve[0]x.rate=1/s", "traffic.curve[1e30].rate=1/s",
        "payment.servers.more=5", "payment..servers=5", ".payment=5", "payment.servers[0]=5",
        "traffic.curve[18446744073709551615].rate=1/s", "traffic.curve.rate=1/s"}) {
    CAPTURE(bad);
    const Loaded loaded = parse(small_scenario_text(), "small", {bad});
    CHECK_FALSE(loaded.scenario.has_value());
    CAPTURE(paths_of(loaded.problems));
    REQUIRE(loaded.problems.size() == 1);
    CHECK(loaded.problems[0].origin == "--set " + bad);
  }
}

TEST_CASE("an override that cannot be placed leaves nothing behind to complain about") {
  for (const std::string bad :
       {"run.workers[0]=1", "sources[0]=x", "run.pace[3].x=1", "target.rate[0]=1"}) {
    CAPTURE(bad);
    const auto problems = problems_with({bad});
    CAPTURE(paths_of(problems));
    CHECK(problems.size() == 1);
    CHECK(problems.at(0).origin == "--set " + bad);
  }
}

TEST_CASE("a second index is no part of a path") {
  CHECK_FALSE(problems_with({"traffic.curve[0][0].rate=1/s"}).empty());
  CHECK_FALSE(problems_with({"traffic.basket[0][7]=0.5"}).empty());
}

TEST_CASE("an override that is placed but wrong is a problem of the override") {
  for (const auto& [bad, path] : {std::pair("payment.servers=x", "$.payment.servers"),
                                  {"payment.server=5", "$.payment.server"},
                                  {"traffic.basket[1]=2", "$.traffic.basket[1]"},
                                  {"payment.latency={\"p98\":\"1s\"}", "$.payment.latency.p98"},
                                  {"catalogue.hot.skus=501", "$.catalogue.hot.skus"}}) {
    CAPTURE(bad);
    const auto problems = problems_with({bad});
    REQUIRE_FALSE(problems.empty());
    CHECK(problems[0].path.find(path) == 0);
    CHECK(problems[0].origin == std::string("--set ") + bad);
  }
}

TEST_CASE("an override of a group that does not exist is a problem of the override") {
  const auto problems = problems_with({"trafic.buyers=5"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].origin == "--set trafic.buyers=5");
}

TEST_CASE("a mistake of the file is not put down to an override with a similar path") {
  const std::string text = small_text_with("\"duration\"", "\"seeds\": 5, \"duration\"");
  const Loaded loaded = parse(text, "file.json", {"seed=3"});
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].path == "$.seeds");
  CHECK(loaded.problems[0].origin == "file.json");
}

TEST_CASE("mistakes of file and overrides are listed together") {
  const Loaded loaded = parse(small_text_with("\"10k\"", "-1"), "file.json",
                              {"payment.servers=x", "nowhere", "traffic.curve[7].rate=1/s"});
  CHECK(loaded.problems.size() == 4);
  CHECK_FALSE(loaded.scenario.has_value());
}

TEST_CASE("an override is checked like the file: a key that stands twice is a mistake") {
  CHECK_FALSE(problems_with({R"(target={"rate": "1/s", "rate": "2/s"})"}).empty());
}

}  // namespace double11::scenario
