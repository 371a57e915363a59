// Files, JSON text and overrides.
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/load.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenario/reader.hpp"

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// Deeper nesting than any scenario has; beyond it JSON is refused before it costs stack.
constexpr int kDepthMost = 16;

// One step of a path: "name", "name[index]" or "name[element's name]".
struct PathStep {
  std::string name;
  std::string element;  // as written in the brackets
  std::optional<std::size_t> index;
};

// Names of elements may have dots and blanks, so a path is cut at dots outside brackets only.
std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts(1);
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (c == ']') inside = false;
    if (c == '.' && !inside) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The steps of "a.b[2].c"; nothing when the text has another form.
std::optional<std::vector<PathStep>> steps_of(const std::string& path) {
  std::vector<PathStep> steps;
  for (const std::string& part : parts_of(path)) {
    PathStep step{part.substr(0, part.find('[')), {}, std::nullopt};
    if (step.name.empty()) return std::nullopt;
    if (step.name.size() < part.size()) {
      if (part.back() != ']') return std::nullopt;
      step.element = part.substr(step.name.size() + 1, part.size() - step.name.size() - 2);
      if (step.element.empty()) return std::nullopt;
      step.index = parse_index(step.element);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

// The element of this name in a list of the document.
std::optional<std::size_t> index_of(const Json& list, const std::string& name) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& element = list[i];
    if (element.is_object() && element.value("name", Json()) == Json(name)) return i;
  }
  return std::nullopt;
}

// Whether the steps can be followed; what is absent at the end of an object can be made. Names of
// elements become their positions.
bool can_follow(const Json& document, std::vector<PathStep>& steps) {
  const Json* at = &document;
  for (PathStep& step : steps) {
    if (at != nullptr && !at->is_object()) return false;
    const bool present = at != nullptr && at->contains(step.name);
    at = present ? &(*at)[step.name] : nullptr;
    if (step.element.empty()) continue;
    if (at == nullptr || !at->is_array()) return false;
    if (!step.index) step.index = index_of(*at, step.element);
    if (!step.index || *step.index >= at->size()) return false;
    at = &(*at)[*step.index];
  }
  return true;
}

// "a.b[2].c".
std::string path_of(const std::vector<PathStep>& steps) {
  std::string path;
  for (const PathStep& step : steps) {
    path += (path.empty() ? "" : ".") + step.name;
    if (step.index) path += fmt::format("[{}]", *step.index);
  }
  return path;
}

// Parses JSON; reports syntax errors, repeated keys and absurd depth.
std::optional<Json> parse_document(std::string_view text, const std::string& origin,
                                   std::vector<Problem>& problems) {
  std::vector<std::set<std::string>> seen;
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDepthMost) {
      too_deep = true;
      return false;
    }
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
  std::optional<Json> document;
  try {
    document = Json::parse(text, watch, true, true);
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 3, column 5: ..."
    const std::string what = error.what();
    const auto start = what.find("] ");
    problems.push_back({origin, "", start == std::string::npos ? what : what.substr(start + 2)});
  }
  if (too_deep) {
    problems.push_back({origin, "", fmt::format("is nested more than {} deep", kDepthMost)});
    document.reset();
  }
  return document;
}

// The value of an override: JSON if it is, else the text itself; nothing after a problem.
std::optional<Json> override_value(const std::string& path, const std::string& text,
                                   const std::string& origin, std::vector<Problem>& problems) {
  const Key* const key = find_key(path);
  if (Json::accept(text, true)) {
    std::optional<Json> parsed = parse_document(text, origin, problems);
    // 2017 is a good title, and not a number there.
    if (!parsed || parsed->is_string() || key == nullptr || key->kind != Kind::text) return parsed;
  }
  try {
    static_cast<void>(Json(text).dump());
  } catch (const Json::exception&) {
    problems.push_back({origin, "$." + path, "is not UTF-8 text"});
    return std::nullopt;
  }
  return Json(text);
}

// Applies "path=value" to the document, or reports why not; returns the path by positions.
std::optional<std::string> apply_override(Json& document, const std::string& text,
                                          std::vector<Problem>& problems) {
  const std::string origin = "--set " + text;
  const auto equals = text.find('=');
  const std::string path = text.substr(0, equals);
  if (equals == std::string::npos || path.empty()) {
    problems.push_back({origin, "", "allowed is path=value"});
    return std::nullopt;
  }
  auto steps = steps_of(path);
  if (!steps || !can_follow(document, *steps)) {
    problems.push_back({origin, "$." + path, "there is no such group or list element to be set"});
    return std::nullopt;
  }
  std::optional<Json> value = override_value(path, text.substr(equals + 1), origin, problems);
  if (!value) return std::nullopt;
  Json* at = &document;
  for (const PathStep& step : *steps) {
    at = &(*at)[step.name];
    if (step.index) at = &(*at)[*step.index];
  }
  *at = std::move(*value);
  return path_of(*steps);
}

}  // namespace

std::string text_of(const Problem& problem) {
  return problem.path.empty()
             ? fmt::format("{}: {}", problem.origin, problem.message)
             : fmt::format("{}: {}: {}", problem.origin, problem.path, problem.message);
}

Loaded parse(std::string_view json_text, const std::string& origin,
             const std::vector<std::string>& overrides, const std::filesystem::path& folder) {
  Loaded failed;
  std::optional<Json> document = parse_document(json_text, origin, failed.problems);
  if (!document) return failed;
  std::vector<std::pair<std::string, std::string>> overridden;
  for (const std::string& text : overrides) {
    if (const auto path = apply_override(*document, text, failed.problems)) {
      overridden.emplace_back(*path, text);
    }
  }
  Loaded loaded = read_document(*document, origin, std::move(overridden), folder);
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
  return parse(text, file.string(), overrides, file.parent_path());
}

}  // namespace double11::scenario
