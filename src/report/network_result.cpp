#include <double11/core/units.hpp>
#include <double11/report/machine.hpp>
#include <double11/report/network_result.hpp>
#include <double11/scenario/load.hpp>

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/network_document.hpp"

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

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// A figure whose value in a replication is `value(record)`.
template <typename Value>
Figure figure(std::string name, std::span<const NetworkRecord> records, Value value,
              std::string (*text)(double)) {
  Figure result{std::move(name), {}, text};
  for (const NetworkRecord& record : records) result.values.push_back(value(record));
  return result;
}

}  // namespace

bool laws_hold(std::span<const NetworkRecord> records) {
  for (const NetworkRecord& record : records) {
    if (record.flow.residual() != 0) return false;
    for (const StationRecord& station : record.stations) {
      if (station.flow.residual() != 0 || station.little_residual() != 0) return false;
    }
  }
  return true;
}

std::vector<Figure> figures_of(std::span<const NetworkRecord> records) {
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < records.front().stations.size(); ++i) {
    const std::string& name = records.front().stations[i].name;
    const auto add = [&](const char* what, auto value, std::string (*text)(double)) {
      const auto of_station = [&](const NetworkRecord& record) {
        return value(record, record.stations[i]);
      };
      figures.push_back(figure(name + "." + what, records, of_station, text));
    };
    add(
        "wait.mean",
        [](const NetworkRecord&, const StationRecord& station) {
          return station.wait_all.moments.mean_ns();
        },
        duration_text);
    add(
        "waited.share",
        [](const NetworkRecord&, const StationRecord& station) {
          return share(station.waited, station.services);
        },
        share_text);
    add(
        "sojourn.mean",
        [](const NetworkRecord&, const StationRecord& station) {
          return station.sojourn.moments.mean_ns();
        },
        duration_text);
    add(
        "present.mean",
        [](const NetworkRecord& record, const StationRecord& station) {
          return record.mean_of(station.present_ns);
        },
        number_text);
    add(
        "busy.mean",
        [](const NetworkRecord& record, const StationRecord& station) {
          return record.mean_of(station.busy_ns);
        },
        number_text);
    add(
        "lost.share",
        [](const NetworkRecord&, const StationRecord& station) {
          return share(station.lost() + station.abandoned, station.arrivals);
        },
        share_text);
  }
  figures.push_back(figure(
      "sojourn.mean", records,
      [](const NetworkRecord& record) { return record.sojourn.moments.mean_ns(); }, duration_text));
  figures.push_back(figure(
      "throughput_per_s", records,
      [](const NetworkRecord& record) {
        return static_cast<double>(record.completions) / record.observed_s();
      },
      number_text));
  return figures;
}

std::string network_json(const scenario::Scenario& scenario,
                         std::span<const NetworkRecord> records) {
  Json document{{"schema_version", 1},
                {"program", "double11"},
                {"version", this_machine().version},
                {"kind", "network"},
                {"scenario_digest", scenario::digest_of(scenario)},
                {"seed", scenario.seed},
                {"laws_hold", laws_hold(records)},
                {"figures", Json::parse(json_of(figures_of(records)))}};
  document["replications"] = Json::array();
  for (const NetworkRecord& record : records) {
    document["replications"].push_back(document_of(record));
  }
  document["scenario"] = Json::parse(scenario::to_json(scenario));
  return document.dump(1) + "\n";
}

}  // namespace double11::report
