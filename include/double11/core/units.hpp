#pragma once
// Quantities as people write them: "325k/s", "150ms", "15min", "2M", "3%", "199 yuan".
// Used by scenario files, the command line and reports. All functions are pure; any thread.

#include <double11/core/money.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace double11 {

/// A whole number with an optional suffix k, M or G (powers of ten): "2M", "1.5k", "300".
/// Exact. Empty when the text is something else, is negative, has a fraction left or passes
/// 2^63-1.
std::optional<std::int64_t> parse_count(std::string_view text);

/// A duration with a unit of ns, us, ms, s, m or min, h, d: "150ms", "1.5s". Not negative.
std::optional<Duration> parse_duration(std::string_view text);

/// Events per second, from a count per s, min, h or d: "325k/s", "90/min". Not negative.
std::optional<double> parse_rate(std::string_view text);

/// A probability or share from 0 to 1, or a percentage: "0.03", "3%". Range not checked.
std::optional<double> parse_share(std::string_view text);

/// An amount: "199 yuan", "19.90 yuan", "5 fen". Not negative, whole fen.
std::optional<MoneyFen> parse_money(std::string_view text);

/// A text that parses back to exactly the same value, in the largest unit that divides it.
std::string text_of_count(std::int64_t count);
std::string text_of_duration(Duration duration);
std::string text_of_rate(double rate_per_s);
std::string text_of_share(double share);
std::string text_of_money(MoneyFen money);

/// For people, three significant digits: "325k/s", "1.28M/s", "82.3ms", "0".
std::string short_rate(double rate_per_s);
std::string short_duration(Duration duration);
/// For people, with thousands separated: "19,532,118".
std::string grouped(std::int64_t count);

}  // namespace double11
