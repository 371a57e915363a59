#pragma once
// A check of numbers on the command line that is not passed by "nan".

#include <cmath>
#include <string>

#include <CLI/CLI.hpp>

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

}  // namespace double11::cli
