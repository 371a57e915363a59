#pragma once
// From a parsed JSON document to a Scenario, by the key table, with every mistake collected.

#include <double11/scenario/load.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::scenario {

/// `origin` names the document in messages; `overridden` holds the path and the whole text of each
/// --set that was applied to it, which is named instead where the mistake is in its value. Files
/// that the document names are found from `folder` on.
Loaded read_document(const nlohmann::ordered_json& document, const std::string& origin,
                     std::vector<std::pair<std::string, std::string>> overridden,
                     const std::filesystem::path& folder);

}  // namespace double11::scenario
