// Two results of networks of queues, figure by figure: what their replications say.
#include <string>
#include <string_view>
#include <utility>

#include "report/compare_parts.hpp"
#include "report/noise.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::MetricUnit;

bool ends_with(const std::string& name, std::string_view what) {
  return name.size() >= what.size() &&
         name.compare(name.size() - what.size(), what.size(), what) == 0;
}

// By the last words of its name, as network_figures.cpp gives them; the first are a station's.
std::pair<MetricUnit, Good> kind_of(const std::string& name) {
  if (name == "throughput_per_s") return {MetricUnit::rate_per_s, Good::high};
  if (ends_with(name, ".share")) return {MetricUnit::share, Good::low};
  if (ends_with(name, "present.mean")) return {MetricUnit::ratio, Good::low};
  if (ends_with(name, "busy.mean")) return {MetricUnit::ratio, Good::neither};
  return {MetricUnit::duration_ns, Good::low};
}

double noise_between(const Json& before, const Json& after) {
  if (const auto noise = noise_of_means(before, after)) return *noise;
  throw NoResult(
      "has one replication of a network, which says nothing of chance; needs at least 2 "
      "(simulate --replications)");
}

}  // namespace

void compare_networks(const Json& before, const Json& after, Differences& differences) {
  const Json& figures = before.at("figures");
  const Json& figures_after = after.at("figures");
  for (const auto& [name, figure] : figures.items()) {
    const auto other = figures_after.find(name);
    if (other == figures_after.end()) {
      differences.leave_out(name, "only in the first");
      continue;
    }
    const auto [unit, good] = kind_of(name);
    differences.add(name, unit, good,
                    {figure.at("mean").get<double>(), other->at("mean").get<double>(),
                     noise_between(figure, *other)});
  }
  for (const auto& [name, figure] : figures_after.items()) {
    if (!figures.contains(name)) differences.leave_out(name, "only in the second");
  }
}

}  // namespace double11::report
