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
  std::int64_t factor;
};

constexpr std::array<Unit, 4> kMagnitudes{
    {{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}}};
constexpr std::array<Unit, 8> kTimes{{{"ns", 1},
                                      {"us", 1'000},
                                      {"ms", 1'000'000},
                                      {"s", 1'000'000'000},
                                      {"min", 60'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"d", 86'400'000'000'000}}};
constexpr std::array<Unit, 2> kMoney{{{"yuan", 100}, {"fen", 1}}};

struct PerTime {
  std::string_view name;
  double seconds;
};
constexpr std::array<PerTime, 6> kPer{
    {{"/ms", 1e-3}, {"/s", 1}, {"/min", 60}, {"/m", 60}, {"/h", 3600}, {"/d", 86400}}};

// What stands between a number and its unit.
std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

// A real number at the head of `text` and what follows it.
struct Real {
  double value;
  std::string_view rest;
};

std::optional<Real> leading_real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value) || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return Real{value, without_blanks(text)};
}

// A decimal number at the head of `text`, kept exact: digits times 10^exponent.
struct Decimal {
  std::int64_t digits = 0;
  int exponent = 0;
  std::string_view rest;
};

std::optional<Decimal> leading_decimal(std::string_view text) {
  Decimal number;
  bool any = false;
  bool fraction = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (__builtin_mul_overflow(number.digits, 10, &number.digits) ||
        __builtin_add_overflow(number.digits, c - '0', &number.digits)) {
      return std::nullopt;
    }
    if (fraction) --number.exponent;
  }
  if (!any) return std::nullopt;
  if (at + 1 < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t sign = text[at + 1] == '+' ? 1 : 0;
    int exponent = 0;
    const char* const begin = text.data() + at + 1 + sign;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), exponent);
    if (error != std::errc{} || std::abs(exponent) > 100) return std::nullopt;
    number.exponent += exponent;
    at = static_cast<std::size_t>(end - text.data());
  }
  number.rest = without_blanks(text.substr(at));
  return number;
}

template <std::size_t N>
std::optional<std::int64_t> factor_of(std::string_view name, const std::array<Unit, N>& units) {
  const auto* const found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
  return found == units.end() ? std::nullopt : std::optional(found->factor);
}

// The whole number that `text` means in units of factor 1; nothing when a fraction is left or it
// does not fit.
template <std::size_t N>
std::optional<std::int64_t> whole(std::string_view text, const std::array<Unit, N>& units) {
  const auto number = leading_decimal(text);
  if (!number) return std::nullopt;
  const auto factor = factor_of(number->rest, units);
  if (!factor) return std::nullopt;
  std::int64_t digits = number->digits;
  std::int64_t scale = *factor;
  int exponent = number->exponent;
  // Tens cancel first, so that the product is formed only when it is the result.
  for (; exponent < 0 && scale % 10 == 0; ++exponent) scale /= 10;
  for (; exponent < 0 && digits % 10 == 0; ++exponent) digits /= 10;
  for (; exponent < 0 && digits % 5 == 0 && scale % 2 == 0; ++exponent) {
    digits /= 5;
    scale /= 2;
  }
  for (; exponent < 0 && digits % 2 == 0 && scale % 5 == 0; ++exponent) {
    digits /= 2;
    scale /= 5;
  }
  if (exponent < 0 && digits != 0) return std::nullopt;
  std::int64_t product = 0;
  if (__builtin_mul_overflow(digits, scale, &product)) return std::nullopt;
  for (; exponent > 0 && product != 0; --exponent) {
    if (__builtin_mul_overflow(product, 10, &product)) return std::nullopt;
  }
  return product;
}

template <std::size_t N>
std::string largest_exact(std::int64_t value, const std::array<Unit, N>& units) {
  const Unit* best = units.data();
  for (const Unit& unit : units) {
    if (value % unit.factor == 0 && unit.factor > best->factor) best = &unit;
  }
  return fmt::format("{}{}", value / best->factor, best->name);
}

template <std::size_t N>
std::string three_digits(double value, const std::array<Unit, N>& units) {
  const Unit* best = units.data();
  for (const Unit& unit : units) {
    // 0.9995 of a unit already rounds up to it in three digits.
    const bool reached = value >= 0.9995 * static_cast<double>(unit.factor);
    if (reached && unit.factor > best->factor) best = &unit;
  }
  const double scaled = value / static_cast<double>(best->factor);
  // From 999.5 of the largest unit on, %g would turn to exponents.
  return (scaled >= 999.5 ? fmt::format("{:.0f}", scaled) : fmt::format("{:.3g}", scaled)) +
         std::string(best->name);
}

}  // namespace

std::optional<std::int64_t> parse_count(std::string_view text) {
  return whole(text, kMagnitudes);
}

std::optional<Duration> parse_duration(std::string_view text) {
  const auto count = whole(text, kTimes);
  return count ? std::optional(Duration(*count)) : std::nullopt;
}

std::optional<double> parse_rate(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto* const per = std::find_if(kPer.begin(), kPer.end(), [&](const PerTime& unit) {
    return unit.name == text.substr(slash);
  });
  const auto number = leading_real(text.substr(0, slash));
  if (per == kPer.end() || !number) return std::nullopt;
  const auto magnitude = factor_of(number->rest, kMagnitudes);
  if (!magnitude) return std::nullopt;
  const double rate = number->value * static_cast<double>(*magnitude) / per->seconds;
  return std::isfinite(rate) ? std::optional(rate) : std::nullopt;
}

std::optional<double> parse_share(std::string_view text) {
  const auto number = leading_real(text);
  if (!number) return std::nullopt;
  if (number->rest.empty()) return number->value;
  return number->rest == "%" ? std::optional(number->value / 100) : std::nullopt;
}

std::optional<MoneyFen> parse_money(std::string_view text) {
  const auto fen = whole(text, kMoney);
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
    const double scaled = rate_per_s / static_cast<double>(unit->factor);
    std::string text = fmt::format("{}{}/s", scaled, unit->name);
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
  std::string digits = fmt::format("{}", count);
  if (count < 0) digits.erase(0, 1);
  std::string text = count < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace double11
