#include "cli/result_files.hpp"

#include <double11/report/html.hpp>

#include <fmt/format.h>

namespace double11::cli {

void ResultFiles::add_to(CLI::App& command) {
  command.add_option("--json", json_path_, "Write the result as JSON to a file, or - for stdout")
      ->type_name("FILE");
  command
      .add_option("--html", html_path_,
                  "Write the report as one HTML file with figures, which needs no network")
      ->type_name("FILE");
}

void ResultFiles::open() {
  if (!json_path_.empty() && !takes_stdout()) json_file_.emplace(json_path_);
  if (wants_html()) html_file_.emplace(html_path_);
}

void ResultFiles::deliver(const std::string& json, const std::string& report) {
  // The files first: whoever reads the report may close the pipe early.
  if (json_file_) json_file_->commit(json);
  if (html_file_) html_file_->commit(report::html(json));
  if (takes_stdout()) {
    print_out(json);
    fmt::print(stderr, "{}", report);
  } else {
    print_out(report);
  }
}

}  // namespace double11::cli
