#include "report/network_thinned.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "report/thinned.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// Means of several intervals.
Json means_of(const Json& series, std::size_t group) {
  Json means = Json::array();
  for (std::size_t from = 0; from < series.size(); from += group) {
    const std::size_t end = std::min(from + group, series.size());
    double sum = 0;
    for (std::size_t i = from; i < end; ++i) sum += series.at(i).get<double>();
    means.push_back(sum / static_cast<double>(end - from));
  }
  return means;
}

void thin_present(Json& replication) {
  std::size_t rows = 0;
  for (const Json& station : replication.at("stations")) {
    rows = std::max(rows, station.at("present_series").size());
  }
  const std::size_t group = std::max<std::size_t>(rows_in_one(rows), 1);
  for (Json& station : replication.at("stations")) {
    station.erase("fingerprints");
    if (group > 1) station["present_series"] = means_of(station.at("present_series"), group);
  }
  Json& interval_ns = replication.at("series_interval_ns");
  interval_ns = interval_ns.get<std::int64_t>() * static_cast<std::int64_t>(group);
}

}  // namespace

void thin_network(Json& result) {
  for (const char* const member : {"verdict", "laws", "estimates", "figures", "scenario"}) {
    static_cast<void>(result.at(member));
  }
  Json& all = result.at("replications");
  const auto is_whole = [](const Json& one) { return !one.at("stopped").get<bool>(); };
  auto shown = std::find_if(all.begin(), all.end(), is_whole);
  if (shown == all.end()) {
    const auto has_some = [](const Json& one) { return one.contains("throughput_per_s"); };
    shown = std::find_if(all.begin(), all.end(), has_some);
  }
  Json first = std::move(shown == all.end() ? all.at(0) : *shown);
  Json& pooled = result.at("pooled");
  // Null when all were stopped within their warm-up.
  const bool has_figures = !pooled.is_null();
  if (has_figures) thin_present(first);
  result["replications"] = Json::array({std::move(first)});
  if (!has_figures) return;
  thin_histogram(pooled.at("sojourn"));
  for (Json& station : pooled.at("stations")) {
    station.erase("wait_all");
    thin_histogram(station.at("wait_served"));
    thin_histogram(station.at("sojourn"));
  }
  for (Json& job_class : pooled.at("classes")) thin_histogram(job_class.at("sojourn"));
}

}  // namespace double11::report
