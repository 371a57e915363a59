// Rows of the key table as text.
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace double11::scenario {
namespace {

constexpr std::array<std::string_view, 10> kKindNames{"text",
                                                      "count (suffix k, M or G allowed)",
                                                      "number",
                                                      "share (0 to 1, or a percentage)",
                                                      "duration with a unit (ns us ms s min h d)",
                                                      "rate with a unit (such as 325k/s or 90/min)",
                                                      "amount of money (such as 19.90 yuan)",
                                                      "choice",
                                                      "threshold expression",
                                                      "list"};

Value from_real(Kind kind, double value) {
  switch (kind) {
    case Kind::number:
    case Kind::share:
    case Kind::rate:
      return value;
    default:
      return static_cast<std::int64_t>(value);
  }
}

}  // namespace

std::string_view name_of(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::string text_of(const Key& key, const Value& value) {
  switch (key.kind) {
    case Kind::count:
      return text_of_count(std::get<std::int64_t>(value));
    case Kind::number:
      return fmt::format("{}", std::get<double>(value));
    case Kind::share:
      return text_of_share(std::get<double>(value));
    case Kind::duration:
      return text_of_duration(Duration(std::get<std::int64_t>(value)));
    case Kind::rate:
      return text_of_rate(std::get<double>(value));
    case Kind::money:
      return text_of_money({std::get<std::int64_t>(value)});
    case Kind::choice:
      return key.choices[static_cast<std::size_t>(std::get<std::int64_t>(value))];
    case Kind::text:
    case Kind::expression:
    case Kind::list:
      break;
  }
  return std::get<std::string>(value);
}

namespace {

// A range that ends just before a whole unit is said to be below it.
std::string range_of_duration(const Key& key) {
  const auto text = [](double ns) { return text_of_duration(Duration(std::llround(ns))); };
  constexpr double kMinute = 60e9;
  const double next = key.most + 1;
  const bool is_open = next < 1e15 && std::fmod(next, kMinute) == 0;
  return fmt::format("{} to {}{}", text(key.least), is_open ? "below " : "",
                     text(is_open ? next : key.most));
}

}  // namespace

std::string range_of(const Key& key) {
  switch (key.kind) {
    case Kind::choice:
      return fmt::format("{}", fmt::join(key.choices, " | "));
    case Kind::text:
    case Kind::expression:
      return fmt::format("{} to {} characters", key.least, key.most);
    case Kind::duration:
      return range_of_duration(key);
    case Kind::list:
      return fmt::format("{} to {} elements", key.least, key.most);
    default:
      return fmt::format("{} to {}", text_of(key, from_real(key.kind, key.least)),
                         text_of(key, from_real(key.kind, key.most)));
  }
}

std::string default_of(const Key& key) {
  if (key.required) return "(required)";
  // A default scenario has no curve, sources, ... of which an element could be read.
  Scenario scenario;
  if (key.kind == Kind::list) {
    const std::size_t size = key.size(scenario);
    return size == 0 ? "none" : fmt::format("{} element{}", size, size == 1 ? "" : "s");
  }
  if (const auto list = key.path.find("[]"); list != std::string::npos) {
    find_key(key.path.substr(0, list))->resize(scenario, 1);
  }
  const std::string text = text_of(key, key.get(scenario, 0));
  return text.empty() ? "none" : text;
}

}  // namespace double11::scenario
