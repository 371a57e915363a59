#pragma once
// The table of keys: the single source for the parser, the JSON Schema, `scenario explain` and
// docs/scenario.md. One row per key: name, kind, range, meaning, and where in Scenario it lives.
// The default is whatever a default-constructed Scenario holds there.

#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace double11::scenario {

/// What a value is and how it is written.
enum class Kind : std::uint8_t {
  text,        ///< any string
  count,       ///< whole number, suffix k M G: 300, "2M"
  number,      ///< real number without unit: 0.3
  share,       ///< 0 to 1 or a percentage: 0.03, "3%"
  duration,    ///< "150ms", "15min"
  rate,        ///< "325k/s"
  money,       ///< "19.90 yuan"
  choice,      ///< one of the listed words
  expression,  ///< a threshold, see threshold.hpp
  list,        ///< a JSON array; its elements have rows of their own with [] in the path
};

/// A value in the table's own currency: counts, nanoseconds, fen and choice positions as integers;
/// numbers, shares and rates as reals.
using Value = std::variant<std::int64_t, double, std::string>;

/// One row.
struct Key {
  std::string path;  ///< "payment.servers"; elements of a list as "traffic.curve[].at"
  Kind kind = Kind::text;
  double least = 0;  ///< smallest value allowed; for lists and texts, fewest elements, characters
  double most = 0;   ///< largest value allowed, likewise
  bool required = false;
  std::vector<std::string> choices;
  std::string meaning;
  /// Whether the key has an effect in this scenario, in this element of its list (empty: always).
  std::function<bool(const Scenario&, std::size_t element)> applies;
  std::string applies_by;    ///< path of the key that decides it
  std::string applies_when;  ///< in words
  /// Reads and writes the member. `element` is the position in the list, 0 outside lists.
  std::function<Value(const Scenario&, std::size_t element)> get;
  std::function<void(Scenario&, std::size_t element, Value value)> set;
  /// Lists only: number of elements, and a change of it (new elements get their defaults).
  std::function<std::size_t(const Scenario&)> size;
  std::function<void(Scenario&, std::size_t size)> resize;
};

/// The table, in the order in which a reader should meet the keys. Built once; any thread.
const std::vector<Key>& keys();

/// The row with this path ("traffic.curve[].at"; an index in brackets is the same as none), or
/// null.
const Key* find_key(std::string_view path);

/// What stands in the brackets of a path as a position; nothing when it is no number.
std::optional<std::size_t> parse_index(std::string_view text);

/// The element of its list that a path means, by position ("traffic.curve[2].rate") or by name
/// ("network.stations[till].servers"); 0 outside lists, nothing where there is no such element.
std::optional<std::size_t> element_of(std::string_view path, const Scenario& scenario);

/// Whether `path` is a group: keys have longer paths that begin with it.
bool is_group(std::string_view path);

/// The known path, of a key or a group, that is nearest to `path` by edit distance, or "" when none
/// is near.
std::string nearest_path(std::string_view path);

/// "count", "duration with a unit (ns us ms s min h d)", ...
std::string_view name_of(Kind kind);
/// "1 to 1M", "poisson or constant", ...
std::string range_of(const Key& key);
/// The value as a scenario file would say it: "80ms", "325k/s".
std::string text_of(const Key& key, const Value& value);
/// The default as text; "(required)" where there is none; "[...]" for lists.
std::string default_of(const Key& key);

}  // namespace double11::scenario
