#pragma once
// --json and --html: where a result goes besides the report for people.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cli/output.hpp"

namespace double11::cli {

class ResultFiles {
 public:
  /// Makes the page from the JSON.
  using Page = std::function<std::string(std::string_view)>;

  void add_to(CLI::App& command);

  /// Whether they can all be written; false after a message.
  [[nodiscard]] bool check() const;

  /// Opens the files, so that a bad path is known before a long run; they get their names when they
  /// are complete. Throws std::runtime_error with the reason.
  void open();

  /// Writes the result (JSON, and what `html` makes of it) to where it was asked for.
  void write(const std::string& json, const Page& html);

  /// The report for people, or a part of it: to stdout, or to stderr where stdout has one of the
  /// others.
  void tell(const std::string& report) const;

  /// Writes the result, then tells the whole report.
  void deliver(const std::string& json, const std::string& report, const Page& html);

  /// Another than the report goes to stdout.
  [[nodiscard]] bool takes_stdout() const { return json_path_ == "-" || html_path_ == "-"; }
  [[nodiscard]] bool wants_html() const { return !html_path_.empty(); }
  /// Either of the two was asked for.
  [[nodiscard]] bool wants_any() const { return wants_html() || !json_path_.empty(); }

 private:
  std::string json_path_;
  std::string html_path_;
  std::optional<OutputFile> json_file_;
  std::optional<OutputFile> html_file_;
};

}  // namespace double11::cli
