#pragma once
// Where the results of `double11 sweep` go: text, JSON, and the same JSON as a page.

#include <double11/study/scaling_findings.hpp>
#include <double11/study/sweep_result.hpp>

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/output.hpp"

namespace double11::cli {

/// --json and --html.
class SweepFiles {
 public:
  void add_to(CLI::App& command);
  /// Opens the files, so that a bad path is known before a long sweep. Throws std::runtime_error.
  void open();
  /// Writes `json` and a page made from it into the files, and `text` to stdout, or to stderr where
  /// stdout has the JSON.
  void deliver(const std::string& json, const std::string& text);

 private:
  std::string json_path_;
  std::string html_path_;
  std::optional<OutputFile> json_file_;
  std::optional<OutputFile> html_file_;
};

/// The report on a sweep: findings, table, laws, the next command. `next` is the command line that
/// runs the best combination, "" for none. With `brief` the findings alone.
std::string text_of(const study::SweepResult& result, const std::vector<study::SweepLaw>& laws,
                    const std::string& next, bool brief);

/// The report on points that were given, and its JSON document.
std::string text_of(const study::ScalingFindings& findings, const std::string& name, bool brief);
std::string json_of(const study::ScalingFindings& findings, const std::string& name,
                    const std::string& command, const std::string& text);

}  // namespace double11::cli
