// double11: the list of its commands.
#include <double11/version.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writing then fails with EPIPE, see print_out()
  namespace cli = double11::cli;
  CLI::App program{
      "double11 rehearses Singles' Day: it pushes a flash sale through a lock-free order\n"
      "pipeline, holds the result against a target, names the stage that gives way first\n"
      "and audits that nothing was oversold or lost.",
      "double11"};
  program.set_version_flag("--version", std::string(double11::kVersion));
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 pass; 1 runtime error; 2 usage or scenario error; 3 target or threshold\n"
      "missed; 4 audit violated; 5 run invalid; 130 interrupted (the report is still printed).\n"
      "\nExamples:\n"
      "  double11 scenario list\n"
      "  double11 run double11-2017-minute\n"
      "  double11 run double11-2017-minute --pace real --json result.json");
  cli::Chosen chosen;
  cli::add_run(program, chosen);
  cli::add_simulate(program, chosen);
  cli::add_validate(program, chosen);
  cli::add_scenario(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
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
