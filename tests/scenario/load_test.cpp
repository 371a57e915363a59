#include <double11/scenario/limits.hpp>
#include <double11/scenario/load.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A file of its own for each test, gone at its end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { fs::remove(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_ =
      fs::temp_directory_path() / ("double11-load-test-" + std::to_string(getpid()) + ".json");
};

}  // namespace

TEST_CASE("a scenario holds what its file says, and defaults elsewhere") {
  const Scenario scenario = small_scenario();
  CHECK(scenario.name == "small");
  CHECK(scenario.duration == 1s);
  REQUIRE(scenario.traffic.curve.size() == 1);
  CHECK(scenario.traffic.curve[0].rate_per_s == 2'000);
  CHECK(scenario.traffic.curve[0].shape == Shape::step);
  CHECK(scenario.traffic.buyers == 10'000);
  CHECK(scenario.traffic.basket == std::vector<double>{0.5, 0.3, 0.2});
  REQUIRE(scenario.traffic.regions.size() == 3);
  CHECK(scenario.traffic.regions[1].name == "central");
  CHECK(scenario.catalogue.price_min == MoneyFen{1'000});
  CHECK(scenario.catalogue.hot_skus == 5);
  CHECK(scenario.catalogue.hot_share == 0.2);
  CHECK(scenario.inventory.reservation_ttl == 15min);
  CHECK(scenario.payment.latency.distribution == Distribution::lognormal);
  CHECK(scenario.payment.latency.p99 == 100ms);
  CHECK(scenario.payment.decline_probability == Approx(0.03));
  CHECK(scenario.logistics.warehouses[1].region == "west");
  const Scenario defaults;
  CHECK(scenario.seed == defaults.seed);
  CHECK(scenario.payment.queue_limit == defaults.payment.queue_limit);
  CHECK(scenario.logistics.transit_far == defaults.logistics.transit_far);
  CHECK(scenario.run.pace == defaults.run.pace);
}

TEST_CASE("comments are allowed in a scenario file") {
  const std::string text = small_text_with("\"duration\"", "// how long\n /* yes */ \"duration\"");
  CHECK(parse(text, "x").scenario.has_value());
}

TEST_CASE("all mistakes are listed at once, each with its path") {
  std::string text = small_text_with("\"1s\"", "\"fast\"");
  text.replace(text.find("\"10k\""), 5, "-5");
  text.replace(text.find("\"2k/s\""), 6, "2000");
  text.replace(text.find("20000"), 5, "\"none\"");
  text.replace(text.find("\"west\", \"capacity\""), 18, "\"west\", \"capacitee\"");
  const Loaded loaded = parse(text, "bad.json");
  CHECK_FALSE(loaded.scenario.has_value());
  const std::string paths = paths_of(loaded.problems);
  CAPTURE(paths);
  for (const std::string path :
       {"$.duration", "$.traffic.buyers", "$.traffic.curve[0].rate", "$.admission.in_flight_limit",
        "$.logistics.warehouses[1].capacitee", "$.logistics.warehouses[1].capacity"}) {
    CAPTURE(path);
    CHECK(std::any_of(loaded.problems.begin(), loaded.problems.end(),
                      [&](const Problem& problem) { return problem.path == path; }));
  }
  CHECK(loaded.problems.size() == 6);
  for (const Problem& problem : loaded.problems) {
    CHECK(problem.origin == "bad.json");
    CHECK_FALSE(problem.message.empty());
    CHECK(text_of(problem) == "bad.json: " + problem.path + ": " + problem.message);
  }
}

TEST_CASE("mistakes that break a rule are listed beside mistakes that cannot be read") {
  const auto problems =
      problems_with({"payment.timeout=soon", "catalogue.hot.skus=501", "traffic.basket=[0.5]"});
  CHECK(paths_of(problems).find("$.payment.timeout") != std::string::npos);
  CHECK(paths_of(problems).find("$.catalogue.hot.skus") != std::string::npos);
  CHECK(paths_of(problems).find("$.traffic.basket") != std::string::npos);
}

TEST_CASE("one mistake causes one complaint, not others about what depends on it") {
  for (const std::string bad :
       {"payment.latency.distribution=lognormall", "traffic.regions=5", "traffic.basket=x",
        "catalogue.skus=many", "catalogue.price_max=cheap", "payment.latency.p99=1",
        "traffic.curve=[]", "traffic.scale=big", "payment.latency=5"}) {
    CAPTURE(bad);
    const auto problems = problems_with({bad});
    CAPTURE(paths_of(problems));
    CHECK(problems.size() == 1);
  }
}

TEST_CASE("a message says what was found and what is allowed") {
  const auto problems = problems_with({"payment.servers=0", "payment.timeout=5"});
  REQUIRE(problems.size() == 2);
  for (const Problem& problem : problems) {
    CHECK(mentions(problem, "found"));
    CHECK(mentions(problem, "allowed"));
  }
  CHECK(mentions(problems[0], "found 0"));
  CHECK(mentions(problems[0], "1 to 100M"));
}

TEST_CASE("a misspelt key gets the nearest key as a suggestion") {
  const std::pair<std::string, std::string> cases[] = {
      {R"("name")", R"("nam")"},         {R"("buyers")", R"("byers")"}, {R"("stock")", R"("stok")"},
      {R"("servers")", R"("server")"},   {R"("share")", R"("shares")"}, {R"("rate")", R"("rte")"},
      {R"("capacity")", R"("capcity")"},
  };
  for (const auto& [right, wrong] : cases) {
    CAPTURE(wrong);
    const Loaded loaded = parse(small_text_with(right, wrong), "x");
    const std::string plain = right.substr(1, right.size() - 2);
    CHECK(std::any_of(loaded.problems.begin(), loaded.problems.end(), [&](const Problem& problem) {
      return mentions(problem, "did you mean") && mentions(problem, plain + "\"");
    }));
  }
}

TEST_CASE("a key far from all others is unknown without a suggestion") {
  const Loaded loaded =
      parse(small_text_with("\"duration\"", "\"zzzzzzzz\": 1, \"duration\""), "x");
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].path == "$.zzzzzzzz");
  CHECK(mentions(loaded.problems[0], "unknown"));
  CHECK_FALSE(mentions(loaded.problems[0], "did you mean"));
}

TEST_CASE("a key that stands twice in one object is a mistake, at any depth") {
  for (const auto& [from, to] : {std::pair(R"("duration")", R"("name": "again", "duration")"),
                                 {R"("buyers")", R"("buyers": 5, "buyers")"},
                                 {R"("rate":)", R"("rate": "1/s", "rate":)"}}) {
    CAPTURE(to);
    const Loaded loaded = parse(small_text_with(from, to), "x");
    CHECK_FALSE(loaded.scenario.has_value());
    REQUIRE(loaded.problems.size() == 1);
    CHECK(mentions(loaded.problems[0], "twice"));
  }
  // The same key in two elements of a list is as it should be.
  CHECK(parse(small_scenario_text(), "x").scenario.has_value());
}

TEST_CASE("a syntax error names its line") {
  const Loaded loaded = parse("{\n  \"name\": \"x\",\n  \"seed\" 5\n}", "broken.json");
  REQUIRE(loaded.problems.size() == 1);
  CHECK(mentions(loaded.problems[0], "broken.json"));
  CHECK(mentions(loaded.problems[0], "line 3"));
  for (const std::string text :
       {"", " ", "{", "}", "{]", "nul", "\"", "{\"a\":}", "// only", "\xff"}) {
    CAPTURE(text);
    const Loaded bad = parse(text, "x");
    CHECK_FALSE(bad.scenario.has_value());
    CHECK(bad.problems.size() == 1);
  }
}

TEST_CASE("what is no object is no scenario") {
  for (const std::string text : {"[]", "5", "null", "\"name\"", "true", "[{}]"}) {
    CAPTURE(text);
    const Loaded loaded = parse(text, "x", {"seed=5"});
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK_FALSE(loaded.problems.empty());
  }
}

TEST_CASE("every required key is missed") {
  CHECK(paths_of(parse("{}", "x").problems) == "$.name $.traffic.curve");
  const std::pair<std::string, std::string> cases[] = {
      {R"("name": "small",)", "$.name"},
      {R"("curve": [{"at": "0s", "rate": "2k/s"}],)", "$.traffic.curve"},
      {R"("at": "0s", )", "$.traffic.curve[0].at"},
      {R"(, "rate": "2k/s")", "$.traffic.curve[0].rate"},
      {R"("name": "central", )", "$.traffic.regions[1].name"},
      {R"(, "share": 0.2})", "$.traffic.regions[2].share"},
      {R"("region": "west", )", "$.logistics.warehouses[1].region"},
  };
  for (const auto& [piece, path] : cases) {
    CAPTURE(path);
    const Loaded loaded = parse(small_text_with(piece, piece.back() == '}' ? "}" : ""), "x");
    const std::string paths = paths_of(loaded.problems);
    CAPTURE(paths);
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(paths == path);
    CHECK(mentions(loaded.problems.at(0), "missing"));
  }
}

TEST_CASE("a key without effect is a mistake") {
  const auto problems = problems_with({"payment.latency.mean=80ms"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].path == "$.payment.latency.mean");
  const Loaded loaded = parse(small_text_with("lognormal", "exponential"), "x");
  CHECK(paths_of(loaded.problems) == "$.payment.latency.p50 $.payment.latency.p99");
}

TEST_CASE("a file is read as its text is, and named in its problems") {
  const TemporaryFile good(small_scenario_text());
  const Loaded loaded = load(good.path(), {"seed=5"});
  REQUIRE(loaded.scenario.has_value());
  CHECK(digest_of(*loaded.scenario) == digest_of(small_scenario({"seed=5"})));
  std::ofstream(good.path()) << "{\"seed\": }";
  const Loaded broken = load(good.path());
  REQUIRE(broken.problems.size() == 1);
  CHECK(broken.problems[0].origin == good.path().string());
}

TEST_CASE("a file that cannot be read is a problem") {
  for (const fs::path& path :
       {fs::path("/no/such/file.json"), fs::temp_directory_path(), fs::path()}) {
    CAPTURE(path.string());
    const Loaded loaded = load(path);
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(loaded.problems.size() == 1);
  }
}

TEST_CASE("a file beyond the largest size is a problem, one of a megabyte is read") {
  std::string text = small_scenario_text();
  text.resize(1'000'000, ' ');
  const TemporaryFile file(text);
  CHECK(load(file.path()).scenario.has_value());
  fs::resize_file(file.path(), kFileBytesMax + 1);
  const Loaded loaded = load(file.path());
  CHECK_FALSE(loaded.scenario.has_value());
  REQUIRE(loaded.problems.size() == 1);
  CHECK(mentions(loaded.problems[0], std::to_string(kFileBytesMax)));
}

}  // namespace double11::scenario
