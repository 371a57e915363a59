// The station of a network that gives way first.
#include <double11/core/units.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/network_servers.hpp"

namespace double11::report {
namespace {

// A station so busy has little room for chance.
constexpr double kBusy = 0.9;

// How --set means this station: by its name where that can stand in a path.
std::string servers_key(std::size_t station, const std::string& name) {
  const bool is_plain =
      name.find_first_of("[]=") == std::string::npos && !scenario::parse_index(name);
  return fmt::format("network.stations[{}].servers", is_plain ? name : std::to_string(station));
}

// The station that the first missed threshold names.
std::optional<std::size_t> asked_about(const scenario::Scenario& scenario,
                                       const virtual_time::NetworkRecord& record) {
  for (const Check& check : judge(scenario, record).checks) {
    if (check.holds) continue;
    const auto parsed = scenario::parse_threshold(check.expression);
    const std::string& metric = std::get<scenario::Threshold>(parsed).metric.name;
    if (metric.find(']') == std::string::npos) return std::nullopt;
    return scenario::element_of("network." + metric, scenario);
  }
  return std::nullopt;
}

}  // namespace

Bottleneck find_bottleneck(const scenario::Scenario& scenario,
                           const virtual_time::NetworkRecord& record) {
  const Busiest busiest = busiest_of(scenario, record);
  const std::size_t blamed = asked_about(scenario, record).value_or(busiest.station);
  const scenario::NetworkStation& station = scenario.network.stations[blamed];
  const virtual_time::StationRecord& measured = record.stations[blamed];
  const double busy = record.mean_of(measured.busy_ns);
  const double servers =
      servers_of(station, scenario.network, static_cast<double>(record.warm_up.count()),
                 static_cast<double>(record.end.count()));
  const double served_per_s = static_cast<double>(measured.services) / record.observed_s();
  const double arrived_per_s = static_cast<double>(measured.arrivals) / record.observed_s();
  // What a service takes of a server's time, by Little's law.
  const double service_s = ratio(busy, served_per_s);
  Bottleneck found;
  found.blamed = station.name;
  found.carries_per_s = ratio(servers, service_s);
  found.reason = fmt::format(
      "the {}, {:.3g} % of its servers' time: {:.4g} servers / {} per service carry "
      "{}, {} came",
      blamed == busiest.station ? "busiest station" : "station of the missed threshold",
      ratio(busy, servers) * 100, servers, short_duration(Duration(std::llround(service_s * 1e9))),
      short_rate(found.carries_per_s), short_rate(arrived_per_s));
  const double load = std::max(busy, arrived_per_s * service_s);
  const auto wanted =
      static_cast<std::int64_t>(std::ceil(load / kBusy / static_cast<double>(station.branches)));
  const std::string key = servers_key(blamed, station.name);
  const auto most = static_cast<std::int64_t>(scenario::find_key(key)->most);
  found.setting = fmt::format("{}={}", key, std::min(std::max(wanted, station.servers + 1), most));
  return found;
}

}  // namespace double11::report
