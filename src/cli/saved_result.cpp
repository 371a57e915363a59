#include "cli/saved_result.hpp"

#include <double11/report/compare.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace double11::cli {

std::optional<SavedResult> read_saved(const std::string& path) {
  std::error_code ignored;
  const bool is_folder = std::filesystem::is_directory(path, ignored);
  std::ifstream file(path, std::ios::binary);
  if (is_folder || !file) {
    fmt::print(stderr, "double11: cannot read {}\n", path);
    return std::nullopt;
  }
  std::string text{std::istreambuf_iterator<char>(file), {}};
  try {
    const report::Kind kind = report::kind_of(text);
    return SavedResult{std::move(text), kind};
  } catch (const report::NoResult& error) {
    fmt::print(stderr, "double11: {} {}\n", path, error.what());
    return std::nullopt;
  }
}

}  // namespace double11::cli
