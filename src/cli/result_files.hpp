#pragma once
// --json and --html: where a result goes besides the report for people.

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/output.hpp"

namespace double11::cli {

class ResultFiles {
 public:
  void add_to(CLI::App& command);

  /// Opens the files, so that a bad path is known before a long run; they get their names when they
  /// are complete. Throws std::runtime_error with the reason.
  void open();

  /// Writes the result (JSON, of a sale if HTML was asked for) into the files, then the report for
  /// people to stdout, or to stderr where stdout has the JSON.
  void deliver(const std::string& json, const std::string& report);

  /// The JSON goes to stdout.
  [[nodiscard]] bool takes_stdout() const { return json_path_ == "-"; }
  [[nodiscard]] bool wants_html() const { return !html_path_.empty(); }

 private:
  std::string json_path_;
  std::string html_path_;
  std::optional<OutputFile> json_file_;
  std::optional<OutputFile> html_file_;
};

}  // namespace double11::cli
