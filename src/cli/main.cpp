// double11: the list of its commands.
#include <double11/version.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/help_formatter.hpp"

namespace {

// What the library calls a missing subcommand is most often a misspelt one.
bool complain_of_unknown_command(const CLI::App& program, std::span<char* const> arguments) {
  const CLI::App* command = &program;
  for (const char* const argument : arguments.subspan(1)) {
    const auto known = command->get_subcommands([](const CLI::App*) { return true; });
    if (known.empty() || argument[0] == '-') return false;
    const auto found = std::find_if(known.begin(), known.end(), [&](const CLI::App* one) {
      return one->get_name() == argument;
    });
    if (found == known.end()) {
      std::string names;
      for (const CLI::App* const one : known) names += ' ' + one->get_name();
      std::fprintf(stderr, "double11: unknown command \"%s\"; there are:%s\n", argument,
                   names.c_str());
      return true;
    }
    command = *found;
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writing then fails with EPIPE, see print_out()
  namespace cli = double11::cli;
  CLI::App program{
      "double11 rehearses Singles' Day: it pushes a flash sale through a lock-free order pipeline, "
      "holds the result against a target, names the stage that gives way first and audits that "
      "nothing was oversold or lost.",
      "double11"};
  program.formatter(std::make_shared<cli::HelpFormatter>());
  program.set_version_flag("--version", std::string(double11::kVersion));
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 pass; 1 runtime error; 2 usage or scenario error; 3 target or\n"
      "threshold missed; 4 audit violated, or theory disagrees (validate); 5 run\n"
      "invalid; 6 worse than before (compare, --baseline); 130 interrupted (the report\n"
      "is still printed).\n"
      "\nExamples:\n"
      "  double11 scenario list\n"
      "  double11 run double11-2017-minute\n"
      "  double11 run double11-2017-minute --pace real --json result.json");
  cli::Chosen chosen;
  cli::add_run(program, chosen);
  cli::add_simulate(program, chosen);
  cli::add_capacity(program, chosen);
  cli::add_sweep(program, chosen);
  cli::add_validate(program, chosen);
  cli::add_demo(program, chosen);
  cli::add_compare(program, chosen);
  cli::add_report(program, chosen);
  cli::add_scenario(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (complain_of_unknown_command(program, {argv, static_cast<std::size_t>(argc)})) {
      return cli::kUsageError;
    }
    return program.exit(error) == 0 ? cli::kOk : cli::kUsageError;
  }
  try {
    return chosen();
  } catch (const std::bad_alloc&) {
    std::fputs(
        "double11: out of memory; lower catalogue.skus, run.workers or "
        "admission.in_flight_limit\n",
        stderr);
    return cli::kRuntimeError;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "double11: %s\n", error.what());
    return cli::kRuntimeError;
  }
}
