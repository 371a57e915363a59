#include "virtual_time/network_model.hpp"

#include <double11/core/quantile_laws.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <cmath>

namespace double11::virtual_time {
namespace {

using scenario::Discipline;
using scenario::Distribution;

std::vector<stages::EmpiricalLaw::Cell> cells_of(const scenario::Network& network,
                                                 const scenario::NetworkStation& station) {
  std::vector<stages::EmpiricalLaw::Cell> cells;
  if (station.service.distribution != Distribution::empirical) return cells;
  for (const scenario::HistogramCell& cell : network.histogram) {
    if (cell.station == station.name) cells.emplace_back(cell.value, cell.weight);
  }
  return cells;
}

std::uint32_t index_of_name(const scenario::Network& network, const std::string& name) {
  for (std::uint32_t i = 0; i < network.stations.size(); ++i) {
    if (network.stations[i].name == name) return i;
  }
  return kOutside;
}

std::vector<RouteChoice> routes_of(const scenario::Network& network, std::uint32_t station) {
  if (network.routes.empty()) {
    if (station + 1 == network.stations.size()) return {};
    return {{threshold_of(1), station + 1}};
  }
  std::vector<RouteChoice> choices;
  double sum = 0;
  for (const scenario::Route& route : network.routes) {
    if (route.from != network.stations[station].name || route.to == "out") continue;
    sum += route.share;
    choices.push_back({threshold_of(std::min(1.0, sum)), index_of_name(network, route.to)});
  }
  return choices;
}

bool is_clocked(const scenario::Network& network, const scenario::NetworkStation& station) {
  return station.discipline == Discipline::sharing ||
         station.discipline == Discipline::preemptive || station.breakdown.up.count() > 0 ||
         std::any_of(network.slowdowns.begin(), network.slowdowns.end(),
                     [&](const auto& window) { return window.station == station.name; });
}

AliasTable class_table(const scenario::Network& network) {
  std::vector<double> shares;
  for (const auto& job_class : network.classes) shares.push_back(job_class.share);
  return AliasTable(shares);
}

std::vector<std::uint32_t> levels_of(const scenario::Network& network) {
  std::vector<std::int64_t> priorities;
  for (const auto& job_class : network.classes) priorities.push_back(job_class.priority);
  std::sort(priorities.begin(), priorities.end());
  priorities.erase(std::unique(priorities.begin(), priorities.end()), priorities.end());
  std::vector<std::uint32_t> levels;
  for (const auto& job_class : network.classes) {
    levels.push_back(static_cast<std::uint32_t>(
        std::lower_bound(priorities.begin(), priorities.end(), job_class.priority) -
        priorities.begin()));
  }
  return levels;
}

}  // namespace

DurationLaw::DurationLaw(const scenario::RandomDuration& duration,
                         const std::vector<stages::EmpiricalLaw::Cell>& cells)
    : table_(stages::service_time(duration)),
      least_(duration.distribution == Distribution::constant ? 0 : 1),
      exists_(duration.distribution != Distribution::none) {
  if (!cells.empty()) cells_.emplace(cells);
}

NetworkModel::NetworkModel(const scenario::Scenario& loaded)
    : scenario(loaded),
      arrivals(loaded.traffic, loaded.duration),
      think(loaded.network.think, {}),
      classes(class_table(loaded.network)),
      levels(levels_of(loaded.network)),
      level_count(1 + *std::max_element(levels.begin(), levels.end())),
      unit_exponential(exponential_table(kUnit)),
      end_ns((loaded.simulate.until.count() > 0 ? loaded.simulate.until : loaded.duration).count()),
      warm_up_ns(loaded.simulate.warm_up.count()) {
  const scenario::Network& network = loaded.network;
  for (std::uint32_t i = 0; i < network.stations.size(); ++i) {
    const scenario::NetworkStation& station = network.stations[i];
    stations.push_back(
        {&station, DurationLaw(station.service, cells_of(network, station)),
         DurationLaw(station.patience, {}), DurationLaw(station.retrial.delay, {}),
         routes_of(network, i), is_clocked(network, station),
         stages::RetryDelay(station.retry_delay, station.retry_backoff, station.retry_jitter)});
  }
}

std::uint64_t NetworkModel::seed_of(std::uint64_t replication) const {
  return mix(static_cast<std::uint64_t>(scenario.seed) ^ mix(replication));
}

std::uint64_t NetworkModel::seed_of(std::uint64_t replication, std::size_t station,
                                    std::uint32_t branch) const {
  std::uint64_t seed = seed_of(replication);
  for (const char c : scenario.network.stations[station].name) {
    seed = mix(seed ^ static_cast<unsigned char>(c));
  }
  return mix(seed ^ branch);
}

}  // namespace double11::virtual_time
