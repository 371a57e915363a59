// Files, JSON text and overrides.
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/load.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenario/reader.hpp"

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// The value for a path such as "a.b[2].c", made on the way if absent; null when the path cannot be
// followed through what is there.
Json* descend(Json& document, const std::string& path) {
  Json* at = &document;
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '.');) {
    const auto bracket = name.find('[');
    const std::string plain = name.substr(0, bracket);
    if (plain.empty() || !(at->is_object() || at->is_null())) return nullptr;
    at = &(*at)[plain];
    if (bracket == std::string::npos) continue;
    const auto index = parse_count(name.substr(bracket + 1, name.find(']') - bracket - 1));
    if (!index || name.back() != ']' || !at->is_array() ||
        static_cast<std::size_t>(*index) >= at->size()) {
      return nullptr;
    }
    at = &(*at)[static_cast<std::size_t>(*index)];
  }
  return at;
}

// Parses JSON and reports syntax errors and repeated keys.
std::optional<Json> parse_document(std::string_view text, const std::string& origin,
                                   std::vector<Problem>& problems) {
  std::vector<std::set<std::string>> seen;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) seen.emplace_back();
    if (event == Json::parse_event_t::object_end) seen.pop_back();
    if (event == Json::parse_event_t::key &&
        !seen.back().insert(parsed.get<std::string>()).second) {
      problems.push_back(
          {origin, "",
           fmt::format("the key \"{}\" stands twice in one object", parsed.get<std::string>())});
    }
    return true;
  };
  try {
    return Json::parse(text, watch, true, true);
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 3, column 5: ..."
    const std::string what = error.what();
    const auto start = what.find("] ");
    problems.push_back({origin, "", start == std::string::npos ? what : what.substr(start + 2)});
    return std::nullopt;
  }
}

}  // namespace

std::string text_of(const Problem& problem) {
  return problem.path.empty()
             ? fmt::format("{}: {}", problem.origin, problem.message)
             : fmt::format("{}: {}: {}", problem.origin, problem.path, problem.message);
}

Loaded parse(std::string_view json_text, const std::string& origin,
             const std::vector<std::string>& overrides) {
  Loaded failed;
  std::optional<Json> document = parse_document(json_text, origin, failed.problems);
  if (!document) return failed;
  std::vector<std::pair<std::string, std::string>> overridden;
  for (const std::string& text : overrides) {
    const auto equals = text.find('=');
    const std::string path = text.substr(0, equals);
    if (equals == std::string::npos || path.empty()) {
      failed.problems.push_back({"--set " + text, "", "allowed is path=value"});
      continue;
    }
    Json* const place = document->is_object() ? descend(*document, path) : nullptr;
    if (place == nullptr) {
      failed.problems.push_back(
          {"--set " + text, "$." + path, "there is no such group or list element to be set"});
      continue;
    }
    const std::string value = text.substr(equals + 1);
    const Key* const key = find_key(path);
    Json parsed = Json::parse(value, nullptr, false);
    const bool as_text = parsed.is_discarded() || (key != nullptr && key->kind == Kind::text);
    *place = as_text ? Json(value) : std::move(parsed);
    overridden.emplace_back(path, text);
  }
  Loaded loaded = read_document(*document, origin, std::move(overridden));
  if (!failed.problems.empty()) {
    loaded.scenario.reset();
    loaded.problems.insert(loaded.problems.begin(), failed.problems.begin(), failed.problems.end());
  }
  return loaded;
}

Loaded load(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) {
    return {std::nullopt,
            {{file.string(), "",
              "cannot be read: " + (error ? error.message() : "not a readable file")}}};
  }
  if (bytes > kFileBytesMax) {
    return {
        std::nullopt,
        {{file.string(), "", fmt::format("has {} bytes, allowed are {}", bytes, kFileBytesMax)}}};
  }
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return parse(text, file.string(), overrides);
}

}  // namespace double11::scenario
