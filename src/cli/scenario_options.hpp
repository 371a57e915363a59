#pragma once
// Options that choose and change a scenario; the same for every command that takes one.

#include <double11/scenario/load.hpp>
#include <double11/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace double11::cli {

class ScenarioOptions {
 public:
  /// Adds SCENARIO, --set, --seed and --duration to a command.
  void add_to(CLI::App& command);

  /// Adds an option that is short for --set `path`=VALUE.
  void add_short_form(CLI::App& command, const std::string& option, const std::string& path,
                      const std::string& help);

  /// The scenario, or nothing after all mistakes have been printed to stderr.
  [[nodiscard]] std::optional<scenario::Scenario> load() const;

  /// The same with scenario::scaled() carried out, for what runs it as it is.
  [[nodiscard]] std::optional<scenario::Scenario> load_scaled() const;

  /// load() with `more` overrides after those of the command line, or all mistakes; nothing is
  /// printed. The scenario has been found by load().
  [[nodiscard]] scenario::Loaded load_with(const std::vector<std::string>& more) const;

  /// The command line that would make the same run: "double11 run NAME --set ...".
  [[nodiscard]] std::string again(const std::string& command) const;

 private:
  std::string name_;
  std::vector<std::string> overrides_;
};

}  // namespace double11::cli
