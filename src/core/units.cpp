#include <double11/core/units.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace double11 {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array<Unit, 4> kMagnitudes{{{"", 1.0}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}}};
constexpr std::array<Unit, 8> kTimes{{{"ns", 1.0},
                                      {"us", 1e3},
                                      {"ms", 1e6},
                                      {"s", 1e9},
                                      {"min", 6e10},
                                      {"m", 6e10},
                                      {"h", 3.6e12},
                                      {"d", 8.64e13}}};
constexpr std::array<Unit, 6> kPer{{{"/s", 1.0},
                                    {"/min", 1.0 / 60},
                                    {"/m", 1.0 / 60},
                                    {"/h", 1.0 / 3600},
                                    {"/d", 1.0 / 86400},
                                    {"/ms", 1e3}}};
constexpr std::array<Unit, 2> kMoney{{{"yuan", 100.0}, {"fen", 1.0}}};

struct Number {
  double value;
  std::string_view rest;
};

// The number at the head of `text` and what follows it, blanks dropped in between.
std::optional<Number> leading_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value) || value < 0) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  return Number{value, text};
}

template <std::size_t N>
std::optional<double> factor_of(std::string_view name, const std::array<Unit, N>& units) {
  const auto* const found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
  return found == units.end() ? std::nullopt : std::optional(found->factor);
}

// A product that must be a whole number; decimal fractions such as 1.1k are exact after rounding.
std::optional<std::int64_t> whole(double value) {
  const double nearest = std::round(value);
  if (std::abs(value - nearest) > 1e-9 * std::max(1.0, std::abs(value)) || nearest >= 9.2e18) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(nearest);
}

template <std::size_t N>
std::string largest_exact(std::int64_t value, const std::array<Unit, N>& units) {
  const Unit* best = units.data();
  for (const Unit& unit : units) {
    const auto factor = static_cast<std::int64_t>(unit.factor);
    if (value % factor == 0 && unit.factor > best->factor) best = &unit;
  }
  return fmt::format("{}{}", value / static_cast<std::int64_t>(best->factor), best->name);
}

template <std::size_t N>
std::string three_digits(double value, const std::array<Unit, N>& units) {
  const Unit* best = units.data();
  for (const Unit& unit : units) {
    // 0.9995 of a unit already rounds up to it in three digits.
    if (value >= 0.9995 * unit.factor && unit.factor > best->factor) best = &unit;
  }
  const double scaled = value / best->factor;
  const int decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  std::string digits = fmt::format("{:.{}f}", scaled, decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits + std::string(best->name);
}

}  // namespace

std::optional<std::int64_t> parse_count(std::string_view text) {
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  const auto factor = factor_of(number->rest, kMagnitudes);
  return factor ? whole(number->value * *factor) : std::nullopt;
}

std::optional<Duration> parse_duration(std::string_view text) {
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  const auto factor = factor_of(number->rest, kTimes);
  if (!factor) return std::nullopt;
  const auto count = whole(number->value * *factor);
  return count ? std::optional(Duration(*count)) : std::nullopt;
}

std::optional<double> parse_rate(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto per = factor_of(text.substr(slash), kPer);
  const auto number = leading_number(text.substr(0, slash));
  if (!per || !number) return std::nullopt;
  const auto magnitude = factor_of(number->rest, kMagnitudes);
  return magnitude ? std::optional(number->value * *magnitude * *per) : std::nullopt;
}

std::optional<double> parse_share(std::string_view text) {
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  if (number->rest.empty()) return number->value;
  return number->rest == "%" ? std::optional(number->value / 100) : std::nullopt;
}

std::optional<MoneyFen> parse_money(std::string_view text) {
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  const auto factor = factor_of(number->rest, kMoney);
  if (!factor) return std::nullopt;
  const auto fen = whole(number->value * *factor);
  return fen ? std::optional(MoneyFen{*fen}) : std::nullopt;
}

std::string text_of_count(std::int64_t count) {
  return count == 0 ? "0" : largest_exact(count, kMagnitudes);
}

std::string text_of_duration(Duration duration) {
  return duration.count() == 0 ? "0s" : largest_exact(duration.count(), kTimes);
}

std::string text_of_rate(double rate_per_s) {
  for (auto unit = kMagnitudes.rbegin(); unit != kMagnitudes.rend(); ++unit) {
    const double scaled = rate_per_s / unit->factor;
    const std::string text = fmt::format("{}{}/s", scaled, unit->name);
    if (scaled >= 1.0 && parse_rate(text) == rate_per_s) return text;
  }
  return fmt::format("{}/s", rate_per_s);
}

std::string text_of_share(double share) {
  const std::string percent = fmt::format("{:g}%", share * 100);
  return parse_share(percent) == share ? percent : fmt::format("{}", share);
}

std::string text_of_money(MoneyFen money) {
  return money.fen % 100 == 0 ? fmt::format("{} yuan", money.fen / 100)
                              : fmt::format("{}.{:02} yuan", money.fen / 100, money.fen % 100);
}

std::string short_rate(double rate_per_s) {
  return three_digits(rate_per_s, kMagnitudes) + "/s";
}

std::string short_duration(Duration duration) {
  return duration.count() == 0 ? "0" : three_digits(static_cast<double>(duration.count()), kTimes);
}

std::string grouped(std::int64_t count) {
  const std::string digits = fmt::format("{}", std::abs(count));
  std::string text = count < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace double11
