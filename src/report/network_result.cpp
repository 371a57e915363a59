#include <double11/core/units.hpp>
#include <double11/report/machine.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/network_text.hpp>
#include <double11/scenario/load.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/figures.hpp"
#include "report/network_document.hpp"
#include "report/network_estimates.hpp"
#include "report/network_laws.hpp"

namespace double11::report {
namespace {

using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using Json = nlohmann::ordered_json;

std::string duration_text(double ns) {
  return short_duration(Duration(std::llround(ns)));
}

std::string number_text(double value) {
  return fmt::format("{:.4g}", value);
}

std::string share_text(double share) {
  return fmt::format("{:.4g}%", share * 100);
}

bool laws_hold_in(const NetworkRecord& record) {
  return record.flow.residual() == 0 && std::all_of(record.stations.begin(), record.stations.end(),
                                                    [](const StationRecord& station) {
                                                      return station.flow.residual() == 0 &&
                                                             station.little_residual() == 0;
                                                    });
}

// A figure with its value in one replication.
struct Value {
  std::string name;
  double value;
  std::string (*text)(double);
};

std::vector<Value> values_of(const NetworkRecord& record) {
  std::vector<Value> values;
  for (const StationRecord& station : record.stations) {
    const auto add = [&](const char* what, double value, std::string (*text)(double)) {
      values.push_back({station.name + "." + what, value, text});
    };
    add("wait.mean", station.wait_all.moments.mean_ns(), duration_text);
    add("waited.share", ratio(station.waited, station.services), share_text);
    add("sojourn.mean", station.sojourn.moments.mean_ns(), duration_text);
    add("present.mean", record.mean_of(station.present_ns), number_text);
    add("busy.mean", record.mean_of(station.busy_ns), number_text);
    add("lost.share", ratio(station.lost() + station.abandoned, station.arrivals), share_text);
  }
  values.push_back({"sojourn.mean", record.sojourn.moments.mean_ns(), duration_text});
  const double throughput = static_cast<double>(record.completions) / record.observed_s();
  values.push_back({"throughput_per_s", throughput, number_text});
  return values;
}

// What is kept of a replication.
struct Done {
  std::vector<Value> values;
  Json document;
  bool laws_hold;
  bool stopped;
};

}  // namespace

// Guarded by the mutex until the last one has come.
struct NetworkResult::Parts {
  std::mutex mutex;
  std::vector<std::optional<Done>> done;  // by replication
  std::size_t first_number = SIZE_MAX;
  std::unique_ptr<NetworkRecord> first;
  std::unique_ptr<NetworkRecord> pooled;  // the times of it

  // Those that were not stopped; all, if there are no others.
  [[nodiscard]] std::vector<const Done*> whole() const {
    const bool some_whole =
        std::any_of(done.begin(), done.end(), [](const auto& one) { return one && !one->stopped; });
    std::vector<const Done*> kept;
    for (const auto& one : done) {
      if (one && !(one->stopped && some_whole)) kept.push_back(&*one);
    }
    return kept;
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
  Done done{values_of(record), document_of(record), laws_hold_in(record), record.stopped};
  const std::lock_guard lock(parts_->mutex);
  parts_->done[replication] = std::move(done);
  parts_->pool(record);
  if (replication > parts_->first_number) return;
  parts_->first_number = replication;
  parts_->first = std::make_unique<NetworkRecord>(std::move(record));
}

bool NetworkResult::laws_hold() const {
  return std::all_of(parts_->done.begin(), parts_->done.end(),
                     [](const auto& done) { return !done || done->laws_hold; });
}

bool NetworkResult::stopped() const {
  return std::any_of(parts_->done.begin(), parts_->done.end(),
                     [](const auto& done) { return done && done->stopped; });
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
  std::vector<Figure> figures;
  for (const Done* const done : parts_->whole()) {
    for (std::size_t i = 0; i < done->values.size(); ++i) {
      if (i == figures.size()) figures.push_back({done->values[i].name, {}, done->values[i].text});
      figures[i].values.push_back(done->values[i].value);
    }
  }
  return figures;
}

std::string NetworkResult::text(const scenario::Scenario& scenario, bool brief) const {
  std::string text = fmt::format("{}  {}\n", name_of(status()), scenario.name);
  if (!brief) text += text_of(first());
  const std::vector<Figure> all = figures();
  if (all.front().values.size() > 1) {
    text += text_of(all);
    if (!brief) text += "  above is the first of them\n";
  }
  return text;
}

std::string NetworkResult::json(const scenario::Scenario& scenario,
                                const std::string& again) const {
  std::vector<const Json*> whole;
  for (const Done* const done : parts_->whole()) whole.push_back(&done->document);
  std::vector<std::pair<std::size_t, const Json*>> all;
  for (std::size_t i = 0; i < parts_->done.size(); ++i) {
    if (parts_->done[i]) all.emplace_back(i, &parts_->done[i]->document);
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
                  {"replications", all.size()},
                  {"missing", missing()}}},
                {"laws_hold", laws_hold()},
                {"laws", laws_of(all)},
                {"figures", Json::parse(json_of(figures()))},
                {"estimates", estimates_of(whole, scenario)},
                {"pooled", parts_->pooled_document()}};
  document["replications"] = Json::array();
  for (const auto& [number, one] : all) document["replications"].push_back(*one);
  document["scenario"] = Json::parse(scenario::to_json(scenario));
  if (!again.empty()) {
    document["command"] = again;
    document["text"] = text(scenario);
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
