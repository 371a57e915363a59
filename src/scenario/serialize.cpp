// From a Scenario back to JSON.
#include <double11/core/random.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/order_file.hpp>

#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// One level of the JSON of `scenario`: puts a leaf at its dotted path.
void place(Json& document, const std::string& path, const Key& key, const Value& value) {
  Json* at = &document;
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '.');) at = &(*at)[name];
  if (key.kind == Kind::number) {
    *at = std::get<double>(value);
  } else if (key.kind == Kind::count) {
    *at = std::get<std::int64_t>(value);
  } else {
    *at = text_of(key, value);
  }
}

}  // namespace

std::string to_json(const Scenario& scenario) {
  Json document = Json::object();
  for (const Key& key : keys()) {
    if (key.path.find("[]") != std::string::npos) continue;
    if (key.applies && !key.applies(scenario, 0)) continue;
    if (key.kind != Kind::list) {
      place(document, key.path, key, key.get(scenario, 0));
      continue;
    }
    Json list = Json::array();
    const std::string prefix = key.path + "[]";
    for (std::size_t i = 0; i < key.size(scenario); ++i) {
      Json element;
      for (const Key& member : keys()) {
        if (member.path.compare(0, prefix.size(), prefix) != 0) continue;
        if (member.applies && !member.applies(scenario, i)) continue;
        if (member.path == prefix) {
          element = text_of(member, member.get(scenario, i));
        } else {
          place(element, member.path.substr(prefix.size() + 1), member, member.get(scenario, i));
        }
      }
      list.push_back(std::move(element));
    }
    Json* at = &document;
    std::istringstream names(key.path);
    for (std::string name; std::getline(names, name, '.');) at = &(*at)[name];
    *at = std::move(list);
  }
  return document.dump(2);
}

std::string digest_of(const Scenario& scenario) {
  std::uint64_t digest = 0;
  for (const char c : to_json(scenario)) digest = mix(digest ^ static_cast<unsigned char>(c));
  if (scenario.traffic.replayed) digest = mix(digest ^ scenario.traffic.replayed->print);
  if (scenario.traffic.source) {
    for (const char c : scenario.traffic.source->name()) {
      digest = mix(digest ^ static_cast<unsigned char>(c));
    }
  }
  return fmt::format("{:016x}", digest);
}

}  // namespace double11::scenario
