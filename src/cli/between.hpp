#pragma once
// Checks of numbers on the command line that are not passed by "nan".

#include <double11/core/units.hpp>

#include <cmath>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace double11::cli {

/// From `least` to `most`, both included.
inline CLI::Validator between(double least, double most) {
  const std::string allowed = CLI::Range(least, most).get_description();
  return CLI::Validator(
      [=](std::string& text) -> std::string {
        double value = 0;
        const bool is_number = CLI::detail::lexical_cast(text, value) && !std::isnan(value);
        if (is_number && value >= least && value <= most) return {};
        return "found " + text + ", allowed: " + allowed;
      },
      allowed);
}

/// A share as scenarios have it, "5%" or "0.05", from nothing to `most`; for Option::transform.
inline CLI::Validator share_up_to(double most) {
  const std::string allowed = "a share such as 5% or 0.05, up to " + text_of_share(most);
  return CLI::Validator(
      [=](std::string& text) -> std::string {
        const std::optional<double> share = parse_share(text);
        if (!share || !(*share >= 0 && *share <= most)) {
          return "found \"" + text + "\", allowed: " + allowed;
        }
        text = fmt::format("{}", *share);
        return {};
      },
      "SHARE");
}

}  // namespace double11::cli
