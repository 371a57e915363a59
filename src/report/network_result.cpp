#include <double11/report/machine.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/network_text.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/network_document.hpp"
#include "report/network_estimates.hpp"
#include "report/network_figures.hpp"
#include "report/network_laws.hpp"

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
};

}  // namespace

// Guarded by the mutex until the last one has come.
struct NetworkResult::Parts {
  std::mutex mutex;
  std::vector<std::optional<Done>> done;  // by replication
  std::unique_ptr<NetworkRecord> first;
  std::pair<bool, std::size_t> first_rank{true, SIZE_MAX};  // whether stopped, and its number
  std::unique_ptr<NetworkRecord> pooled;                    // the times of it

  // Those that were not stopped.
  [[nodiscard]] std::vector<const Json*> whole() const {
    std::vector<const Json*> kept;
    for (const auto& one : done) {
      if (one && !one->stopped) kept.push_back(&one->document);
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
    if (!pooled) return {};
    Json document{{"sojourn", distribution_of(pooled->sojourn)}};
    document["stations"] = Json::array();
    for (const StationRecord& station : pooled->stations) {
      document["stations"].push_back({{"name", station.name},
                                      {"wait_served", distribution_of(station.wait_served)},
                                      {"wait_all", distribution_of(station.wait_all)},
                                      {"sojourn", distribution_of(station.sojourn)}});
    }
    document["classes"] = Json::array();
    for (const auto& each : pooled->classes) {
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

void NetworkResult::add(std::size_t replication, NetworkRecord record) {
  Done done{document_of(record), laws_of(record), record.stopped};
  const std::lock_guard lock(parts_->mutex);
  parts_->done[replication] = std::move(done);
  if (!record.stopped) parts_->pool(record);
  const std::pair rank{record.stopped, replication};
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
  return stopped() || missing() > 0 ? Status::interrupted : Status::pass;
}

std::vector<Figure> NetworkResult::figures() const {
  return figures_of(parts_->whole());
}

std::string NetworkResult::text(const scenario::Scenario& scenario, bool brief) const {
  std::string text = fmt::format("{}  {}\n", name_of(status()), scenario.name);
  const std::size_t whole = parts_->whole().size();
  if (whole < parts_->done.size()) {
    text += fmt::format("{} of {} replication{} finished: {}\n", whole, parts_->done.size(),
                        parts_->done.size() == 1 ? "" : "s",
                        whole == 0 ? "there are no figures" : "the figures are of these alone");
  }
  if (!brief) text += text_of(first());
  if (whole > 1) {
    text += text_of(figures());
    if (!brief) text += "  above is the first of them\n";
  }
  return text;
}

std::string NetworkResult::json(const scenario::Scenario& scenario,
                                const std::string& again) const {
  const std::vector<const Json*> whole = parts_->whole();
  std::vector<const Json*> all;
  std::vector<std::pair<std::size_t, const NetworkLaws*>> laws;
  for (std::size_t i = 0; i < parts_->done.size(); ++i) {
    const auto& done = parts_->done[i];
    if (!done) continue;
    all.push_back(&done->document);
    laws.emplace_back(i, &done->laws);
  }
  Json document{{"schema_version", 2},
                {"program", "double11"},
                {"version", this_machine().version},
                {"kind", "network"},
                {"scenario_digest", scenario::digest_of(scenario)},
                {"seed", scenario.seed},
                {"verdict",
                 {{"status", name_of(status())},
                  {"exit_code", exit_code_of(status())},
                  {"replications", whole.size()},
                  {"stopped", parts_->stopped()},
                  {"missing", missing()}}},
                {"laws_hold", laws_hold()},
                {"laws", json_of(laws)},
                {"figures", whole.empty() ? Json() : Json::parse(json_of(figures_of(whole)))},
                {"estimates", estimates_of(whole, scenario)},
                {"pooled", parts_->pooled_document()}};
  document["replications"] = Json::array();
  for (const Json* const one : all) document["replications"].push_back(*one);
  document["scenario"] = Json::parse(scenario::to_json(scenario));
  if (!again.empty()) {
    document["command"] = again;
    document["text"] = text(scenario);
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
