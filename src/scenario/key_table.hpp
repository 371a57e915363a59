#pragma once
// What the files with rows of the key table share: how a row is made from a member of Scenario.

#include <double11/scenario/keys.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace double11::scenario {

/// Table currency of a member and back.
inline Value to_value(std::int64_t value) {
  return value;
}
inline Value to_value(double value) {
  return value;
}
inline Value to_value(const std::string& value) {
  return value;
}
inline Value to_value(Duration value) {
  return std::int64_t{value.count()};
}
inline Value to_value(MoneyFen value) {
  return value.fen;
}
inline Value to_value(bool value) {
  return std::int64_t{value};
}
template <typename Enum>
requires std::is_enum_v<Enum> Value to_value(Enum value) {
  return static_cast<std::int64_t>(value);
}

inline void assign(std::int64_t& to, const Value& from) {
  to = std::get<std::int64_t>(from);
}
inline void assign(double& to, const Value& from) {
  to = std::get<double>(from);
}
inline void assign(std::string& to, const Value& from) {
  to = std::get<std::string>(from);
}
inline void assign(Duration& to, const Value& from) {
  to = Duration(std::get<std::int64_t>(from));
}
inline void assign(MoneyFen& to, const Value& from) {
  to.fen = std::get<std::int64_t>(from);
}
inline void assign(bool& to, const Value& from) {
  to = std::get<std::int64_t>(from) != 0;
}
template <typename Enum>
requires std::is_enum_v<Enum>
void assign(Enum& to, const Value& from) {
  to = static_cast<Enum>(std::get<std::int64_t>(from));
}

/// Smallest and largest value allowed.
struct Range {
  double least;
  double most;
};

inline constexpr double kSecond = 1e9;
inline constexpr double kDay = 86400 * kSecond;
/// No duration of a scenario is longer: a year, and a month.
inline constexpr double kLongest = 400 * kDay;

/// Rows in the making.
class Table {
 public:
  /// `member(scenario, element)` returns a reference to where the value lives.
  template <typename Member>
  Key& add(std::string path, Kind kind, Range range, std::string meaning, Member member) {
    Key key;
    key.path = std::move(path);
    key.kind = kind;
    key.least = range.least;
    key.most = range.most;
    key.meaning = std::move(meaning);
    key.get = [member](const Scenario& scenario, std::size_t element) {
      // The accessor takes a mutable scenario; reading through it changes nothing.
      return to_value(member(const_cast<Scenario&>(scenario), element));
    };
    key.set = [member](Scenario& scenario, std::size_t element, const Value& value) {
      assign(member(scenario, element), value);
    };
    return rows_.emplace_back(std::move(key));
  }

  template <typename Member>
  void add_choice(std::string path, const std::vector<std::string>& choices, std::string meaning,
                  Member member) {
    const Range range{0, static_cast<double>(choices.size() - 1)};
    add(std::move(path), Kind::choice, range, std::move(meaning), member).choices = choices;
  }

  /// `vector(scenario)` returns a reference to the std::vector.
  template <typename Vector>
  Key& add_list(std::string path, Range size, std::string meaning, Vector vector) {
    Key key;
    key.path = std::move(path);
    key.kind = Kind::list;
    key.least = size.least;
    key.most = size.most;
    key.meaning = std::move(meaning);
    key.size = [vector](const Scenario& scenario) {
      return vector(const_cast<Scenario&>(scenario)).size();
    };
    key.resize = [vector](Scenario& scenario, std::size_t elements) {
      vector(scenario).clear();
      vector(scenario).resize(elements);
    };
    return rows_.emplace_back(std::move(key));
  }

  /// The rows whose paths begin with `prefix`.
  std::vector<Key*> below(const std::string& prefix) {
    std::vector<Key*> found;
    for (Key& key : rows_) {
      if (key.path.compare(0, prefix.size(), prefix) == 0) found.push_back(&key);
    }
    return found;
  }

  std::vector<Key> take() { return std::move(rows_); }

 private:
  std::vector<Key> rows_;
};

/// Makes `key` apply only where `applies(scenario, element)`, which the key at `by` decides.
template <typename Applies>
void limit_to(Key& key, std::string by, std::string when, Applies applies) {
  key.applies = applies;
  key.applies_by = std::move(by);
  key.applies_when = std::move(when);
}

/// Laws of durations that need nothing beside themselves.
inline const std::vector<Distribution> kDrawn{
    Distribution::constant,        Distribution::exponential, Distribution::lognormal,
    Distribution::uniform,         Distribution::erlang,      Distribution::gamma,
    Distribution::lognormal_mean,  Distribution::weibull,     Distribution::pareto,
    Distribution::hyperexponential};

/// The word for it in a scenario file.
std::string name_of(Distribution distribution);

/// Rows of the group `path` for the RandomDuration that `member(scenario, element)` returns.
/// `range` is that of its durations in nanoseconds.
void add_random_duration(Table& table, const std::string& path, const std::string& meaning,
                         const std::vector<Distribution>& allowed, Range range,
                         std::function<RandomDuration&(Scenario&, std::size_t)> member);

void add_traffic(Table& table);
void add_arrivals(Table& table);
void add_admission(Table& table);
void add_clients(Table& table);
void add_segments(Table& table);
void add_rows(Table& table);
void add_payment(Table& table);
void add_faults(Table& table);
void add_channels(Table& table);
void add_region_places(Table& table);
void add_logistics(Table& table);
void add_network(Table& table);
void add_published(Table& table);
void add_report(Table& table);

}  // namespace double11::scenario
