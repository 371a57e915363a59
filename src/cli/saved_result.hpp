#pragma once
// A result that was saved with --json, of a sale or of a network.

#include <double11/report/saved.hpp>

#include <optional>
#include <string>

namespace double11::cli {

struct SavedResult {
  std::string text;
  report::Kind kind = report::Kind::sale;
};

/// Reads a result of any kind; nothing, after a message, when the file is none.
std::optional<SavedResult> read_saved(const std::string& path);

}  // namespace double11::cli
