#include <double11/report/machine.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/network_text.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/report/shell_word.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/network_document.hpp"
#include "report/network_estimates.hpp"
#include "report/network_figures.hpp"
#include "report/network_laws.hpp"
#include "report/text_parts.hpp"

namespace double11::report {
namespace {

using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using Json = nlohmann::ordered_json;

// What is kept of a replication.
struct Done {
  Json document;
  NetworkLaws laws;
  bool stopped;
  Verdict verdict;
};

// Thresholds of sales, a line each.
std::string not_judged(const scenario::Scenario& scenario) {
  std::string text;
  for (const std::string& expression : scenario.thresholds) {
    const auto parsed = scenario::parse_threshold(expression);
    const auto* const threshold = std::get_if<scenario::Threshold>(&parsed);
    if (threshold == nullptr || is_judged(scenario, *threshold)) continue;
    text +=
        wrapped(fmt::format("  {:<6} {:<46} of sales, not judged", "-", expression), "         ");
  }
  return text;
}

std::string blame_part(const Bottleneck& blame) {
  return "\n" + wrapped(fmt::format("First to give way: {}: {}. To move it: --set {}", blame.blamed,
                                    blame.reason, shell_word(blame.setting)),
                        "  ");
}

// Null of a record without figures.
Json bottleneck_of(const scenario::Scenario& scenario, const NetworkRecord& record) {
  if (!record.has_figures()) return {};
  const Bottleneck blame = find_bottleneck(scenario, record);
  return {{"blamed", blame.blamed},
          {"carries_per_s", blame.carries_per_s},
          {"reason", blame.reason},
          {"setting", blame.setting}};
}

Json checks_of(const Verdict& verdict) {
  Json checks = Json::array();
  for (const Check& check : verdict.checks) {
    checks.push_back({{"expression", check.expression},
                      {"measured", check.value},
                      {"measured_text", check.measured},
                      {"holds", check.holds}});
  }
  return checks;
}

}  // namespace

// Guarded by the mutex until the last one has come.
struct NetworkResult::Parts {
  std::mutex mutex;
  std::vector<std::optional<Done>> done;  // by replication
  std::unique_ptr<NetworkRecord> first;
  // Whether it was stopped, has no figures, and its number: the least is the first.
  std::tuple<bool, bool, std::size_t> first_rank{true, true, SIZE_MAX};
  std::unique_ptr<NetworkRecord> pooled;  // the times of those that finished

  [[nodiscard]] std::size_t finished() const {
    return static_cast<std::size_t>(std::count_if(
        done.begin(), done.end(), [](const auto& one) { return one && !one->stopped; }));
  }

  // That passed or did not; a replication without thresholds passes.
  [[nodiscard]] std::size_t with(Status status) const {
    return static_cast<std::size_t>(std::count_if(done.begin(), done.end(), [&](const auto& one) {
      return one && !one->stopped && one->verdict.status == status;
    }));
  }

  [[nodiscard]] const Verdict& first_verdict() const {
    return done[std::get<2>(first_rank)]->verdict;
  }

  // Those that finished; without any, the part that there is.
  [[nodiscard]] std::vector<const Json*> counted() const {
    std::vector<const Json*> kept;
    for (const auto& one : done) {
      if (one && !one->stopped) kept.push_back(&one->document);
    }
    if (kept.empty() && first->has_figures()) {
      kept.push_back(&done[std::get<2>(first_rank)]->document);
    }
    return kept;
  }

  [[nodiscard]] std::size_t stopped() const {
    return static_cast<std::size_t>(std::count_if(
        done.begin(), done.end(), [](const auto& one) { return one && one->stopped; }));
  }

  void pool(const NetworkRecord& record) {
    if (!pooled) {
      pooled = std::make_unique<NetworkRecord>(record);
      return;
    }
    pooled->sojourn.merge(record.sojourn);
    for (std::size_t i = 0; i < record.stations.size(); ++i) {
      StationRecord& station = pooled->stations[i];
      station.wait_served.merge(record.stations[i].wait_served);
      station.wait_all.merge(record.stations[i].wait_all);
      station.sojourn.merge(record.stations[i].sojourn);
    }
    for (std::size_t i = 0; i < record.classes.size(); ++i) {
      pooled->classes[i].sojourn.merge(record.classes[i].sojourn);
    }
  }

  [[nodiscard]] Json pooled_document() const {
    const NetworkRecord& times = pooled ? *pooled : *first;
    if (!times.has_figures()) return {};
    Json document{{"sojourn", distribution_of(times.sojourn)}};
    document["stations"] = Json::array();
    for (const StationRecord& station : times.stations) {
      document["stations"].push_back({{"name", station.name},
                                      {"wait_served", distribution_of(station.wait_served)},
                                      {"wait_all", distribution_of(station.wait_all)},
                                      {"sojourn", distribution_of(station.sojourn)}});
    }
    document["classes"] = Json::array();
    for (const auto& each : times.classes) {
      document["classes"].push_back(
          {{"name", each.name}, {"sojourn", distribution_of(each.sojourn)}});
    }
    return document;
  }
};

NetworkResult::NetworkResult(std::size_t replications) : parts_(std::make_unique<Parts>()) {
  parts_->done.resize(replications);
}

NetworkResult::~NetworkResult() = default;

void NetworkResult::add(std::size_t replication, NetworkRecord record, Verdict verdict) {
  Done done{document_of(record), laws_of(record), record.stopped, std::move(verdict)};
  const std::lock_guard lock(parts_->mutex);
  parts_->done[replication] = std::move(done);
  if (!record.stopped) parts_->pool(record);
  const std::tuple rank{record.stopped, !record.has_figures(), replication};
  if (parts_->first && rank > parts_->first_rank) return;
  parts_->first_rank = rank;
  parts_->first = std::make_unique<NetworkRecord>(std::move(record));
}

bool NetworkResult::laws_hold() const {
  return std::all_of(parts_->done.begin(), parts_->done.end(),
                     [](const auto& done) { return !done || done->laws.hold(); });
}

bool NetworkResult::stopped() const {
  return parts_->stopped() > 0;
}

std::size_t NetworkResult::missing() const {
  return static_cast<std::size_t>(std::count_if(parts_->done.begin(), parts_->done.end(),
                                                [](const auto& done) { return !done; }));
}

const NetworkRecord& NetworkResult::first() const {
  return *parts_->first;
}

Status NetworkResult::status() const {
  if (!laws_hold()) return Status::violated;
  if (stopped() || missing() > 0) return Status::interrupted;
  if (parts_->with(Status::invalid) > 0) return Status::invalid;
  return parts_->with(Status::missed) > 0 ? Status::missed : Status::pass;
}

std::vector<Figure> NetworkResult::figures() const {
  return figures_of(parts_->counted());
}

std::string NetworkResult::text(const scenario::Scenario& scenario, bool brief) const {
  std::string text = fmt::format("{}  {}\n", name_of(status()), scenario.name);
  const Verdict& verdict = parts_->first_verdict();
  text += checks_part(verdict) + not_judged(scenario);
  for (const std::string& doubt : verdict.doubts) {
    text += wrapped("  DOUBT  " + doubt, "         ");
  }
  const std::size_t finished = parts_->finished();
  if (finished > 1 && !verdict.checks.empty()) {
    text += fmt::format("  {} of {} replications passed; above is the first of them\n",
                        parts_->with(Status::pass), finished);
  }
  if (verdict.status == Status::missed && !brief) {
    text += blame_part(find_bottleneck(scenario, first())) + "\n";
  }
  if (finished < parts_->done.size()) {
    text += fmt::format("{} of {} replication{} finished: {}\n", finished, parts_->done.size(),
                        parts_->done.size() == 1 ? "" : "s",
                        finished > 0            ? "the figures are of these alone"
                        : first().has_figures() ? "the figures are of the part that ran"
                                                : "there are no figures");
  }
  if (!brief) text += text_of(first());
  if (finished > 1) {
    text += text_of(figures());
    if (!brief) text += "  above is the first of them\n";
  }
  return text;
}

std::string NetworkResult::json(const scenario::Scenario& scenario,
                                const std::string& again) const {
  const std::vector<const Json*> counted = parts_->counted();
  std::vector<const Json*> all;
  std::vector<std::pair<std::size_t, const NetworkLaws*>> laws;
  for (std::size_t i = 0; i < parts_->done.size(); ++i) {
    const auto& done = parts_->done[i];
    if (!done) continue;
    all.push_back(&done->document);
    laws.emplace_back(i, &done->laws);
  }
  const Machine machine = this_machine();
  Json document{{"schema_version", 2},
                {"program", "double11"},
                {"version", machine.version},
                {"kind", "network"},
                {"scenario_digest", scenario::digest_of(scenario)},
                {"seed", scenario.seed},
                {"verdict",
                 {{"status", name_of(status())},
                  {"exit_code", exit_code_of(status())},
                  {"replications", parts_->finished()},
                  {"stopped", parts_->stopped()},
                  {"missing", missing()},
                  {"passed", parts_->with(Status::pass)},
                  {"checks", checks_of(parts_->first_verdict())},
                  {"doubts", parts_->first_verdict().doubts}}},
                {"bottleneck", bottleneck_of(scenario, first())},
                {"laws_hold", laws_hold()},
                {"laws", json_of(laws)},
                {"figures", counted.empty() ? Json() : Json::parse(json_of(figures_of(counted)))},
                {"estimates", estimates_of(counted, scenario)},
                {"pooled", parts_->pooled_document()}};
  document["replications"] = Json::array();
  for (const Json* const one : all) document["replications"].push_back(*one);
  // Without the load: the result does not depend on it.
  document["machine"] = {{"cpu", machine.cpu},
                         {"cores", machine.cores},
                         {"compiler", machine.compiler},
                         {"build", machine.build}};
  document["scenario"] = Json::parse(scenario::to_json(scenario));
  if (!again.empty()) {
    document["command"] = again;
    document["text"] = text(scenario);
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
