// Values of every kind: what is taken, what is refused, what survives the way back to JSON.
#include <double11/core/units.hpp>
#include <double11/scenario/load.hpp>

#include <filesystem>
#include <limits>
#include <string>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

Loaded with(const std::string& key, const std::string& json) {
  return parse(small_scenario_text(), "small", {key + "=" + json});
}

}  // namespace

TEST_CASE("counts take whole numbers and suffixes") {
  for (const auto& [text, value] : {std::pair("300", 300),
                                    {"\"300\"", 300},
                                    {"\"2k\"", 2'000},
                                    {"\"1.5k\"", 1'500},
                                    {"3e2", 300},
                                    {"300.0", 300}}) {
    CAPTURE(text);
    const Loaded loaded = with("payment.servers", text);
    REQUIRE(loaded.scenario.has_value());
    CHECK(loaded.scenario->payment.servers == value);
  }
}

TEST_CASE("what is no value of its kind, or out of its range, is refused at its path") {
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"payment.servers",
       {"-1", "1.5", "0", "1e400", "1e30", "\"1e30\"", "null", "true", "[]", "{}", "\"\"", "\"x\"",
        "\"-5\"", "9223372036854775808", "18446744073709551616", "100000001", "\"nan\"", "[5]"}},
      {"seed", {"-1", "0.5", "1e19", "9100000000000000000", "9223372036854775808", "null"}},
      {"traffic.scale", {"0", "-1", "1e7", "1e400", "\"1\"", "null", "[1]", "\"\""}},
      {"payment.decline_probability",
       {"-0.1", "1.1", "\"101%\"", "\"\"", "\"-3%\"", "1e400", "null", "true", "\"nan\""}},
      {"duration", {"5", "0", "\"0s\"", "\"5\"", "\"-1s\"", "\"401d\"", "\"1e30s\"", "null", "[]"}},
      {"traffic.curve[0].rate", {"5", "\"5\"", "\"-1/s\"", "\"1e400/s\"", "\"1.1G/s\"", "null"}},
      {"catalogue.price_min", {"5", "\"5\"", "\"0 fen\"", "\"-5 fen\"", "\"1e30 yuan\"", "null"}},
      {"run.pace", {"\"fast\"", "0", "\"\"", "null", "\"MAX\"", "[\"max\"]"}},
      {"traffic.basket", {"5", "[]", "[0.2,0.2,0.2,0.2,0.2]", "{}", "null", "\"1\""}},
      {"traffic.regions", {"[]", "{}", "5", "null"}},
      {"logistics.warehouses", {"[]", "{}", "5"}},
      {"payment", {"5", "[]", "null", "\"x\""}},
      {"payment.latency", {"5", "[]", "null"}},
  };
  for (const auto& [key, values] : cases) {
    for (const std::string& value : values) {
      CAPTURE(key, value);
      const Loaded loaded = with(key, value);
      CHECK_FALSE(loaded.scenario.has_value());
      REQUIRE_FALSE(loaded.problems.empty());
      CHECK(loaded.problems[0].path == "$." + key);
    }
  }
}

TEST_CASE("elements of a wrong type are refused one by one") {
  CHECK(paths_of(with("traffic.basket", R"(["x", 0.5, null, 0.5])").problems) ==
        "$.traffic.basket[0] $.traffic.basket[2]");
  CHECK(paths_of(with("sources", R"(["ok", 5, ""])").problems) == "$.sources[1] $.sources[2]");
  CHECK(paths_of(with("traffic.regions", R"([5, "x"])").problems).find("$.traffic.regions[1]") !=
        std::string::npos);
}

TEST_CASE("numbers that overflow in the file itself are a problem") {
  for (const std::string number : {"1e400", "-1e400", "1e99999"}) {
    CAPTURE(number);
    const Loaded loaded = parse(small_text_with("\"10k\"", number), "x");
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(loaded.problems.size() == 1);
  }
}

TEST_CASE("a seed is taken to the last digit") {
  const Loaded loaded = with("seed", "9007199254740993");
  REQUIRE(loaded.scenario.has_value());
  CHECK(loaded.scenario->seed == 9'007'199'254'740'993);
}

TEST_CASE("the length of a text is counted in characters, as the schema counts it") {
  std::string title;
  for (int i = 0; i < 200; ++i) title += "\xE5\x8F\x8C";  // one Chinese character
  CHECK(parse(small_text_with("\"duration\"", "\"title\": \"" + title + "\", \"duration\""), "x")
            .scenario.has_value());
  title += "x";
  CHECK_FALSE(
      parse(small_text_with("\"duration\"", "\"title\": \"" + title + "\", \"duration\""), "x")
          .scenario.has_value());
}

TEST_CASE("shipped scenarios load, and their JSON loads as the same scenario") {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(DOUBLE11_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path().filename().string());
    ++files;
    const Loaded loaded = load(entry.path());
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(text_of(problem));
    REQUIRE(loaded.scenario.has_value());
    const std::string json = to_json(*loaded.scenario);
    const Loaded again = parse(json, "again");
    REQUIRE(again.scenario.has_value());
    CHECK(to_json(*again.scenario) == json);
    CHECK(digest_of(*again.scenario) == digest_of(*loaded.scenario));
    CHECK(loaded.scenario->name == entry.path().stem().string());
  }
  CHECK(files >= 4);
}

TEST_CASE("awkward values survive the way to JSON and back") {
  for (const std::vector<std::string>& overrides : std::vector<std::vector<std::string>>{
           {"traffic.scale=0.1"},
           {"traffic.scale=1e-9"},
           {"traffic.curve[0].rate=0.3333333333333333/s"},
           {"traffic.curve[0].rate=1/d"},
           {"traffic.curve[0].rate=7/min"},
           {"payment.decline_probability=0.1234567890123"},
           {"payment.decline_probability=1e-12"},
           {"catalogue.hot.share=33.3%"},
           {"duration=123456789ns"},
           {"duration=104d"},
           {"catalogue.price_min=10.01 yuan"},
           {"seed=9000000000000000000"},
           {R"(title="quotes \" and \\ and \u00e9 and \n")"},
           {R"(sources=["a", "b"])", R"(thresholds=["audit.violations == 0"])"},
           {"logistics.warehouses[0].capacity=0.000001/s"}}) {
    CAPTURE(overrides[0]);
    const Scenario scenario = small_scenario(overrides);
    const Loaded again = parse(to_json(scenario), "again");
    for (const Problem& problem : again.problems) UNSCOPED_INFO(text_of(problem));
    REQUIRE(again.scenario.has_value());
    CHECK(to_json(*again.scenario) == to_json(scenario));
    CHECK(again.scenario->traffic.scale == scenario.traffic.scale);
    CHECK(again.scenario->traffic.curve[0].rate_per_s == scenario.traffic.curve[0].rate_per_s);
    CHECK(again.scenario->payment.decline_probability == scenario.payment.decline_probability);
    CHECK(again.scenario->duration == scenario.duration);
    CHECK(again.scenario->seed == scenario.seed);
    CHECK(again.scenario->title == scenario.title);
  }
}

TEST_CASE("a scenario built by hand survives the way to JSON and back") {
  Scenario scenario = small_scenario();
  scenario.seed = 9'007'199'254'740'993;
  scenario.duration = std::chrono::hours(24 * 399) + Duration(1);
  const Loaded again = parse(to_json(scenario), "again");
  REQUIRE(again.scenario.has_value());
  CHECK(again.scenario->seed == scenario.seed);
  CHECK(again.scenario->duration == scenario.duration);
}

TEST_CASE("digests are 16 hexadecimal digits") {
  const std::string digest = digest_of(small_scenario());
  CHECK(digest.size() == 16);
  CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(digest == digest_of(small_scenario()));
}

}  // namespace double11::scenario
