#pragma once
// A result held against an earlier one: `double11 compare`, and --baseline of run and simulate.

#include <double11/report/compare.hpp>
#include <double11/scenario/scenario.hpp>

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/result_files.hpp"

namespace double11::cli {

/// Reads a result that can be compared with another; nothing, after a message, when it is none.
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

  /// Whether it is of this scenario, or of another of its kind and any may be compared; false after
  /// a message.
  [[nodiscard]] bool fits(const scenario::Scenario& scenario) const;

  /// A result, held against what was loaded.
  struct Held {
    std::string json;  ///< with the comparison in it
    std::string text;  ///< of the comparison, for people
    int code;          ///< kRegressed when all was well otherwise and something is worse
  };
  /// `json` of a scenario that fits, and the exit code of its run. Without a baseline they come
  /// back as they are.
  [[nodiscard]] Held hold(std::string json, int code) const;

  /// The same of two results that are there; the comparison goes where `files` says.
  [[nodiscard]] int compare(const report::ComparedFiles& paths, const std::string& before,
                            const std::string& after, ResultFiles& files) const;

 private:
  std::string path_;
  std::string loaded_;
  double threshold_ = 0.05;
  bool any_scenario_ = false;
};

}  // namespace double11::cli
