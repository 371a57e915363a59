// double11 report: a saved result again, as text, as an HTML file, or its latencies as .hgrm.
#include <double11/report/compare.hpp>
#include <double11/report/hgrm.hpp>
#include <double11/report/html.hpp>
#include <double11/report/saved.hpp>

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/not_empty.hpp"
#include "cli/output.hpp"
#include "cli/saved_result.hpp"

namespace double11::cli {
namespace {

struct ReportCommand {
  std::string result_path;
  std::string html_path;
  std::string hgrm_step;

  int operator()() const {
    const std::optional<SavedResult> result = read_saved(result_path);
    if (!result) return kUsageError;
    if (!hgrm_step.empty()) return print_hgrm(*result);
    if (html_path.empty()) return print_text(result->text);
    return write_html(result->text);
  }

 private:
  [[nodiscard]] int print_hgrm(const SavedResult& result) const {
    if (result.kind == report::Kind::network) {
      fmt::print(stderr, "double11: --hgrm: {} is of a network of queues; needs that of a sale\n",
                 result_path);
      return kUsageError;
    }
    const std::optional<std::string> text = report::hgrm(result.text, hgrm_step);
    if (!text) {
      fmt::print(stderr, "double11: {} has no latencies of {}\n", result_path, hgrm_step);
      return kUsageError;
    }
    print_out(*text);
    return kOk;
  }

  [[nodiscard]] int write_html(const std::string& result) const {
    std::string page;
    try {
      page = report::html(result);
    } catch (const report::NoResult& error) {
      fmt::print(stderr, "double11: {} {}\n", result_path, error.what());
      return kUsageError;
    }
    if (html_path == "-") {
      print_out(page);
    } else {
      OutputFile(html_path).commit(page);
    }
    return kOk;
  }

  [[nodiscard]] int print_text(const std::string& result) const {
    const std::optional<std::string> text = report::saved_text(result);
    if (!text) {
      fmt::print(stderr, "double11: {} has no text, it is of an older version; allowed: --html\n",
                 result_path);
      return kUsageError;
    }
    print_out(*text);
    return kOk;
  }
};

}  // namespace

void add_report(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "report", "The report of a saved result, as text, HTML or percentiles");
  const auto report = std::make_shared<ReportCommand>();
  command
      ->add_option("RESULT", report->result_path,
                   "A result, of a sale or of a network: --json FILE of run and simulate")
      ->required();
  command
      ->add_option("--html", report->html_path,
                   "Write one HTML file with figures, which needs no network; - for stdout")
      ->type_name("FILE")
      ->check(file_name());
  command
      ->add_option("--hgrm", report->hgrm_step,
                   "Print the latencies to this step of the funnel in HdrHistogram's percentile "
                   "text, in ms")
      ->type_name("STEP")
      ->check(CLI::IsMember({"admitted", "reserved", "paid", "dispatched"}))
      ->excludes("--html");
  command->footer(
      "Examples:\n"
      "  double11 simulate smoke --json result.json\n"
      "  double11 report result.json\n"
      "  double11 report result.json --html report.html\n"
      "  double11 report result.json --hgrm paid > paid.hgrm");
  command->callback([&chosen, report] { chosen = [report] { return (*report)(); }; });
}

}  // namespace double11::cli
