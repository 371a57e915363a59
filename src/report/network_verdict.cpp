#include <double11/core/ensure.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/threshold.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "report/figures.hpp"
#include "report/network_laws.hpp"
#include "report/network_servers.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;
using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using virtual_time::Times;

double statistic(const Times& times, std::string_view name) {
  if (name == "mean") return times.moments.mean_ns();
  if (name == "max") return static_cast<double>(times.histogram.max());
  const double share = name == "p50" ? 0.50 : name == "p90" ? 0.90 : name == "p99" ? 0.99 : 0.999;
  return static_cast<double>(times.histogram.quantile(share));
}

double share_of(std::int64_t part, std::int64_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

double busy_share(const Scenario& scenario, const NetworkRecord& record, std::size_t station) {
  const double servers = servers_of(scenario.network.stations[station], scenario.network,
                                    static_cast<double>(record.warm_up.count()),
                                    static_cast<double>(record.end.count()));
  return ratio(record.mean_of(record.stations[station].busy_ns), servers);
}

double of_station(std::string_view what, const Scenario& scenario, const NetworkRecord& record,
                  std::size_t i) {
  const StationRecord& station = record.stations[i];
  const std::string_view first = what.substr(0, what.find('.'));
  const std::string_view rest = what.substr(first.size() + 1);
  if (first == "wait") return statistic(station.wait_all, rest);
  if (first == "sojourn") return statistic(station.sojourn, rest);
  if (first == "waited") return share_of(station.waited, station.services);
  if (first == "lost") return share_of(station.lost(), station.arrivals);
  if (first == "abandoned") return share_of(station.abandoned, station.arrivals);
  if (first == "busy") return busy_share(scenario, record, i);
  if (first == "present") return record.mean_of(station.present_ns);
  if (first == "waiting") return record.mean_of(station.waiting_ns);
  ensure(first == "throughput", "a metric of a station is unknown; see network_metrics.cpp");
  return static_cast<double>(station.completions) / record.observed_s();
}

// Nothing of a threshold of sales.
std::optional<Check> check(const std::string& expression, const Scenario& scenario,
                           const NetworkRecord& record) {
  const auto parsed = scenario::parse_threshold(expression);
  const auto* const threshold = std::get_if<scenario::Threshold>(&parsed);
  ensure(threshold != nullptr, "thresholds are checked when a scenario is loaded");
  if (!is_judged(scenario, *threshold)) return std::nullopt;
  const double value = value_of(threshold->metric, scenario, record);
  return Check{threshold->text, text_of(threshold->metric.unit, value), value,
               holds(*threshold, value)};
}

}  // namespace

Ended ended_of(const NetworkRecord& record) {
  std::int64_t lost = 0;
  std::int64_t abandoned = 0;
  for (const StationRecord& station : record.stations) {
    lost += station.lost();
    abandoned += station.abandoned;
  }
  const std::int64_t all = record.completions + lost + abandoned;
  return {share_of(record.completions, all), share_of(lost, all), share_of(abandoned, all)};
}

Busiest busiest_of(const Scenario& scenario, const NetworkRecord& record) {
  Busiest busiest;
  for (std::size_t i = 0; i < record.stations.size(); ++i) {
    const double share = busy_share(scenario, record, i);
    if (i == 0 || share > busiest.share) busiest = {i, share};
  }
  return busiest;
}

double value_of(const scenario::Metric& metric, const Scenario& scenario,
                const NetworkRecord& record) {
  const std::string_view name = metric.name;
  if (const std::size_t close = name.find(']'); close != std::string_view::npos) {
    const auto station = scenario::element_of("network." + metric.name, scenario);
    ensure(station.has_value(), "stations of metrics are checked before they are measured");
    return of_station(name.substr(close + 2), scenario, record, *station);
  }
  const std::string_view first = name.substr(0, name.find('.'));
  if (first == "throughput") return static_cast<double>(record.completions) / record.observed_s();
  if (first == "sojourn") return statistic(record.sojourn, name.substr(first.size() + 1));
  if (first == "busy") return busiest_of(scenario, record).share;
  const Ended ended = ended_of(record);
  if (first == "lost") return ended.lost;
  if (first == "abandoned") return ended.abandoned;
  ensure(first == "completed", "a metric of networks is unknown; see network_metrics.cpp");
  return ended.completed;
}

Verdict judge(const Scenario& scenario, const NetworkRecord& record) {
  Verdict verdict;
  if (record.has_figures()) {
    for (const std::string& threshold : scenario.thresholds) {
      if (auto one = check(threshold, scenario, record)) verdict.checks.push_back(*std::move(one));
    }
    // The sojourn of nobody is short.
    if (!verdict.checks.empty() && record.completions == 0) {
      verdict.doubts.emplace_back("no job was completed after the warm-up");
    }
  }
  verdict.status = status_of(verdict, laws_of(record).hold(), record.stopped);
  return verdict;
}

}  // namespace double11::report
