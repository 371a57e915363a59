#include "cli/number_key.hpp"

#include <double11/core/units.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace double11::cli {
namespace {

using scenario::Key;
using scenario::Kind;

bool is_number(Kind kind) {
  switch (kind) {
    case Kind::count:
    case Kind::number:
    case Kind::share:
    case Kind::duration:
    case Kind::rate:
    case Kind::money:
      return true;
    default:
      return false;
  }
}

// What 0 is of these keys, at the other end of what a small value does.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kZeros{
    {{"admission.buyer_rate.clicks_most", "no limit"},
     {"admission.buyer_units_most", "no limit"},
     {"admission.rate_limit.rate", "no limit"},
     {"admission.waiting_room.poll_period", "never"},
     {"admission.waiting_room.rate", "no waiting room"},
     {"inventory.row.crowd", "no crowd"},
     {"logistics.carriers[].parcels_per_day", "no limit"},
     {"network.population", "an open network"},
     {"network.stations[].attempts", "no limit"},
     {"network.stations[].breakdown.up", "never"},
     {"network.stations[].retrial.attempts", "no limit"},
     {"network.stations[].timeout", "no timeout"},
     {"network.stations[].tokens.rate", "no token bucket"},
     {"payment.breakdown.up", "never"},
     {"payment.channels[].timeout", "payment.timeout"},
     {"traffic.retry.timeout", "for ever"},
     {"simulate.until", "the whole duration"}}};

// Why `path`, a key of the elements of a list, names none that is there, and what would.
std::string no_element(const std::string& path, const Key& key, const std::string& list,
                       std::size_t size, const scenario::Scenario& scenario) {
  const std::string rest = key.path.substr(list.size() + 2);
  if (size > 0) {
    const std::string there = size == 1 ? std::string("1 element, [0]")
                                        : fmt::format("{} elements, [0] to [{}]", size, size - 1);
    return fmt::format("{}: {} of {} has {}; allowed is one of them, such as {}[0]{}", path, list,
                       scenario.name, there, list, rest);
  }
  // "payment.servers" for "payment.calendar[].servers".
  const std::string alike = list.substr(0, list.find_last_of('.')) + rest;
  const Key* const other = scenario::find_key(alike);
  const bool has_other = other != nullptr && is_number(other->kind) &&
                         (!other->applies || other->applies(scenario, 0));
  return fmt::format(
      "{}: {} of {} has no elements; allowed are keys that are there{}, or a "
      "scenario with elements: --set {}=[...]",
      path, list, scenario.name, has_other ? ", such as " + alike : "", list);
}

}  // namespace

std::variant<NumberKey, std::string> NumberKey::find(const std::string& path,
                                                     const scenario::Scenario& scenario) {
  const Key* const key = scenario::find_key(path);
  if (key == nullptr) {
    const std::string near = scenario::nearest_path(path);
    const Key* const other = near.empty() ? nullptr : scenario::find_key(near);
    return fmt::format("found no key \"{}\"; allowed are numeric keys{}", path,
                       other == nullptr || !is_number(other->kind)
                           ? " (double11 scenario explain lists them)"
                           : fmt::format(", such as {}", near));
  }
  if (!is_number(key->kind)) {
    return fmt::format("{} is a {}; allowed are keys with a number", path, name_of(key->kind));
  }
  std::size_t element = 0;
  if (const auto list = key->path.find("[]"); list != std::string::npos) {
    const std::string list_path = key->path.substr(0, list);
    const std::size_t size = scenario::find_key(list_path)->size(scenario);
    const auto found = scenario::element_of(path, scenario);
    if (!found) return no_element(path, *key, list_path, size, scenario);
    element = *found;
  }
  if (key->applies && !key->applies(scenario, element)) {
    return fmt::format("{} has no effect here: it applies when {}", path, key->applies_when);
  }
  return NumberKey(path, *key, element);
}

bool NumberKey::is_whole() const {
  return key_->kind == Kind::count || key_->kind == Kind::duration || key_->kind == Kind::money;
}

double NumberKey::unit() const {
  switch (key_->kind) {
    case Kind::share:
      return 0.01;
    case Kind::duration:
      return 1e6;
    case Kind::money:
      return 100;
    default:
      return 1;
  }
}

std::string_view NumberKey::meaning_of_zero() const {
  const auto* const found = std::find_if(
      kZeros.begin(), kZeros.end(), [&](const auto& zero) { return zero.first == key_->path; });
  return found == kZeros.end() ? std::string_view() : found->second;
}

double NumberKey::value_in(const scenario::Scenario& scenario) const {
  const scenario::Value value = key_->get(scenario, element_);
  const auto* const whole = std::get_if<std::int64_t>(&value);
  return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value);
}

std::string NumberKey::text(double value) const {
  if (key_->kind == Kind::count) return grouped(std::llround(value));
  if (key_->kind == Kind::duration) {
    // In the unit that people use, with as many digits as it takes.
    const Duration duration(std::llround(value));
    std::string text = short_duration(duration);
    if (value == 0 || parse_duration(text) == duration) return value == 0 ? "0s" : text;
    if (duration < Duration(1'000'000)) return fmt::format("{}us", value / 1e3);
    if (duration < Duration(1'000'000'000)) return fmt::format("{}ms", value / 1e6);
    if (duration < Duration(60'000'000'000)) return fmt::format("{}s", value / 1e9);
  }
  if (key_->kind == Kind::rate && value >= 1e6 && value < 1e9) {
    std::string text = fmt::format("{:.9g}M/s", value / 1e6);
    // Not parsed exactly, perhaps, but the same for people.
    if (std::abs(*parse_rate(text) - value) < value * 1e-12) return text;
  }
  return text_of(*key_, is_whole() ? scenario::Value(std::int64_t{std::llround(value)})
                                   : scenario::Value(value));
}

std::string NumberKey::setting(double value) const {
  return fmt::format("{}={}", path_,
                     text_of(*key_, is_whole() ? scenario::Value(std::int64_t{std::llround(value)})
                                               : scenario::Value(value)));
}

}  // namespace double11::cli
