#pragma once
// A check of words on the command line: an empty one, as from a shell variable that was never set,
// would be taken for an option that was not given.

#include <string>

#include <CLI/CLI.hpp>

namespace double11::cli {

/// Any text but none; `allowed` says what there may be.
inline CLI::Validator not_empty(const std::string& allowed) {
  return CLI::Validator(
      [allowed](std::string& text) -> std::string {
        return text.empty() ? "found \"\", allowed: " + allowed : std::string();
      },
      "");
}

/// The name of a file.
inline CLI::Validator file_name() {
  return not_empty("the name of a file");
}

}  // namespace double11::cli
