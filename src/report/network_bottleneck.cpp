// The station of a network that gives way first.
#include <double11/core/units.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// What more servers of a station make smaller.
constexpr std::array<std::string_view, 7> kOfServers{"wait",    "sojourn", "waited",   "waiting",
                                                     "present", "lost",    "abandoned"};

// The station in whose name the first missed threshold asks for less of such; others are about what
// the whole network lets through.
std::optional<std::size_t> asked_about(const scenario::Scenario& scenario,
                                       const virtual_time::NetworkRecord& record) {
  const auto checks = judge(scenario, record).checks;
  const auto missed =
      std::find_if(checks.begin(), checks.end(), [](const Check& check) { return !check.holds; });
  if (missed == checks.end()) return std::nullopt;
  const auto parsed = scenario::parse_threshold(missed->expression);
  const auto& threshold = std::get<scenario::Threshold>(parsed);
  const std::string& metric = threshold.metric.name;
  const std::size_t close = metric.find("].");
  if (close == std::string::npos) return std::nullopt;
  const std::string what = metric.substr(close + 2, metric.find('.', close + 2) - close - 2);
  const bool is_of_servers =
      std::find(kOfServers.begin(), kOfServers.end(), what) != kOfServers.end();
  const bool asks_for_less = threshold.comparison == scenario::Comparison::less ||
                             threshold.comparison == scenario::Comparison::at_most;
  const auto station = scenario::element_of("network." + metric, scenario);
  const bool has_work = station && record.stations[*station].services > 0;
  return is_of_servers && asks_for_less && has_work ? station : std::nullopt;
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
