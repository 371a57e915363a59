#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>

#include <cmath>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// Whole bounds are written without a decimal point.
Json bound(double value) {
  return value == std::floor(value) && std::abs(value) < 9e15
             ? Json(static_cast<std::int64_t>(value))
             : Json(value);
}

Json text_form(const char* pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}

Json leaf(const Key& key) {
  constexpr const char* kNumber = "[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
  Json form;
  switch (key.kind) {
    case Kind::text:
    case Kind::expression:
      form = {{"type", "string"}, {"minLength", bound(key.least)}, {"maxLength", bound(key.most)}};
      break;
    case Kind::count:
      form["anyOf"] = {
          {{"type", "integer"}, {"minimum", bound(key.least)}, {"maximum", bound(key.most)}},
          text_form(fmt::format("^{} ?[kMG]?$", kNumber).c_str())};
      break;
    case Kind::number:
      form = {{"type", "number"}, {"minimum", bound(key.least)}, {"maximum", bound(key.most)}};
      break;
    case Kind::share:
      form["anyOf"] = {
          {{"type", "number"}, {"minimum", bound(key.least)}, {"maximum", bound(key.most)}},
          text_form(fmt::format("^{} ?%?$", kNumber).c_str())};
      break;
    case Kind::duration:
      form = text_form(fmt::format("^{} ?(ns|us|ms|s|m|min|h|d)$", kNumber).c_str());
      break;
    case Kind::rate:
      form = text_form(fmt::format("^{} ?[kMG]?/(ms|s|m|min|h|d)$", kNumber).c_str());
      break;
    case Kind::money:
      form = text_form(fmt::format("^{} ?(yuan|fen)$", kNumber).c_str());
      break;
    case Kind::choice:
      form = {{"enum", key.choices}};
      break;
    case Kind::list:
      form = {{"type", "array"}, {"minItems", bound(key.least)}, {"maxItems", bound(key.most)}};
      break;
  }
  form["description"] =
      fmt::format("{} Range: {}. Default: {}.", key.meaning, range_of(key), default_of(key));
  return form;
}

// The sub-schema at a dotted path below `root`; "[]" steps into the items of a list.
Json& node_at(Json& root, const std::string& path) {
  Json* at = &root;
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '.');) {
    const bool items = name.size() > 2 && name.compare(name.size() - 2, 2, "[]") == 0;
    if (items) name.resize(name.size() - 2);
    if (!at->contains("properties")) {
      (*at)["type"] = "object";
      (*at)["additionalProperties"] = false;
      (*at)["properties"] = Json::object();
    }
    at = &(*at)["properties"][name];
    if (items) at = &(*at)["items"];
  }
  return *at;
}

}  // namespace

std::string schema() {
  Json root;
  root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  root["title"] = "double11 scenario";
  for (const Key& key : keys()) {
    node_at(root, key.path) = leaf(key);
    if (!key.required) continue;
    const auto dot = key.path.rfind('.');
    // Groups exist in every file only if a required key lives in them; require that key there.
    Json& parent = dot == std::string::npos ? root : node_at(root, key.path.substr(0, dot));
    parent["required"].push_back(key.path.substr(dot == std::string::npos ? 0 : dot + 1));
    if (key.path == "traffic.curve") root["required"].push_back("traffic");
  }
  return root.dump(2) + "\n";
}

}  // namespace double11::scenario
