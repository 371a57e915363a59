// Rules of `published` and `report`.
#include <double11/scenario/published.hpp>
#include <double11/scenario/threshold.hpp>

#include <cstddef>
#include <string_view>
#include <variant>

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

// A threshold on what is not measured would hold, or not, whatever happens.
void check_measured(const Scenario& scenario, const Complain& complain) {
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    const auto parsed = parse_threshold(scenario.thresholds[i]);
    const auto* const threshold = std::get_if<Threshold>(&parsed);
    if (threshold == nullptr) continue;
    const std::string_view metric = threshold->metric->name;
    const auto begins = [&](std::string_view group) { return metric.rfind(group, 0) == 0; };
    if (begins("fairness.") && scenario.report.fairness == Switch::off) {
      complain(fmt::format("thresholds[{}]", i),
               fmt::format("found {}; it is measured with report.fairness \"on\"", metric),
               {"report.fairness"});
    }
    if (begins("published.") && scenario.published.empty()) {
      complain(fmt::format("thresholds[{}]", i),
               fmt::format("found {}; needs a point in published", metric), {"published"});
    }
  }
}

}  // namespace

void check_report(const Scenario& scenario, const Complain& complain) {
  check_points(scenario, complain);
  check_measured(scenario, complain);
}

}  // namespace double11::scenario
