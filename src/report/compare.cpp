#include <double11/report/compare.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/compare_parts.hpp"
#include "report/parsed_result.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

ParsedResult checked(std::string_view text) {
  ParsedResult result = parsed_result(text);
  const int version = result.document.value("schema_version", 0);
  if (version != (result.kind == Kind::network ? 2 : 1)) {
    throw NoResult("is a result of another version of double11");
  }
  return result;
}

std::string verdict_of(const Json& result) {
  if (result.contains("verdict")) return result.at("verdict").at("status").get<std::string>();
  // A network's, from before it had one.
  return result.at("laws_hold").get<bool>() ? "PASS" : "VIOLATED";
}

std::vector<std::string> keys_that_differ(const Json& before, const Json& after) {
  std::vector<std::string> keys;
  const Json flat = before.flatten();
  const Json flat_after = after.flatten();
  const auto name_of_key = [](std::string path) {
    std::replace(path.begin(), path.end(), '/', '.');
    return path.substr(1);
  };
  for (const auto& [key, value] : flat.items()) {
    if (!flat_after.contains(key) || flat_after.at(key) != value) keys.push_back(name_of_key(key));
  }
  for (const auto& [key, value] : flat_after.items()) {
    if (!flat.contains(key)) keys.push_back(name_of_key(key));
  }
  return keys;
}

std::vector<std::string> doubts_about(const Json& before, const Json& after) {
  std::vector<std::string> doubts;
  const auto unequal = [&](const char* group, const char* key, const char* what) {
    const auto word = [&](const Json& side) { return side.at(group).at(key).get<std::string>(); };
    if (word(before) == word(after)) return;
    doubts.push_back(fmt::format("{}: {}, then {}", what, word(before), word(after)));
  };
  for (const auto& [side, which] :
       {std::pair(&before, "the first"), std::pair(&after, "the second")}) {
    const auto status = verdict_of(*side);
    if (status == "INTERRUPTED") doubts.push_back(fmt::format("{} was interrupted", which));
    if (status == "INVALID")
      doubts.push_back(fmt::format("{} is invalid by its own verdict", which));
  }
  if (before.contains("replications") != after.contains("replications")) {
    doubts.push_back(
        fmt::format("only {} has replications: its first is compared with the other's only run",
                    before.contains("replications") ? "the first" : "the second"));
  }
  unequal("run", "runtime", "not the same kind of run");
  unequal("machine", "cpu", "not the same machine");
  unequal("machine", "build", "not the same build");
  return doubts;
}

}  // namespace

void Differences::add(const std::string& name, scenario::MetricUnit unit, Good good,
                      const Pair& pair) {
  const auto& [before, after, noise] = pair;
  const double moved = std::abs(after - before);
  Change change = (after > before) == (good == Good::high) ? Change::better : Change::worse;
  if (before == after) {
    change = Change::equal;
  } else if (moved <= noise) {
    change = Change::within_noise;
  } else if (good == Good::neither) {
    change = Change::not_judged;
  } else if (moved <= comparison_.threshold * std::abs(before)) {
    change = Change::below_threshold;
  }
  comparison_.figures.push_back({name, unit, before, after, noise, change});
}

bool Comparison::regressed() const {
  return (verdict_before == "PASS" && verdict_after != "PASS") ||
         std::any_of(figures.begin(), figures.end(),
                     [](const Difference& one) { return one.change == Change::worse; });
}

std::vector<std::string> keys_that_differ(std::string_view result, std::string_view scenario) {
  return keys_that_differ(checked(result).document.at("scenario"), Json::parse(scenario));
}

Comparison compare(std::string_view before, std::string_view after, double threshold) {
  try {
    const auto [first, kind] = checked(before);
    const auto [second, kind_after] = checked(after);
    if (kind != kind_after) {
      throw NoResult("is of another kind: one is of a network of queues, the other of a sale");
    }
    Comparison result;
    result.scenario = first.at("scenario").at("name").get<std::string>();
    result.threshold = threshold;
    result.differs = keys_that_differ(first.at("scenario"), second.at("scenario"));
    result.verdict_before = verdict_of(first);
    result.verdict_after = verdict_of(second);
    Differences differences(result);
    if (kind == Kind::network) {
      compare_networks(first, second, differences);
    } else {
      result.doubts = doubts_about(first, second);
      compare_sales(first, second, differences);
    }
    return result;
  } catch (const Json::exception& error) {
    throw NoResult(fmt::format("lacks what a result has ({})", error.what()));
  }
}

}  // namespace double11::report
