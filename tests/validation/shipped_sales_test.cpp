// The shipped scenarios in virtual time, made smaller: what `scenario explain` says they show, they
// show; those that are held against published points meet them.
#include <double11/report/result.hpp>
#include <double11/scenario/words.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <map>
#include <string>

#include "catch.hpp"
#include "validation/shipped.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;
using scenario::Word;

measure::RunRecord simulated(const Scenario& scenario) {
  virtual_time::SimulateOptions options;
  options.workers = 2;
  return virtual_time::simulate(scenario, options);
}

bool is_shown(const Word& word, const measure::RunRecord& record) {
  for (const Outcome outcome : kAllOutcomes) {
    if (word.kind == Word::Kind::outcome && double11::name_of(outcome) == word.name) {
      return record.books.outcomes(outcome).count > 0;
    }
  }
  for (const Funnel step : kFunnel) {
    if (word.kind == Word::Kind::funnel_step && double11::name_of(step) == word.name) {
      return funnel_of(record)[index_of(step)] > 0;
    }
  }
  for (const Stage stage : kAllStages) {
    if (double11::name_of(stage) == word.name) return record.stages[index_of(stage)].orders > 0;
  }
  return false;
}

}  // namespace

TEST_CASE("every word is shown by the scenarios that scenario explain names for it") {
  std::map<std::string, measure::RunRecord> records;
  std::map<std::string, Scenario> scenarios;
  for (const Word& word : scenario::words()) {
    CAPTURE(word.name);
    CHECK_FALSE(word.shown_in.empty());
    for (const std::string_view shown_in : word.shown_in) {
      const std::string name(shown_in);
      CAPTURE(name);
      if (records.find(name) == records.end()) {
        const auto at = scenarios.emplace(name, smaller(shipped(name))).first;
        records.emplace(name, simulated(at->second));
      }
      CHECK(is_shown(word, records.at(name)));
    }
  }
}

TEST_CASE("scenarios with published points meet them, and all laws hold") {
  int compared = 0;
  for (const std::string& name : shipped_names()) {
    const Scenario original = shipped(name);
    if (original.published.empty()) continue;
    CAPTURE(name);
    const Scenario scenario = smaller(original);
    const measure::RunRecord record = simulated(scenario);
    const Result result = conclude(scenario, record);
    INFO(headline(result, false));
    CHECK(result.audit.violations == 0);
    CHECK(result.verdict.status == Status::pass);
    const auto& thresholds = original.thresholds;
    CHECK(std::find(thresholds.begin(), thresholds.end(), "published.missed.count == 0") !=
          thresholds.end());
    ++compared;
  }
  CHECK(compared >= 4);
}

}  // namespace double11::report
