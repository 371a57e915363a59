#include "cli/result_files.hpp"

#include <fmt/format.h>

namespace double11::cli {

void ResultFiles::add_to(CLI::App& command) {
  command.add_option("--json", json_path_, "Write the result as JSON to a file, or - for stdout")
      ->type_name("FILE");
  command
      .add_option("--html", html_path_,
                  "Write it as one HTML file with figures, which needs no network; or - for stdout")
      ->type_name("FILE");
}

bool ResultFiles::check() const {
  if (json_path_.empty() || json_path_ != html_path_) return true;
  fmt::print(stderr, "double11: --json and --html: found {} for both; each needs its own\n",
             json_path_);
  return false;
}

void ResultFiles::open() {
  if (!json_path_.empty() && json_path_ != "-") json_file_.emplace(json_path_);
  if (wants_html() && html_path_ != "-") html_file_.emplace(html_path_);
}

void ResultFiles::deliver(const std::string& json, const std::string& report,
                          const std::function<std::string(std::string_view)>& html) {
  // The files first: whoever reads the report may close the pipe early.
  if (json_file_) json_file_->commit(json);
  if (html_file_) html_file_->commit(html(json));
  if (!takes_stdout()) return print_out(report);
  print_out(json_path_ == "-" ? json : html(json));
  say(report);
}

}  // namespace double11::cli
