#include "cli/result_files.hpp"

#include <fmt/format.h>

#include "cli/not_empty.hpp"

namespace double11::cli {

void ResultFiles::add_to(CLI::App& command) {
  command.add_option("--json", json_path_, "Write the result as JSON to a file, or - for stdout")
      ->type_name("FILE")
      ->check(file_name());
  command
      .add_option("--html", html_path_,
                  "Write it as one HTML file with figures, which needs no network; or - for stdout")
      ->type_name("FILE")
      ->check(file_name());
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

void ResultFiles::tell(const std::string& report) const {
  if (takes_stdout()) {
    say(report);
  } else {
    print_out(report);
  }
}

void ResultFiles::write(const std::string& json, const Page& html) {
  if (json_file_) json_file_->commit(json);
  if (html_file_) html_file_->commit(html(json));
  if (takes_stdout()) print_out(json_path_ == "-" ? json : html(json));
}

void ResultFiles::deliver(const std::string& json, const std::string& report, const Page& html) {
  // The files first: whoever reads the report may close the pipe early.
  try {
    write(json, html);
  } catch (...) {
    // A full disk takes the files, not what was found.
    tell(report);
    throw;
  }
  tell(report);
}

}  // namespace double11::cli
