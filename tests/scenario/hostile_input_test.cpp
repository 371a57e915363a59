// Bad input of every sort never ends the program: it loads, or there is a problem to read.
#include <double11/scenario/load.hpp>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// Exactly one of a scenario and problems, and what loads can be written and read again.
bool well_behaved(const std::string& text, const std::vector<std::string>& overrides = {}) {
  const Loaded loaded = parse(text, "x", overrides);
  if (loaded.scenario.has_value() != loaded.problems.empty()) return false;
  for (const Problem& problem : loaded.problems) {
    if (problem.message.empty()) return false;
  }
  return !loaded.scenario || parse(to_json(*loaded.scenario), "again").scenario.has_value();
}

std::string smoke_text() {
  std::ifstream file(DOUBLE11_SOURCE_DIR "/scenarios/smoke.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

// All nodes below the root, by pointer.
void collect(Json& node, std::vector<Json*>& nodes) {
  if (!node.is_structured()) return;
  for (Json& child : node) {
    nodes.push_back(&child);
    collect(child, nodes);
  }
}

Json strange_value(std::mt19937_64& random) {
  static const char* const texts[] = {"null",
                                      "true",
                                      "-1",
                                      "0",
                                      "1e308",
                                      "1.5",
                                      "\"\"",
                                      "\"5\"",
                                      "[]",
                                      "{}",
                                      "[[]]",
                                      "[null]",
                                      "\"1e30s\"",
                                      "\"nan\"",
                                      "18446744073709551615",
                                      "-9223372036854775808",
                                      "\"\\u0000\"",
                                      "[1,2,3,4,5]",
                                      "{\"\":{}}",
                                      "\"100%\"",
                                      "\"1/s\"",
                                      "\"5 fen\"",
                                      "1e-300",
                                      "\"1ns\""};
  return Json::parse(texts[random() % std::size(texts)]);
}

void mutate(Json& document, std::mt19937_64& random) {
  std::vector<Json*> nodes;
  collect(document, nodes);
  if (nodes.empty()) return;
  Json& node = *nodes[random() % nodes.size()];
  Json& other = *nodes[random() % nodes.size()];
  switch (random() % 5) {
    case 0:  // another value
      node = strange_value(random);
      break;
    case 1:  // a copy of something from elsewhere
      if (&node != &other) node = Json(other);
      break;
    case 2:  // one child less
      if (node.is_structured() && !node.empty()) node.erase(node.begin());
      break;
    case 3:  // one child more
      if (node.is_array()) node.push_back(strange_value(random));
      if (node.is_object()) node["rate"] = strange_value(random);
      break;
    default:  // two places swapped; a node and one inside it cannot be
      if (!node.is_structured() && !other.is_structured()) std::swap(node, other);
  }
}

}  // namespace

TEST_CASE("random changes of a scenario's structure load or give problems") {
  const Json original = Json::parse(smoke_text(), nullptr, true, true);
  int loaded = 0;
  for (std::uint64_t seed = 1; seed <= 800; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    Json document = original;
    for (std::uint64_t changes = 1 + random() % 3; changes > 0; --changes) mutate(document, random);
    const std::string text = document.dump();
    CAPTURE(text);
    REQUIRE(well_behaved(text));
    loaded += parse(text, "x").scenario.has_value() ? 1 : 0;
  }
  // Both ways out must have been taken, or the test tests nothing.
  CHECK(loaded > 20);
  CHECK(loaded < 700);
}

TEST_CASE("random bytes in a scenario file load or give problems") {
  const std::string original = smoke_text();
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::string text = original;
    for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, 1 + random() % 30);
          break;
        case 2:
          text.insert(at, std::string(1, "{}[]\",:0.e-\\/"[random() % 13]));
          break;
        default:
          text.resize(std::max<std::size_t>(1, at));
      }
    }
    REQUIRE(well_behaved(text));
  }
}

TEST_CASE("random overrides load or give problems") {
  const std::string pieces[] = {"traffic", "curve",   "[0]",     "[1]",    ".",       "rate",
                                "payment", "=",       "servers", "5",      "[",       "]",
                                "\"x\"",   "{",       "}",       "name",   "latency", "p99",
                                "1s",      "sources", "at",      "basket", ",",       "-1"};
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    std::mt19937_64 random(seed);
    std::string text;
    for (std::uint64_t n = 1 + random() % 9; n > 0; --n)
      text += pieces[random() % std::size(pieces)];
    INFO("seed " << seed << ": " << text);
    REQUIRE(well_behaved(small_scenario_text(), {text}));
  }
}

TEST_CASE("keys that look like paths into lists are unknown keys") {
  // A key with a bracket or a dot in its name must not reach an element of a list that is empty.
  for (const std::string key :
       {"sources[]", "sources[0]", "thresholds[5]", "assumptions[]", "traffic.curve[].at",
        "traffic.curve[0].rate", "traffic.curve[3].shape", "logistics.warehouses[7].name",
        "payment.servers", "payment.latency.p99", "traffic.basket"}) {
    const std::string text = "{\"" + key + "\": \"0s\", " + small_scenario_text().substr(1);
    INFO(key);
    CHECK(survives([&] {
      const Loaded loaded = parse(text, "x");
      if (loaded.scenario || loaded.problems.empty()) throw 0;
    }));
  }
  for (const std::string group :
       {R"("curve[]": {"at": "5s", "rate": "1/s"})", R"("curve[4]": {"at": "5s"})",
        R"("basket[2]": 0.5)", R"("regions[]": {"name": "x", "share": 1})"}) {
    const std::string text = small_text_with("\"curve\"", group + ", \"curve\"");
    INFO(group);
    CHECK(survives([&] {
      const Loaded loaded = parse(text, "x");
      if (loaded.scenario || loaded.problems.empty()) throw 0;
    }));
  }
}

TEST_CASE("a key next to its own dotted spelling is not taken twice") {
  const std::string text =
      "{\"payment.servers\": 5, \"traffic.buyers\": 7, " + small_scenario_text().substr(1);
  const Loaded loaded = parse(text, "x");
  CHECK_FALSE(loaded.scenario.has_value());
  CHECK(loaded.problems.size() == 2);
}

TEST_CASE("deep nesting is a problem, not the end of the stack") {
  for (const std::size_t depth : {std::size_t{1'000}, std::size_t{50'000}}) {
    const std::string deep = std::string(depth, '[') + std::string(depth, ']');
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
    objects += "1" + std::string(depth, '}');
    for (const std::string& text :
         {deep, objects, small_text_with("\"10k\"", deep), small_text_with("\"small\"", objects),
          small_text_with("\"0s\"", deep),
          small_text_with("\"buyers\"", "\"x\": " + deep + ", \"buyers\"")}) {
      CAPTURE(depth);
      CHECK(survives([&] {
        if (parse(text, "x").problems.empty()) throw 0;
      }));
    }
    CHECK(survives([&] {
      if (parse(small_scenario_text(), "x", {"seed=" + deep}).problems.empty()) throw 0;
    }));
  }
}

TEST_CASE("text that is no UTF-8 is refused, or can at least be written again") {
  for (const std::string bad : {"\xff", "\xc3", "ok\x80", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80"}) {
    CHECK(well_behaved(small_scenario_text(), {"title=" + bad}));
    CHECK(well_behaved(small_scenario_text(), {"name=" + bad}));
    CHECK(well_behaved(small_scenario_text(), {bad + "=5"}));
    CHECK(well_behaved(small_scenario_text(), {"payment." + bad + "=" + bad}));
    CHECK(well_behaved(small_text_with("small", bad)));
  }
}

TEST_CASE("very long values and keys are problems") {
  const std::string many(100'000, 'x');
  CHECK(well_behaved(small_text_with("\"small\"", "\"" + many + "\"")));
  CHECK(well_behaved(small_scenario_text(), {"payment.servers=" + many}));
  const Loaded loaded = parse(small_text_with("\"10k\"", "\"" + many + "\""), "x");
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].message.size() < 500);
}

}  // namespace double11::scenario
