// Two results of networks of queues, figure by figure: what their replications say.
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "report/compare_parts.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::MetricUnit;

bool ends_with(const std::string& name, std::string_view what) {
  return name.size() >= what.size() &&
         name.compare(name.size() - what.size(), what.size(), what) == 0;
}

// By the last words of its name, as network_result.cpp gives them; the first are a station's.
std::pair<MetricUnit, Good> kind_of(const std::string& name) {
  if (name == "throughput_per_s") return {MetricUnit::rate_per_s, Good::high};
  if (ends_with(name, ".share")) return {MetricUnit::share, Good::low};
  if (ends_with(name, "present.mean")) return {MetricUnit::ratio, Good::low};
  if (ends_with(name, "busy.mean")) return {MetricUnit::ratio, Good::neither};
  return {MetricUnit::duration_ns, Good::low};
}

double half_width(const Json& figure) {
  const Json& width = figure.at("half_width_95");
  if (!width.is_null()) return width.get<double>();
  throw NoResult(
      "has one replication of a network, which says nothing of chance; needs at least 2 "
      "(simulate --replications)");
}

}  // namespace

std::vector<Difference> differences_of_networks(const Json& before, const Json& after,
                                                double threshold) {
  Differences differences(threshold);
  for (const auto& [name, figure] : before.at("figures").items()) {
    const auto other = after.at("figures").find(name);
    // Another network may have other stations.
    if (other == after.at("figures").end()) continue;
    const auto [unit, good] = kind_of(name);
    differences.add(name, unit, good, figure.at("mean").get<double>(),
                    other->at("mean").get<double>(),
                    std::hypot(half_width(figure), half_width(*other)));
  }
  return differences.take();
}

}  // namespace double11::report
