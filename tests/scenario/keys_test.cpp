// The key table, checked row by row against itself and against the loader.
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

bool in_list(const Key& key) {
  return key.path.find("[]") != std::string::npos;
}

// The row of the list that holds this key.
const Key& list_of(const Key& key) {
  return *find_key(key.path.substr(0, key.path.find("[]")));
}

double number_of(const Key& key, const Value& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) {
    return static_cast<double>(text->size());
  }
  return key.kind == Kind::number || key.kind == Kind::share || key.kind == Kind::rate
             ? std::get<double>(value)
             : static_cast<double>(std::get<std::int64_t>(value));
}

// What --set takes for a value at one end of the key's range.
std::string setting_at(const Key& key, double bound) {
  using Json = nlohmann::json;
  const auto whole = static_cast<std::int64_t>(bound);
  switch (key.kind) {
    case Kind::text:
    case Kind::expression:
      return std::string(static_cast<std::size_t>(whole), 'x');
    case Kind::list:
      // Of no use as elements, but that is for the loader to say.
      return Json(
                 std::vector<int>(std::min<std::size_t>(1'000, static_cast<std::size_t>(whole)), 0))
          .dump();
    case Kind::number:
    case Kind::share:
      return Json(bound).dump();
    case Kind::rate:
      return Json(text_of(key, Value(bound))).dump();
    default:
      return Json(text_of(key, Value(whole))).dump();
  }
}

std::string with_index(std::string path) {
  const auto at = path.find("[]");
  return at == std::string::npos ? path : path.replace(at, 2, "[0]");
}

// A scenario in which every list has an element to be set.
const std::vector<std::string> kFilled{
    R"(sources=["a source"])",
    R"(assumptions=["one"])",
    R"(thresholds=["sojourn.p99 < 1s"])",
    R"(published=[{"what":"paid.count","value":"7"}])",
    R"(traffic.segments=[{"name":"all","share":1},{"name":"none","share":0,"priority":1}])",
    R"(traffic.shows.viewers=[{"at":"0s","viewers":"1M"}])",
    R"(traffic.shows.reveals=[{"at":"0s","sku":1,"click_through":0.001}])",
    "payment={}",
    R"(payment.channels=[{"name":"a","share":1},{"name":"b","share":0,"breaker":"on"}])",
    R"(payment.reasons=[{"name":"a","share":1}])",
    R"(payment.calendar=[{"at":"1s","servers":2}])",
    R"(payment.slowdowns=[{"at":"1s","duration":"1s"}])",
    R"(payment.histogram=[{"value":"1s"}])",
    R"(faults=[{"at":"1s","duration":"1s","of":"payment"}])",
    R"(logistics.shifts=[{"people":1}])",
    R"(logistics.carriers=[{"name":"post"}])",
    R"(network.stations=[{"name":"desk"}])",
    R"(network.routes=[{"from":"desk","to":"out"}])",
    R"(network.calendar=[{"station":"desk","at":"1s","servers":2}])",
    R"(network.slowdowns=[{"station":"desk","at":"1s","duration":"1s"}])",
    R"(network.trace=[{"at":"1s","service":"1s"}])",
    R"(network.histogram=[{"station":"desk","value":"1s"}])",
    R"(network.classes=[{"name":"all","share":1}])",
    R"(network.probes=["1s"])"};

}  // namespace

TEST_CASE("every key has a path of its own, a meaning and a range") {
  std::set<std::string> paths;
  for (const Key& key : keys()) {
    CAPTURE(key.path);
    CHECK(paths.insert(key.path).second);
    CHECK_FALSE(key.meaning.empty());
    CHECK(key.least <= key.most);
    CHECK_FALSE(name_of(key.kind).empty());
    CHECK_FALSE(range_of(key).empty());
    CHECK_FALSE(default_of(key).empty());
    CHECK((key.kind == Kind::choice) == !key.choices.empty());
    CHECK(static_cast<bool>(key.applies) == !key.applies_when.empty());
    CHECK(find_key(key.path) == &key);
    if (key.kind == Kind::list) {
      CHECK((key.size && key.resize));
    } else {
      CHECK((key.get && key.set));
    }
  }
}

TEST_CASE("a range that ends just before a whole unit is said to be below it") {
  CHECK(range_of(*find_key("logistics.starts_at")) == "0s to below 1d");
  CHECK(range_of(*find_key("logistics.shifts[].from")) == "0s to 1d");
}

TEST_CASE("every default lies in its own range") {
  for (const Key& key : keys()) {
    CAPTURE(key.path);
    if (key.required) {
      CHECK(default_of(key) == "(required)");
      continue;
    }
    Scenario scenario;
    if (key.kind == Kind::list) {
      const auto size = static_cast<double>(key.size(scenario));
      CHECK((size >= key.least && size <= key.most));
      continue;
    }
    // The text of a list's element has no default worth the name.
    if (in_list(key) && (key.kind == Kind::text || key.kind == Kind::expression)) continue;
    if (in_list(key)) list_of(key).resize(scenario, 1);
    const double value = number_of(key, key.get(scenario, 0));
    CHECK(value >= key.least);
    CHECK(value <= key.most);
  }
}

TEST_CASE("what is set is what is got, and nothing else changes") {
  for (const Key& key : keys()) {
    if (key.kind == Kind::list) continue;
    CAPTURE(key.path);
    Scenario scenario = small_scenario(kFilled);
    for (const double bound : {key.least, key.most}) {
      Value value = std::string("text");
      if (std::holds_alternative<double>(key.get(scenario, 0))) value = bound;
      if (std::holds_alternative<std::int64_t>(key.get(scenario, 0))) {
        value = static_cast<std::int64_t>(bound);
      }
      key.set(scenario, 0, value);
      CHECK(key.get(scenario, 0) == value);
    }
    const Scenario before = small_scenario(kFilled);
    for (const Key& other : keys()) {
      if (&other == &key || other.kind == Kind::list) continue;
      REQUIRE(other.get(scenario, 0) == other.get(before, 0));
    }
  }
}

TEST_CASE("every key can be set to both ends of its range from the command line") {
  for (const Key& key : keys()) {
    for (const double bound : {key.least, key.most}) {
      std::vector<std::string> overrides = kFilled;
      overrides.push_back(with_index(key.path) + "=" + setting_at(key, bound));
      CAPTURE(overrides.back().substr(0, 100));
      const Loaded loaded = parse(small_scenario_text(), "small", overrides);
      REQUIRE(loaded.scenario.has_value() == loaded.problems.empty());
      // A bound may break a rule between keys (an empty list, say), but never its own range.
      for (const Problem& problem : loaded.problems) {
        if (key.kind == Kind::list || key.kind == Kind::expression) continue;
        CHECK_FALSE(mentions(problem, range_of(key)));
      }
    }
  }
}

TEST_CASE("every number just outside its range is refused") {
  for (const Key& key : keys()) {
    if (key.kind == Kind::list || key.kind == Kind::text || key.kind == Kind::expression ||
        key.kind == Kind::choice) {
      continue;
    }
    const double above = key.most * 1.01 + 1;
    std::vector<std::string> overrides = kFilled;
    overrides.push_back(with_index(key.path) + "=" + setting_at(key, above));
    CAPTURE(overrides.back());
    const Loaded loaded = parse(small_scenario_text(), "small", overrides);
    REQUIRE_FALSE(loaded.problems.empty());
    CHECK(loaded.problems[0].path == "$." + with_index(key.path));
    CHECK(mentions(loaded.problems[0], range_of(key)));
  }
}

TEST_CASE("digests differ when any key that applies differs") {
  const Scenario base = small_scenario(kFilled);
  std::set<std::string> digests{digest_of(base)};
  for (const Key& key : keys()) {
    if (key.kind == Kind::list || (key.applies && !key.applies(base, 0))) continue;
    CAPTURE(key.path);
    Scenario changed = base;
    const Value value = key.get(base, 0);
    if (std::holds_alternative<std::string>(value)) key.set(changed, 0, std::string("other"));
    if (const auto* const real = std::get_if<double>(&value))
      key.set(changed, 0, *real / 2 + 0.001);
    if (const auto* const whole = std::get_if<std::int64_t>(&value)) {
      key.set(changed, 0, *whole == 0 ? std::int64_t{1} : *whole - 1);
    }
    CHECK(digests.insert(digest_of(changed)).second);
  }
}

TEST_CASE("an index in brackets is the same as none") {
  CHECK(find_key("traffic.curve[17].at") == find_key("traffic.curve[].at"));
  CHECK(find_key("traffic.basket[2]") == find_key("traffic.basket[]"));
  CHECK(find_key("traffic.curve[].at") != nullptr);
  CHECK(find_key("traffic.curve") != nullptr);
  CHECK(find_key("traffic") == nullptr);
  CHECK(find_key("") == nullptr);
  CHECK(find_key("payment.servers.x") == nullptr);
}

TEST_CASE("a path means an element of a list by its position or by its name") {
  Scenario scenario;
  scenario.network.stations.resize(2);
  scenario.network.stations[0].name = "till";
  scenario.network.stations[1].name = "back.office";
  CHECK(element_of("network.stations[1].servers", scenario) == 1U);
  CHECK(element_of("network.stations[back.office].servers", scenario) == 1U);
  CHECK(find_key("network.stations[back.office].servers") ==
        find_key("network.stations[].servers"));
  CHECK(element_of("payment.servers", scenario) == 0U);
  for (const char* const path :
       {"network.stations[2].servers", "network.stations[out].servers",
        "network.stations[].servers", "network.stations[0", "no.list[0].servers"}) {
    CAPTURE(path);
    CHECK_FALSE(element_of(path, scenario).has_value());
  }
  CHECK(parse_index("12") == 12U);
  for (const char* const text : {"", "-1", "1x", "1234567890", "+1"})
    CHECK_FALSE(parse_index(text));
}

TEST_CASE("a misspelt path is near the right one, a strange one near none") {
  CHECK(nearest_path("payment.server") == "payment.servers");
  CHECK(nearest_path("paymnet.servers") == "payment.servers");
  CHECK(nearest_path("seeed") == "seed");
  CHECK(nearest_path("traffic.curve[3].rte") == "traffic.curve[].rate");
  CHECK(nearest_path("logistics.warehouse[0].region") == "logistics.warehouses[].region");
  CHECK(nearest_path("qqqqqqqqqqqq").empty());
  CHECK(nearest_path("x").empty());
  for (const Key& key : keys()) CHECK(nearest_path(key.path) == key.path);
}

TEST_CASE("a one-letter slip in any longer path finds the key again") {
  for (const Key& key : keys()) {
    if (key.path.size() < 12 || in_list(key)) continue;
    const std::string dropped = key.path.substr(0, key.path.size() - 1);
    CAPTURE(dropped);
    CHECK((find_key(dropped) != nullptr || nearest_path(dropped) == key.path));
  }
}

}  // namespace double11::scenario
