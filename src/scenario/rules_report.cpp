// Rules of `published` and `report`.
#include <double11/scenario/faults.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/network_metrics.hpp>
#include <double11/scenario/published.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

void check_points(const Scenario& scenario, const Complain& complain) {
  for (std::size_t i = 0; i < scenario.published.size(); ++i) {
    const std::string point = fmt::format("published[{}]", i);
    const auto parsed = parse_published(scenario.published[i]);
    if (const auto* const mistake = std::get_if<PublishedMistake>(&parsed)) {
      complain(fmt::format("{}.{}", point, mistake->key), mistake->message, {point});
    }
  }
}

// What the metrics whose names begin so need in order to be measured.
struct Needed {
  std::string_view begins;
  bool (*is_there)(const Scenario&);
  std::string_view what;
  std::vector<std::string> keys;
};

template <bool overseas>
bool has_region(const Scenario& scenario) {
  const auto& regions = scenario.traffic.regions;
  return std::any_of(regions.begin(), regions.end(),
                     [](const Region& region) { return region.overseas == overseas; });
}

// One that begins after the last arrival may find nothing to strike.
bool has_judged_fault(const Scenario& scenario) {
  return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                     [&](const Fault& fault) { return fault.at < scenario.duration; });
}

const std::vector<Needed>& needs() {
  constexpr std::string_view kDays =
      "it is measured where logistics has shifts, carriers, positions (speed_km_per_h), costs, "
      "stock, shipping ahead or faults";
  const std::vector<std::string> logistics{"logistics", "faults"};
  static const std::vector<Needed> all{
      {"fairness.",
       [](const Scenario& s) { return s.report.fairness == Switch::on; },
       "it is measured with report.fairness \"on\"",
       {"report.fairness"}},
      {"published.",
       [](const Scenario& s) { return !s.published.empty(); },
       "needs a point in published",
       {"published"}},
      {"clients.",
       [](const Scenario& s) { return has_door(s); },
       "it is measured with traffic.retry, traffic.double_clicks or a limit, filter, waiting room "
       "or control of admission",
       {"traffic.retry", "traffic.double_clicks", "admission"}},
      {"faults.",
       has_judged_fault,
       "needs an element in faults that begins before the duration is over",
       {"faults", "duration"}},
      {"logistics.", [](const Scenario& s) { return !is_plain_logistics(s); }, kDays, logistics},
      {"backlog.", [](const Scenario& s) { return !is_plain_logistics(s); }, kDays, logistics},
      {"promise.overseas",
       has_region<true>,
       "needs one of traffic.regions with overseas \"yes\"",
       {"traffic.regions"}},
      {"first_parcel.overseas",
       has_region<true>,
       "needs one of traffic.regions with overseas \"yes\"",
       {"traffic.regions"}},
      {"promise.domestic",
       has_region<false>,
       "needs one of traffic.regions with overseas \"no\"",
       {"traffic.regions"}},
      {"first_parcel.domestic",
       has_region<false>,
       "needs one of traffic.regions with overseas \"no\"",
       {"traffic.regions"}}};
  return all;
}

// What is wrong with a metric of networks in this scenario; empty: nothing.
std::string misplaced(const Scenario& scenario, const std::string& metric) {
  if (!find_network_metric(metric)) return {};
  if (!is_network(scenario)) return "it is measured in networks of queues (network.stations)";
  if (element_of("network." + metric, scenario)) return {};
  std::string names;
  for (const NetworkStation& station : scenario.network.stations) {
    names += (names.empty() ? "" : ", ") + station.name;
  }
  return "there is no such station; allowed: " + names;
}

// A threshold on what is not measured would hold, or not, whatever happens.
void check_measured(const Scenario& scenario, const Complain& complain) {
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    const auto parsed = parse_threshold(scenario.thresholds[i]);
    const auto* const threshold = std::get_if<Threshold>(&parsed);
    if (threshold == nullptr) continue;
    const std::string& metric = threshold->metric.name;
    if (const std::string wrong = misplaced(scenario, metric); !wrong.empty()) {
      complain(fmt::format("thresholds[{}]", i), fmt::format("found {}; {}", metric, wrong),
               {"network"});
      continue;
    }
    for (const Needed& needed : needs()) {
      if (metric.rfind(needed.begins, 0) != 0 || needed.is_there(scenario)) continue;
      complain(fmt::format("thresholds[{}]", i), fmt::format("found {}; {}", metric, needed.what),
               needed.keys);
    }
  }
}

}  // namespace

void check_report(const Scenario& scenario, const Complain& complain) {
  check_points(scenario, complain);
  check_measured(scenario, complain);
}

}  // namespace double11::scenario
