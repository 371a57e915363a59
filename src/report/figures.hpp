#pragma once
// Small figures that several parts of the report are made of.

#include <double11/core/time.hpp>
#include <double11/core/units.hpp>

#include <cmath>
#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace double11::report {

/// 0 of nothing.
inline double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

inline double ratio(std::int64_t part, std::int64_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

/// "0.08333", "12,345": four digits at least, and no exponent of large ones.
inline std::string four_digits(double value) {
  return std::abs(value) < 9999.5 ? fmt::format("{:.4g}", value) : grouped(std::llround(value));
}

/// "82.3ms".
inline std::string in_words(double seconds) {
  return short_duration(Duration(std::llround(seconds * 1e9)));
}

/// "1 server", "1,200 servers", "on average 0.5 servers": when they are not all there all the time.
inline std::string servers_in_words(double servers, bool steady) {
  const std::string count =
      servers < 10 ? fmt::format("{:.3g}", servers) : grouped(std::llround(servers));
  return fmt::format("{}{} {}", steady ? "" : "on average ", count,
                     count == "1" ? "server" : "servers");
}

}  // namespace double11::report
