#pragma once
// --record FILE: the planned arrivals of a sale as a file of orders that traffic.replay takes.

#include <double11/scenario/scenario.hpp>

#include <string>

#include <CLI/CLI.hpp>

namespace double11::cli {

/// Adds --record FILE to a command that runs a sale.
void add_record(CLI::App& command, std::string& path);

/// Writes the arrivals to the file at `path`, slice by slice; nothing when it is empty. Arrivals
/// are a pure function of the scenario, so this may be done before the run. Returns kOk, or the
/// code to exit with: after a message when the scenario cannot be recorded, or when it was
/// interrupted; no file is left then. Shows how far it is, unless `quiet`. Throws
/// std::runtime_error (disk full, ...).
int record(const scenario::Scenario& scenario, const std::string& path, bool quiet);

}  // namespace double11::cli
