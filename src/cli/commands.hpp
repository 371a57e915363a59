#pragma once
// The subcommands. Each adds itself to the program and, when chosen, returns its exit code.

#include <functional>

#include <CLI/CLI.hpp>

namespace double11::cli {

/// Where a chosen subcommand leaves what is to be executed after parsing.
using Chosen = std::function<int()>;

void add_run(CLI::App& program, Chosen& chosen);
void add_simulate(CLI::App& program, Chosen& chosen);
void add_sweep(CLI::App& program, Chosen& chosen);
void add_validate(CLI::App& program, Chosen& chosen);
void add_capacity(CLI::App& program, Chosen& chosen);
void add_demo(CLI::App& program, Chosen& chosen);
void add_compare(CLI::App& program, Chosen& chosen);
void add_report(CLI::App& program, Chosen& chosen);
void add_scenario(CLI::App& program, Chosen& chosen);

/// `calibrate`, a subcommand of `scenario`.
void add_calibrate(CLI::App& scenario, Chosen& chosen);

}  // namespace double11::cli
