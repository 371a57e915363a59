#include "report/suggestion.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace double11::report {

std::string suggestion(const scenario::Scenario& scenario, std::string_view name, double needed,
                       std::int64_t present) {
  const scenario::Key& key = *scenario::find_key(name);
  const auto now = static_cast<double>(present);
  const double wanted = (needed > now ? needed : now * kMore) / scenario.simulate.applied_scale;
  const double value = std::min(wanted, key.most);
  const double digits =
      std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(value, 1.0))) - 1));
  const double rounded = std::min(std::ceil(value / digits) * digits, key.most);
  return fmt::format("{}={}", name, text_of_count(static_cast<std::int64_t>(rounded)));
}

std::string halved(std::string_view name, Duration present) {
  const auto least = static_cast<std::int64_t>(scenario::find_key(name)->least);
  return fmt::format("{}={}", name,
                     text_of_duration(Duration(std::max(present.count() / 2, least))));
}

std::string longer(std::string_view name, Duration present) {
  const double longer_ns =
      std::min(4 * static_cast<double>(present.count()), scenario::find_key(name)->most);
  return fmt::format("{}={}", name, text_of_duration(Duration(std::llround(longer_ns))));
}

}  // namespace double11::report
