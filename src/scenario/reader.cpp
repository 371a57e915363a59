#include "scenario/reader.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

using Json = nlohmann::ordered_json;

// What was found, for messages; structures are only named, however deep they are.
std::string shown(const Json& value) {
  if (value.is_array()) return fmt::format("a list of {}", value.size());
  if (value.is_object()) return "an object";
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  constexpr std::size_t kShown = 60;
  if (text.size() > kShown) text.replace(kShown, std::string::npos, "...");
  return text;
}

// Characters of a UTF-8 text: bytes that do not continue one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Whether `outer` is `inner` or a group or list around it.
bool is_around(std::string_view outer, std::string_view inner) {
  return inner.substr(0, outer.size()) == outer &&
         (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
}

// The paths at which there are problems.
class ProblemPaths {
 public:
  explicit ProblemPaths(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
      paths_.insert(problem.path.substr(std::min<std::size_t>(2, problem.path.size())));
    }
  }

  // Whether a problem is at `path`, inside it or around it.
  [[nodiscard]] bool touch(const std::string& path) const {
    if (paths_.count("") != 0 || paths_.count(path) != 0) return true;
    for (std::size_t end = 0; (end = path.find_first_of(".[", end)) != std::string::npos; ++end) {
      if (paths_.count(path.substr(0, end)) != 0) return true;
    }
    for (const char next : {'.', '['}) {
      const auto inside = paths_.lower_bound(path + next);
      if (inside != paths_.end() && is_around(path, *inside)) return true;
    }
    return false;
  }

 private:
  std::set<std::string> paths_;
};

// Collects every mistake of one scenario; knows which override touched which path.
class Reader {
 public:
  Reader(std::string origin, std::vector<std::pair<std::string, std::string>> overridden,
         std::filesystem::path folder)
      : origin_(std::move(origin)),
        overridden_(std::move(overridden)),
        folder_(std::move(folder)) {}

  Loaded read(const Json& document) {
    if (!document.is_object()) {
      complain("", fmt::format("found {}, a scenario is a JSON object", shown(document)));
    } else {
      read_object(document, "", 0);
      require("");
    }
    // A value that could not be read holds its default: nothing more may be judged by it.
    const ProblemPaths unread(problems_);
    check_effects(unread);
    check_rules(scenario_, [&](const std::string& path, std::string message,
                               const std::vector<std::string>& depends_on) {
      const auto touched = [&](const std::string& other) { return unread.touch(other); };
      if (!touched(path) && std::none_of(depends_on.begin(), depends_on.end(), touched)) {
        complain(path, std::move(message));
      }
    });
    // The file of orders is judged by the scenario, so that must be in order first.
    if (problems_.empty() && !scenario_.traffic.replay.empty()) problems_ = check_replayed_file();
    Loaded loaded;
    loaded.problems = std::move(problems_);
    if (loaded.problems.empty()) loaded.scenario = std::move(scenario_);
    return loaded;
  }

  void complain(const std::string& path, std::string message) {
    std::string origin = origin_;
    for (const auto& [set_path, text] : overridden_) {
      const bool inside = is_around(set_path, path);
      if (inside || (!path.empty() && is_around(path, set_path))) origin = "--set " + text;
    }
    problems_.push_back({std::move(origin), path.empty() ? "$" : "$." + path, std::move(message)});
  }

 private:
  // `prefix` is the path of `object` with indices; `element` the index of the enclosing list.
  void read_object(const Json& object, const std::string& prefix, std::size_t element) {
    for (const auto& [name, value] : object.items()) {
      std::string path = prefix;
      if (!path.empty()) path += '.';
      path += name;
      if (name.find_first_of(".[]") != std::string::npos) {
        complain(path, "unknown key; groups are nested objects, not dotted names");
      } else if (const Key* const key = find_key(path)) {
        given_.insert(key->path);
        key->kind == Kind::list ? read_list(*key, value, path)
                                : read_leaf(*key, value, path, element);
      } else if (is_group(path)) {
        if (value.is_object()) {
          read_object(value, path, element);
        } else {
          complain(path, fmt::format("found {}; allowed: an object with keys", shown(value)));
        }
      } else {
        const std::string nearest = nearest_path(path);
        complain(path, nearest.empty() ? "unknown key; \"double11 scenario explain\" lists all keys"
                                       : fmt::format("unknown key; did you mean \"{}\"?", nearest));
      }
    }
  }

  void read_list(const Key& key, const Json& value, const std::string& path) {
    if (!value.is_array()) {
      complain(path, fmt::format("found {}; allowed: a list", shown(value)));
      return;
    }
    const auto size = static_cast<double>(value.size());
    if (size < key.least || size > key.most) {
      complain(path, fmt::format("found {} elements; allowed: {}", value.size(), range_of(key)));
      return;
    }
    key.resize(scenario_, value.size());
    const Key* const scalar = find_key(key.path + "[]");
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string element_path = fmt::format("{}[{}]", path, i);
      if (scalar != nullptr) {
        read_leaf(*scalar, value[i], element_path, i);
      } else if (value[i].is_object()) {
        given_.clear_elements(key.path);
        read_object(value[i], element_path, i);
        require(element_path);
        check_element_effects(key.path, element_path, i);
      } else {
        complain(element_path, fmt::format("found {}; allowed: an object", shown(value[i])));
      }
    }
  }

  void read_leaf(const Key& key, const Json& value, const std::string& path, std::size_t element) {
    const std::optional<Value> converted = convert(key, value);
    if (!converted) {
      complain(path, fmt::format("found {}; allowed: {}, {}", shown(value), name_of(key.kind),
                                 range_of(key)));
      return;
    }
    if (key.kind == Kind::expression) {
      const auto parsed = parse_threshold(std::get<std::string>(*converted));
      if (const auto* const message = std::get_if<std::string>(&parsed)) {
        complain(path, *message);
        return;
      }
    }
    key.set(scenario_, element, *converted);
  }

  // The value in the table's currency, or nothing when it has the wrong form or is out of range.
  static std::optional<Value> convert(const Key& key, const Json& value) {
    const std::string text = value.is_string() ? value.get<std::string>() : std::string();
    const auto in_range = [&](double number) { return number >= key.least && number <= key.most; };
    const auto integer = [&](std::optional<std::int64_t> number) -> std::optional<Value> {
      if (!number || !in_range(static_cast<double>(*number))) return std::nullopt;
      return *number;
    };
    const auto real = [&](std::optional<double> number) -> std::optional<Value> {
      if (!number || !in_range(*number)) return std::nullopt;
      return *number;
    };
    switch (key.kind) {
      case Kind::count:
        if (value.is_number()) return integer(parse_count(value.dump()));
        return integer(parse_count(text));
      case Kind::number:
      case Kind::share:
        if (value.is_number()) return real(value.get<double>());
        return key.kind == Kind::share && !text.empty() ? real(parse_share(text)) : std::nullopt;
      case Kind::duration: {
        const auto duration = parse_duration(text);
        return integer(duration ? std::optional(std::int64_t{duration->count()}) : std::nullopt);
      }
      case Kind::rate:
        return real(parse_rate(text));
      case Kind::money: {
        const auto money = parse_money(text);
        return integer(money ? std::optional(money->fen) : std::nullopt);
      }
      case Kind::choice:
        for (std::size_t i = 0; i < key.choices.size(); ++i) {
          if (value.is_string() && key.choices[i] == text) return static_cast<std::int64_t>(i);
        }
        return std::nullopt;
      case Kind::text:
      case Kind::expression:
        return value.is_string() && in_range(static_cast<double>(characters(text)))
                   ? std::optional<Value>(text)
                   : std::nullopt;
      case Kind::list:
        break;
    }
    return std::nullopt;
  }

  // Reports required keys that the object at `prefix` lacks.
  void require(const std::string& prefix) {
    const auto bracket = prefix.rfind('[');
    const std::string family =
        bracket == std::string::npos ? "" : prefix.substr(0, bracket) + "[].";
    for (const Key& key : keys()) {
      const bool in_family = family.empty() ? key.path.find("[]") == std::string::npos
                                            : key.path.compare(0, family.size(), family) == 0;
      if (in_family && key.required && given_.count(key.path) == 0) {
        const std::string path =
            family.empty() ? key.path : prefix + "." + key.path.substr(family.size());
        complain(path, fmt::format("missing; required: {}", name_of(key.kind)));
      }
    }
  }

  // A key that is given but has no effect is a mistake in the making.
  void check_effects(const ProblemPaths& unread) {
    for (const Key& key : keys()) {
      if (key.path.find("[]") == std::string::npos && key.applies && given_.count(key.path) != 0 &&
          !unread.touch(key.applies_by) && !key.applies(scenario_, 0)) {
        complain(key.path, "has no effect here: it applies when " + key.applies_when);
      }
    }
  }

  // The same for the keys of one element of a list, as soon as it has been read.
  void check_element_effects(const std::string& list, const std::string& path,
                             std::size_t element) {
    const std::string family = list + "[]";
    for (const Key& key : keys()) {
      if (key.path.compare(0, family.size(), family) != 0 || !key.applies ||
          given_.count(key.path) == 0 || key.applies(scenario_, element) ||
          ProblemPaths(problems_).touch(path + key.applies_by.substr(family.size()))) {
        continue;
      }
      complain(path + key.path.substr(family.size()),
               "has no effect here: it applies when " + key.applies_when);
    }
  }

  std::vector<Problem> check_replayed_file() {
    std::string& replay = scenario_.traffic.replay;
    const bool is_set = std::any_of(overridden_.begin(), overridden_.end(), [](const auto& one) {
      return is_around(one.first, "traffic.replay");
    });
    if (!is_set) replay = (folder_ / replay).lexically_normal().string();
    return open_replay(scenario_, replay);
  }

  // Paths that were given; those of list elements are forgotten from one element to the next.
  struct Given : std::set<std::string> {
    void clear_elements(const std::string& list) {
      const std::string prefix = list + "[]";
      for (auto at = begin(); at != end();) {
        at = at->compare(0, prefix.size(), prefix) == 0 ? erase(at) : std::next(at);
      }
    }
  };

  std::string origin_;
  std::vector<std::pair<std::string, std::string>> overridden_;  // path, "path=value"
  std::filesystem::path folder_;
  Scenario scenario_;
  Given given_;
  std::vector<Problem> problems_;
};

}  // namespace

Loaded read_document(const Json& document, const std::string& origin,
                     std::vector<std::pair<std::string, std::string>> overridden,
                     const std::filesystem::path& folder) {
  return Reader(origin, std::move(overridden), folder).read(document);
}

}  // namespace double11::scenario
