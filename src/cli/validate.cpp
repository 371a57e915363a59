// double11 validate: the simulator of queues held against theory.
#include <double11/study/validation.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"

namespace double11::cli {
namespace {

// Whether `part` is in `text`, capitals or not.
bool holds_text(const std::string& text, const std::string& part) {
  const auto same = [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

struct ValidateCommand {
  std::string filter;
  bool list = false;
  bool quiet = false;
  std::uint32_t workers = 0;

  int operator()() const {
    std::vector<study::ValidationCase> cases = study::validation_cases();
    std::erase_if(cases, [&](const study::ValidationCase& one) {
      return !holds_text(one.name, filter) && !holds_text(one.family, filter);
    });
    if (cases.empty()) {
      fmt::print(stderr, "double11: no case has \"{}\" in its name or family; see --list\n",
                 filter);
      return kUsageError;
    }
    if (list) {
      std::string text;
      for (const auto& one : cases) text += fmt::format("{:<46} {}\n", one.name, one.family);
      print_out(text);
      return kOk;
    }
    const auto on_progress = [&](const study::CaseFindings& findings, std::size_t done,
                                 std::size_t of) {
      if (!quiet) say(fmt::format("{:>3} of {}  {}\n", done, of, findings.name));
    };
    const std::uint32_t threads =
        workers > 0 ? workers : std::max(1U, std::thread::hardware_concurrency());
    const Interrupt interrupt;
    const study::Validation validation =
        study::validate(cases, threads, on_progress, &interrupt.requested());
    print_out(study::text_of(validation));
    if (!validation.passed()) return kDisagrees;
    return validation.stopped ? kInterrupted : kOk;
  }
};

}  // namespace

void add_validate(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "validate", "Hold the simulator against queueing theory: expected, simulated, deviation");
  const auto run = std::make_shared<ValidateCommand>();
  command->add_option("FILTER", run->filter, "Only cases with this in their name or family");
  command->add_flag("--list", run->list, "List the cases");
  command->add_option("--workers", run->workers, "Threads; 0: one per core")
      ->check(CLI::Range(0, 256));
  command->add_flag("--quiet", run->quiet, "No progress");
  command->footer(
      "Exits 0 when every figure agrees, 4 when one does not, 130 interrupted (after\n"
      "printing the cases that are done).\n"
      "Examples:\n"
      "  double11 validate\n"
      "  double11 validate erlang_a");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
