#pragma once
// A result held against an earlier one: `double11 compare`, and --baseline of run and simulate.

#include <double11/scenario/scenario.hpp>

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/result_files.hpp"

namespace double11::cli {

/// Something became worse.
inline constexpr int kRegressed = 6;

/// Reads a result; nothing, after a message, when the file is none.
std::optional<std::string> read_result(const std::string& path);

class Baseline {
 public:
  /// Adds --baseline FILE and --threshold.
  void add_to(CLI::App& command);
  /// Adds --threshold and --any-scenario.
  void add_limits_to(CLI::App& command);

  [[nodiscard]] bool is_named() const { return !path_.empty(); }
  /// Reads the file, if one was named, so that a bad one is known before a long run. False after a
  /// message.
  bool load();

  /// Whether it is of this scenario, or any may be compared; false after a message.
  [[nodiscard]] bool fits(const scenario::Scenario& scenario) const;

  /// Prints how `json` compares with what was loaded, if anything was; to stderr if `to_stderr`,
  /// as the result itself is on stdout then. Returns `code` when that is not kOk, else kOk,
  /// kRegressed or kUsageError (not the same scenario).
  [[nodiscard]] int judge(const std::string& json, int code, bool to_stderr) const;

  /// The same of two results that are there; the comparison goes where `files` says.
  [[nodiscard]] int compare(const std::string& before, const std::string& after,
                            ResultFiles& files) const;

 private:
  std::string path_;
  std::string loaded_;
  double threshold_ = 0.05;
  bool any_scenario_ = false;
};

}  // namespace double11::cli
