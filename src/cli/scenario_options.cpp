#include "cli/scenario_options.hpp"

#include <double11/report/shell_word.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/scenario/shipped.hpp>

#include <utility>

#include <fmt/format.h>

namespace double11::cli {

void ScenarioOptions::add_to(CLI::App& command) {
  command.add_option("SCENARIO", name_, "Name of a shipped scenario, or a file")->required();
  command
      .add_option_function<std::vector<std::string>>(
          "--set",
          [this](const std::vector<std::string>& texts) {
            overrides_.insert(overrides_.end(), texts.begin(), texts.end());
          },
          "Change any key: PATH=VALUE, repeatable (double11 scenario explain lists the keys)")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->take_all()
      ->trigger_on_parse();
  add_short_form(command, "--seed", "seed", "Seed of everything random");
  add_short_form(command, "--duration", "duration", "How long orders arrive, such as 10s");
}

void ScenarioOptions::add_short_form(CLI::App& command, const std::string& option,
                                     const std::string& path, const std::string& help) {
  command
      .add_option_function<std::string>(
          option,
          [this, path](const std::string& value) { overrides_.push_back(path + "=" + value); },
          help)
      ->type_name("VALUE");
}

std::optional<scenario::Scenario> ScenarioOptions::load() const {
  const auto file = scenario::find(name_);
  if (!file) {
    if (scenario::shipped().empty()) {
      fmt::print(stderr,
                 "double11: found no scenario \"{}\"; allowed is a file; of the shipped ones there "
                 "are none (DOUBLE11_SCENARIOS names their folder)\n",
                 name_);
      return std::nullopt;
    }
    std::string names;
    for (const auto& shipped : scenario::shipped()) names += "\n  " + shipped.stem().string();
    fmt::print(stderr, "double11: found no scenario \"{}\"; allowed are a file or one of:{}\n",
               name_, names);
    return std::nullopt;
  }
  scenario::Loaded loaded = scenario::load(*file, overrides_);
  for (const scenario::Problem& problem : loaded.problems) {
    fmt::print(stderr, "double11: {}\n", scenario::text_of(problem));
  }
  return loaded.scenario;
}

std::optional<scenario::Scenario> ScenarioOptions::load_scaled() const {
  std::optional<scenario::Scenario> loaded = load();
  if (loaded) loaded = scenario::scaled(*std::move(loaded));
  return loaded;
}

scenario::Loaded ScenarioOptions::load_with(const std::vector<std::string>& more) const {
  std::vector<std::string> overrides = overrides_;
  overrides.insert(overrides.end(), more.begin(), more.end());
  return scenario::load(*scenario::find(name_), overrides);
}

std::string ScenarioOptions::again(const std::string& command) const {
  std::string line = fmt::format("double11 {} {}", command, report::shell_word(name_));
  for (const std::string& text : overrides_) line += " --set " + report::shell_word(text);
  return line;
}

}  // namespace double11::cli
