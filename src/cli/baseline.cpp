#include "cli/baseline.hpp"

#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>
#include <double11/report/saved.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/between.hpp"
#include "cli/exit_codes.hpp"
#include "cli/not_empty.hpp"
#include "cli/saved_result.hpp"

namespace double11::cli {
namespace {

// Keys that are named when two scenarios differ.
constexpr std::size_t kNamed = 3;

std::string first_of(const std::vector<std::string>& keys) {
  std::string text;
  for (std::size_t i = 0; i < std::min(keys.size(), kNamed); ++i) {
    text += (i == 0 ? "" : ", ") + keys[i];
  }
  return keys.size() > kNamed ? text + fmt::format(" and {} more", keys.size() - kNamed) : text;
}

}  // namespace

std::optional<std::string> read_result(const std::string& path) {
  std::optional<SavedResult> result = read_saved(path);
  if (!result) return std::nullopt;
  try {
    // With itself: whether it can be compared at all.
    if (report::compare(result->text, result->text, 0).verdict_before == "INTERRUPTED") {
      throw report::NoResult("was interrupted; a part says nothing of the whole");
    }
  } catch (const report::NoResult& error) {
    fmt::print(stderr, "double11: {} {}\n", path, error.what());
    return std::nullopt;
  }
  return std::move(result->text);
}

void Baseline::add_to(CLI::App& command) {
  command.add_option("--baseline", path_, "An earlier result (--json) to compare this one with")
      ->type_name("FILE")
      ->check(file_name());
  add_limits_to(command);
  for (const char* const option : {"--threshold", "--any-scenario"}) {
    command.get_option(option)->needs("--baseline");
  }
}

void Baseline::add_limits_to(CLI::App& command) {
  command
      .add_option("--threshold", threshold_,
                  "Relative change that counts, if it is above the noise, such as 5%")
      ->transform(share_up_to(10))
      ->type_name("SHARE")
      ->default_str("5%");
  command.add_flag("--any-scenario", any_scenario_, "Compare though the scenarios differ");
}

bool Baseline::load() {
  if (!is_named()) return true;
  const std::optional<std::string> text = read_result(path_);
  if (text) loaded_ = *text;
  return text.has_value();
}

bool Baseline::fits(const scenario::Scenario& scenario) const {
  if (loaded_.empty()) return true;
  if ((report::kind_of(loaded_) == report::Kind::network) != is_network(scenario)) {
    fmt::print(
        stderr,
        "double11: {} is of another kind: one is of a network of queues, the other of a sale\n",
        path_);
    return false;
  }
  if (is_network(scenario) && scenario.simulate.replications < 2) {
    fmt::print(
        stderr,
        "double11: --baseline: {} is a network of queues, of which one replication says nothing of "
        "chance; needs --replications of at least 2\n",
        scenario.name);
    return false;
  }
  if (any_scenario_) return true;
  const auto differs = report::keys_that_differ(loaded_, scenario::to_json(scenario));
  if (differs.empty()) return true;
  fmt::print(stderr, "double11: {} is of another scenario: {}; --any-scenario compares it\n", path_,
             first_of(differs));
  return false;
}

Baseline::Held Baseline::hold(std::string json, int code) const {
  if (loaded_.empty()) return {std::move(json), {}, code};
  // A part says nothing of the whole, and of a network there may be too few replications.
  if (code == kInterrupted) {
    return {std::move(json), "\nNot compared with " + path_ + ": interrupted.\n", code};
  }
  const report::Comparison comparison = report::compare(loaded_, json, threshold_);
  const std::string text = "\nAgainst " + path_ + "\n" + report::text_of(comparison);
  if (code == kOk && comparison.regressed()) code = kRegressed;
  return {report::with_comparison(json, comparison, path_, text), text, code};
}

int Baseline::compare(const report::ComparedFiles& paths, const std::string& before,
                      const std::string& after, ResultFiles& files) const {
  const report::Comparison comparison = report::compare(before, after, threshold_);
  if (!comparison.differs.empty() && !any_scenario_) {
    fmt::print(stderr, "double11: not the same scenario: {}; --any-scenario compares them\n",
               first_of(comparison.differs));
    return kUsageError;
  }
  const std::string json = report::json_of(comparison, paths);
  files.deliver(json, report::text_of(comparison), report::html_of_comparison);
  return comparison.regressed() ? kRegressed : kOk;
}

}  // namespace double11::cli
