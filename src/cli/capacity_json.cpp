// The result of a search for a limit, for programs.
#include <double11/report/machine.hpp>
#include <double11/version.hpp>

#include <optional>

#include <nlohmann/json.hpp>

#include "cli/capacity_report.hpp"

namespace double11::cli {
namespace {

using Json = nlohmann::ordered_json;
using study::Answer;

Json number_or_null(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json text_or_null(const CapacityStudy& study, std::optional<double> value) {
  return value ? Json(study.key.text(*value)) : Json(nullptr);
}

Json checks_of(const TrialRecord& trial) {
  Json checks = Json::array();
  for (const report::Check& check : trial.verdict.checks) {
    checks.push_back({{"expression", check.expression},
                      {"measured_text", check.measured},
                      {"holds", check.holds}});
  }
  return checks;
}

Json trial_of(const CapacityStudy& study, const TrialRecord& trial) {
  Json json{{"value", trial.value},
            {"text", study.key.text(trial.value)},
            {"seed_number", trial.seed_number},
            {"passes", trial.answer == Answer::pass},
            {"judged", trial.answer != Answer::invalid}};
  if (trial.answer == Answer::refused) {
    json["status"] = "REFUSED";
    json["why"] = trial.refusal;
    return json;
  }
  json["status"] = report::name_of(trial.verdict.status);
  json["why"] = trial.answer == Answer::pass ? "" : what_broke(trial);
  json["seed"] = trial.seed;
  json["offered_per_s"] = trial.offered_per_s;
  json["curve_per_s"] = trial.curve_per_s > 0 ? Json(trial.curve_per_s) : Json(nullptr);
  if (trial.network) {
    json["throughput_per_s"] = trial.network->throughput_per_s;
  } else {
    json["machine_per_s"] = trial.machine_per_s;
  }
  for (std::size_t i = 0; i < kLadderColumns.size(); ++i) {
    json["latency_ns"][std::string(kLadderColumns[i])] = trial.latency_ns[i];
  }
  for (const Outcome outcome : kAllOutcomes) {
    const double share = trial.shares[index_of(outcome)];
    if (share > 0) json["outcome_shares"][std::string(name_of(outcome))] = share;
  }
  if (trial.network) {
    const report::Ended& ended = trial.network->ended;
    json["outcome_shares"] = {
        {"completed", ended.completed}, {"lost", ended.lost}, {"abandoned", ended.abandoned}};
    json["busiest"] = {{"station", trial.network->busiest},
                       {"busy_share", trial.network->busy_share}};
  }
  json["checks"] = checks_of(trial);
  json["wall_s"] = trial.wall_s;
  return json;
}

Json gives_way(const CapacityStudy& study) {
  if (const TrialRecord* const invalid = first_not_judged(study)) {
    if (!invalid->machine_late) return nullptr;
    return {{"at", invalid->value},
            {"what_broke", what_broke(*invalid)},
            {"blamed", "machine"},
            {"reason", "it could not offer the orders on time"},
            {"setting", nullptr}};
  }
  const TrialRecord* const failing = first_failing(study, ladder_of(study));
  if (failing == nullptr) return nullptr;
  return {{"at", failing->value},
          {"what_broke", what_broke(*failing)},
          {"blamed", failing->bottleneck.blamed},
          {"reason", failing->bottleneck.reason},
          {"setting", failing->bottleneck.setting}};
}

}  // namespace

std::string capacity_json(const CapacityStudy& study) {
  const study::Capacity& found = study.found;
  Json document{{"schema_version", 1},
                {"program", "double11"},
                {"version", kVersion},
                {"kind", "capacity"},
                {"of", is_network(study.scenario) ? "network" : "sale"},
                {"command", study.command},
                {"scenario", study.scenario.name},
                {"title", study.scenario.title},
                {"mode", study.mode == Mode::run ? "run" : "simulate"},
                {"pace", study.scenario.run.pace == scenario::Pace::real ? "real" : "max"}};
  document["key"] = study.key.path();
  document["own_value"] = study.options.start;
  document["status"] = status_of(study);
  document["finding"] = finding_of(study);
  document["meaning"] = meaning_of(study);
  document["range"] = range_of(study);
  document["surprise"] = surprise_of(study);
  document["warning"] = warning_of(study);
  document["limit"] = {{"is", found.limit == study::Limit::highest  ? Json("highest")
                              : found.limit == study::Limit::lowest ? Json("lowest")
                                                                    : Json(nullptr)},
                       {"passes", number_or_null(found.passes)},
                       {"passes_text", text_or_null(study, found.passes)},
                       {"fails", number_or_null(found.fails)},
                       {"fails_text", text_or_null(study, found.fails)},
                       {"not_judged", number_or_null(found.not_judged)},
                       {"not_judged_text", text_or_null(study, found.not_judged)},
                       {"confidence", found.confidence}};
  document["tolerance"] = study.options.tolerance;
  document["confirm"] = study.options.confirm;
  document["gives_way"] = gives_way(study);
  document["trials"] = Json::array();
  for (const TrialRecord& trial : study.trials) {
    document["trials"].push_back(trial_of(study, trial));
  }
  const report::Machine machine = report::this_machine();
  document["machine"] = {{"cpu", machine.cpu},
                         {"cores", machine.cores},
                         {"load_1min", machine.load_1min},
                         {"compiler", machine.compiler},
                         {"build", machine.build}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace double11::cli
