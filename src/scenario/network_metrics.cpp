#include <double11/scenario/network_metrics.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

constexpr std::array<std::string_view, 6> kStatistics{"mean", "p50", "p90", "p99", "p99.9", "max"};

void add_times(std::vector<Metric>& all, const std::string& name, std::string_view meaning) {
  for (const std::string_view statistic : kStatistics) {
    all.push_back({fmt::format("{}.{}", name, statistic), MetricUnit::duration_ns,
                   fmt::format("{}: {}", meaning, statistic)});
  }
}

std::vector<Metric> network_rows() {
  std::vector<Metric> all;
  all.push_back({"throughput.rate.mean", MetricUnit::rate_per_s,
                 "jobs that were completed, per second after the warm-up"});
  add_times(all, "sojourn", "from a job's arrival until it leaves the network, completed jobs");
  for (const auto& [name, meaning] : {std::pair{"completed", "were completed"},
                                      {"lost", "were blocked, found no token or failed"},
                                      {"abandoned", "left a queue when their patience ended"}}) {
    all.push_back({fmt::format("{}.share", name), MetricUnit::share,
                   fmt::format("jobs that {}, of those that ended after the warm-up", meaning)});
  }
  all.push_back({"busy.share", MetricUnit::share,
                 "busy part of its servers' time at the station where that is largest"});
  const std::string one = "stations[].";
  all.push_back({one + "throughput.rate.mean", MetricUnit::rate_per_s,
                 "visits that were completed there, per second"});
  add_times(all, one + "wait", "time in the queue there, of those who gave up, too");
  add_times(all, one + "sojourn", "a whole visit, completed ones");
  for (const auto& [name, meaning] :
       {std::pair{"waited", "services that began later than the job had queued"},
        {"lost", "arrivals there that were blocked, found no token or failed"},
        {"abandoned", "arrivals there that left the queue when their patience ended"},
        {"busy", "busy part of its servers' time"}}) {
    all.push_back({fmt::format("{}{}.share", one, name), MetricUnit::share, meaning});
  }
  all.push_back({one + "present.mean", MetricUnit::ratio, "jobs there, on average over time"});
  all.push_back({one + "waiting.mean", MetricUnit::ratio, "jobs that wait, on average over time"});
  return all;
}

// "stations[].wait.mean" of "stations[till].wait.mean".
std::string of_any_station(std::string_view name) {
  constexpr std::string_view kBegin = "stations[";
  const std::size_t close = name.find(']');
  if (!name.starts_with(kBegin) || close == std::string_view::npos || close == kBegin.size()) {
    return std::string(name);
  }
  return std::string(kBegin) + std::string(name.substr(close));
}

}  // namespace

const std::vector<Metric>& network_metrics() {
  static const std::vector<Metric> all = network_rows();
  return all;
}

std::optional<Metric> find_network_metric(std::string_view name) {
  const std::string plain = of_any_station(name);
  const auto found = std::find_if(network_metrics().begin(), network_metrics().end(),
                                  [&](const Metric& metric) { return metric.name == plain; });
  // The row of any station is of none.
  if (found == network_metrics().end() || name.starts_with("stations[]")) return std::nullopt;
  return Metric{std::string(name), found->unit, found->meaning};
}

}  // namespace double11::scenario
