// double11 compare: two results of one scenario, and whether the second is worse.
#include <double11/report/compare.hpp>

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"

namespace double11::cli {
namespace {

struct CompareCommand {
  std::string before_path;
  std::string after_path;
  ResultFiles files;
  Baseline baseline;

  int operator()() {
    if (!files.check()) return kUsageError;
    files.open();
    const std::optional<std::string> before = read_result(before_path);
    const std::optional<std::string> after = read_result(after_path);
    if (!before || !after) return kUsageError;
    try {
      return baseline.compare({before_path, after_path}, *before, *after, files);
    } catch (const report::NoResult& error) {
      // Each is a result, but of a kind of its own.
      fmt::print(stderr, "double11: {} {}\n", after_path, error.what());
      return kUsageError;
    }
  }
};

}  // namespace

void add_compare(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "compare", "Two results of one scenario side by side: what changed by more than chance");
  const auto run = std::make_shared<CompareCommand>();
  command->add_option("BEFORE", run->before_path, "A result: double11 run --json FILE")->required();
  command->add_option("AFTER", run->after_path, "A later one")->required();
  run->baseline.add_limits_to(*command);
  run->files.add_to(*command);
  command->footer(
      "Exits 0 when nothing is worse, 6 when something is, 2 when the scenarios differ.\n"
      "Examples:\n"
      "  double11 simulate smoke --json before.json\n"
      "  double11 simulate smoke --json after.json\n"
      "  double11 compare before.json after.json");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
