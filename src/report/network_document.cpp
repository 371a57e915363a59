#include "report/network_document.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using virtual_time::Flow;
using virtual_time::Moments;
using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using virtual_time::Times;

Json flow_json(const Flow& flow) {
  return {{"entered", flow.entered}, {"completed", flow.completed},
          {"lost", flow.lost},       {"abandoned", flow.abandoned},
          {"inside", flow.inside},   {"residual", flow.residual()}};
}

Json moments_json(const Moments& moments) {
  return {{"count", moments.count},
          {"mean_ns", moments.mean_ns()},
          {"variance_ns2", moments.variance_ns2()},
          {"scv", moments.scv()}};
}

Json times_json(const Times& times) {
  return {{"count", times.moments.count},
          {"mean_ns", times.moments.mean_ns()},
          {"variance_ns2", times.moments.variance_ns2()},
          {"p50_ns", times.histogram.quantile(0.5)},
          {"p90_ns", times.histogram.quantile(0.9)},
          {"p99_ns", times.histogram.quantile(0.99)},
          {"p999_ns", times.histogram.quantile(0.999)},
          {"max_ns", times.histogram.max()}};
}

// What there is of a replication that was stopped within its warm-up.
Json bare_station_json(const StationRecord& station) {
  return {{"name", station.name},
          {"flow", flow_json(station.flow)},
          {"little_residual_ns", station.little_residual()}};
}

Json station_json(const NetworkRecord& record, const StationRecord& station) {
  const auto observed = static_cast<double>((record.end - record.warm_up).count());
  std::vector<std::string> prints;
  for (const std::uint64_t print : station.fingerprints) {
    prints.push_back(fmt::format("{:016x}", print));
  }
  return {{"name", station.name},
          {"flow", flow_json(station.flow)},
          {"arrivals", station.arrivals},
          {"completions", station.completions},
          {"blocked", station.blocked},
          {"no_token", station.no_token},
          {"failed", station.failed},
          {"lost", station.lost()},
          {"abandoned", station.abandoned},
          {"retries", station.retries},
          {"services", station.services},
          {"waited", station.waited},
          {"present_mean", record.mean_of(station.present_ns)},
          {"waiting_mean", record.mean_of(station.waiting_ns)},
          {"busy_mean", record.mean_of(station.busy_ns)},
          {"orbit_mean", record.mean_of(station.orbit_ns)},
          {"empty_share", static_cast<double>(station.empty_ns) / observed},
          {"all_busy_share", static_cast<double>(station.all_busy_ns) / observed},
          {"little_residual_ns", station.little_residual()},
          {"wait_served", times_json(station.wait_served)},
          {"wait_all", times_json(station.wait_all)},
          {"sojourn", times_json(station.sojourn)},
          {"busy_period", moments_json(station.busy_period)},
          {"arrival_gap", moments_json(station.arrival_gap)},
          {"present_series", station.series},
          {"present_at_probes", station.probes},
          {"fingerprints", std::move(prints)}};
}

}  // namespace

Json document_of(const NetworkRecord& record) {
  Json document{{"warm_up_ns", record.warm_up.count()},
                {"end_ns", record.end.count()},
                {"stopped", record.stopped},
                {"events", record.events},
                {"fingerprint", fmt::format("{:016x}", record.fingerprint())},
                {"flow", flow_json(record.flow)}};
  if (!record.has_figures()) {
    document["stations"] = Json::array();
    for (const StationRecord& station : record.stations) {
      document["stations"].push_back(bare_station_json(station));
    }
    return document;
  }
  Json probes = Json::array();
  for (const Duration at : record.probes) probes.push_back(at.count());
  document["completions"] = record.completions;
  document["throughput_per_s"] = static_cast<double>(record.completions) / record.observed_s();
  document["sojourn"] = times_json(record.sojourn);
  document["series_interval_ns"] = record.series_interval.count();
  document["probes_ns"] = std::move(probes);
  document["stations"] = Json::array();
  for (const StationRecord& station : record.stations) {
    document["stations"].push_back(station_json(record, station));
  }
  document["classes"] = Json::array();
  for (const auto& job_class : record.classes) {
    document["classes"].push_back({{"name", job_class.name},
                                   {"flow", flow_json(job_class.flow)},
                                   {"sojourn", times_json(job_class.sojourn)}});
  }
  return document;
}

Json distribution_of(const Times& times) {
  Json document = times_json(times);
  Json cells = Json::array();
  const auto counts = times.histogram.cells();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) cells.push_back({measure::Histogram::upper_edge(i), counts[i]});
  }
  document["cells"] = std::move(cells);
  return document;
}

}  // namespace double11::report
