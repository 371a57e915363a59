#include "cli/sweep_network.hpp"

#include <double11/report/network_verdict.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>

namespace double11::cli {
namespace {

using scenario::NetworkStation;

// Where a smaller share was lost or gave up, and no station was busy nearly always, more servers
// would have taken no more.
constexpr double kFewLost = 0.01;
constexpr double kAlwaysBusy = 0.99;

// The users of a closed network bring as much as is taken.
bool is_sated(const scenario::Scenario& network, const virtual_time::NetworkRecord& record) {
  if (network.network.population > 0) return false;
  const report::Ended ended = report::ended_of(record);
  return ended.lost + ended.abandoned < kFewLost &&
         report::busiest_of(network, record).share < kAlwaysBusy;
}

bool loses(const NetworkStation& station) {
  return station.queue_limit < NetworkStation{}.queue_limit || station.tokens.rate_per_s > 0 ||
         station.failure_probability > 0 || station.timeout.count() > 0;
}

bool has_patience(const NetworkStation& station) {
  return station.patience.distribution != scenario::Distribution::none;
}

}  // namespace

std::vector<std::string> metric_names_of(const scenario::Scenario& network) {
  std::vector<std::string> names{"throughput.rate.mean", "sojourn.mean", "sojourn.p99",
                                 "busy.share"};
  const auto& stations = network.network.stations;
  if (std::any_of(stations.begin(), stations.end(), loses)) names.emplace_back("lost.share");
  if (std::any_of(stations.begin(), stations.end(), has_patience)) {
    names.emplace_back("abandoned.share");
  }
  return names;
}

std::optional<study::SweepTrial> network_trial(const scenario::Scenario& network,
                                               std::uint64_t replication,
                                               const std::vector<scenario::Metric>& metrics,
                                               const std::atomic<bool>& stop) {
  virtual_time::NetworkOptions options;
  options.stop = [&stop] { return stop.load(std::memory_order_relaxed); };
  const auto record = virtual_time::simulate_network(network, replication, options);
  if (record.stopped) return std::nullopt;
  const report::Status status = report::judge(network, record).status;
  study::SweepTrial trial{std::string(report::name_of(status)),
                          status == report::Status::pass || status == report::Status::missed,
                          {},
                          is_sated(network, record)};
  for (const scenario::Metric& metric : metrics) {
    trial.values.push_back(report::value_of(metric, network, record));
  }
  return trial;
}

}  // namespace double11::cli
