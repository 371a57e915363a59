#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Json = nlohmann::json;

// UTF-8 continuation bytes do not count.
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  return type == "number" && value.is_number();
}

bool scalar_fits(const Json& value, const Json& schema) {
  if (schema.contains("enum") &&
      std::count(schema["enum"].begin(), schema["enum"].end(), value) == 0) {
    return false;
  }
  if (value.is_number()) {
    const double number = value.get<double>();
    return number >= schema.value("minimum", number) && number <= schema.value("maximum", number);
  }
  if (!value.is_string()) return true;
  const auto text = value.get<std::string>();
  if (schema.contains("pattern") &&
      !std::regex_search(text, std::regex(schema["pattern"].get<std::string>()))) {
    return false;
  }
  const std::size_t size = characters(text);
  return size >= schema.value("minLength", size) && size <= schema.value("maxLength", size);
}

// As much of JSON Schema as the scenario's schema uses.
bool valid(const Json& value, const Json& schema) {
  if (schema.contains("type") && !has_type(value, schema["type"].get<std::string>())) return false;
  if (schema.contains("anyOf") &&
      std::none_of(schema["anyOf"].begin(), schema["anyOf"].end(),
                   [&](const Json& form) { return valid(value, form); })) {
    return false;
  }
  if (value.is_array()) {
    if (value.size() < schema.value("minItems", std::size_t{0})) return false;
    if (value.size() > schema.value("maxItems", value.size())) return false;
    return std::all_of(value.begin(), value.end(), [&](const Json& item) {
      return !schema.contains("items") || valid(item, schema["items"]);
    });
  }
  if (!value.is_object()) return scalar_fits(value, schema);
  for (const Json& name : schema.value("required", Json::array())) {
    if (!value.contains(name.get<std::string>())) return false;
  }
  for (const auto& [name, child] : value.items()) {
    if (!schema["properties"].contains(name) || !valid(child, schema["properties"][name])) {
      UNSCOPED_INFO("not valid: " << name << " " << child.dump().substr(0, 100));
      return false;
    }
  }
  return true;
}

const Json& the_schema() {
  static const Json parsed = Json::parse(schema());
  return parsed;
}

Json json_of(const std::string& text) {
  return Json::parse(text, nullptr, true, true);
}

}  // namespace

TEST_CASE("docs/scenario.schema.json is the schema") {
  std::ifstream file(DOUBLE11_SOURCE_DIR "/docs/scenario.schema.json");
  REQUIRE(file.good());
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == schema());
}

TEST_CASE("the schema is JSON of its draft and describes every key") {
  CHECK(the_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  for (const Key& key : keys()) {
    CAPTURE(key.path);
    std::string pointer = "/" + key.path;
    const auto replace = [&](const std::string& from, const std::string& to) {
      for (std::size_t at; (at = pointer.find(from)) != std::string::npos;) {
        pointer.replace(at, from.size(), to);
      }
    };
    replace("[]", "/items");
    replace(".", "/");
    // Names of keys become members of "properties", items do not.
    std::string full;
    for (std::size_t begin = 1; begin <= pointer.size();) {
      const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
      const std::string name = pointer.substr(begin, end - begin);
      full += (name == "items" ? "/" : "/properties/") + name;
      begin = end + 1;
    }
    const Json::json_pointer place(full);
    REQUIRE(the_schema().contains(place));
    CHECK(the_schema()[place].value("description", "").find(key.meaning) == 0);
  }
}

TEST_CASE("shipped scenarios, the starter and the small one are valid, as files and written out") {
  std::vector<std::string> texts{small_scenario_text(), starter("x")};
  for (const auto& entry : std::filesystem::directory_iterator(DOUBLE11_SOURCE_DIR "/scenarios")) {
    std::ifstream file(entry.path());
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  for (const std::string& text : texts) {
    CHECK(valid(json_of(text), the_schema()));
    const Loaded loaded = parse(text, "x");
    REQUIRE(loaded.scenario.has_value());
    CHECK(valid(json_of(to_json(*loaded.scenario)), the_schema()));
  }
}

TEST_CASE("small and odd values are valid when written out") {
  for (const std::string change :
       {"payment.decline_probability=1e-7", "traffic.scale=1e-9", "traffic.curve[0].rate=1e-7/s",
        "logistics.warehouses[0].capacity=0.000001/s", "catalogue.price_min=1 fen",
        "duration=1234567ns", "payment.decline_probability=0.333333333333"}) {
    CAPTURE(change);
    CHECK(valid(json_of(to_json(small_scenario({change}))), the_schema()));
  }
}

TEST_CASE("what the schema refuses, the loader refuses") {
  for (const std::string change :
       {"payment.servers=-1", "payment.servers=0.5", "payment.server=1", "duration=5",
        "traffic.basket=[]", "traffic.regions=[{\"name\":\"x\"}]", "run.pace=fast", "name=5.5",
        "traffic.curve=[]", "payment=5", "catalogue.price_min=5", "traffic.scale=2000000",
        "payment.decline_probability=2", "thresholds=[5]", "sources=[\"\"]"}) {
    CAPTURE(change);
    const auto equals = change.find('=');
    Json document = json_of(small_scenario_text());
    Json value = Json::parse(change.substr(equals + 1), nullptr, false);
    if (value.is_discarded()) value = change.substr(equals + 1);
    std::string pointer = "/" + change.substr(0, equals);
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    document[Json::json_pointer(pointer)] = value;
    CHECK_FALSE(valid(document, the_schema()));
    CHECK_FALSE(parse(document.dump(), "x").scenario.has_value());
  }
}

TEST_CASE("required keys are required by the schema") {
  for (const std::string pointer :
       {"/name", "/traffic", "/traffic/curve", "/traffic/curve/0/at", "/traffic/regions/1/share",
        "/logistics/warehouses/0/capacity"}) {
    CAPTURE(pointer);
    const Json::json_pointer place(pointer);
    Json document = json_of(small_scenario_text());
    document.at(place.parent_pointer()).erase(place.back());
    CHECK_FALSE(valid(document, the_schema()));
  }
}

}  // namespace double11::scenario
