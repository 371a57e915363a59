#include "report/network_servers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace double11::report {

double servers_of(const scenario::NetworkStation& station, const scenario::Network& network,
                  double from_ns, double to_ns) {
  std::vector<std::pair<double, double>> steps;  // instant, servers from then on
  for (const scenario::CapacityStep& step : network.calendar) {
    if (step.station != station.name) continue;
    steps.emplace_back(static_cast<double>(step.at.count()), static_cast<double>(step.servers));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  double sum = 0;
  double since_ns = from_ns;
  auto servers = static_cast<double>(station.servers);
  for (const auto& [at_ns, then] : steps) {
    const double until_ns = std::clamp(at_ns, since_ns, to_ns);
    sum += servers * (until_ns - since_ns);
    since_ns = until_ns;
    servers = then;
  }
  sum += servers * (to_ns - since_ns);
  return sum / (to_ns - from_ns) * static_cast<double>(station.branches);
}

}  // namespace double11::report
