#include <double11/core/ensure.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/published.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "scenario/scaled_number.hpp"

namespace double11::scenario {
namespace {

// The keys whose values grow with the sale.
constexpr std::array<std::string_view, 24> kScaled{
    "target.rate",
    "traffic.scale",
    "catalogue.stock",
    "catalogue.hot.stock",
    "admission.in_flight_limit",
    "admission.queue_limit",
    "admission.waiting_room.rate",
    "admission.waiting_room.limit",
    "admission.rate_limit.rate",
    "admission.rate_limit.burst",
    "traffic.retry.budget.least",
    "payment.servers",
    "payment.queue_limit",
    "payment.calendar[].servers",
    "payment.channels[].servers",
    "payment.channels[].queue_limit",
    "logistics.warehouses[].capacity",
    "logistics.shifts[].people",
    "logistics.shifts[].robots",
    "logistics.carriers[].parcels_per_day",
    "network.stations[].servers",
    "network.stations[].queue_limit",
    "network.calendar[].servers",
    "network.population",
};

// Of the key table.
constexpr double kMostBuyers = 4e9;

std::int64_t scaled_limit(std::int64_t count, double scale, double most) {
  // Nothing stays nothing, and no limit no limit.
  if (count == 0 || static_cast<double>(count) >= most) return count;
  const double wanted = std::round(static_cast<double>(count) * scale);
  return static_cast<std::int64_t>(std::clamp(wanted, 1.0, most));
}

Value scaled_value(const Key& key, const Value& value, double scale) {
  if (const auto* const count = std::get_if<std::int64_t>(&value)) {
    return scaled_limit(*count, scale, key.most);
  }
  return std::min(std::get<double>(value) * scale, key.most);
}

// Elements of the list that a key belongs to; 1 outside lists.
std::size_t elements_of(const Key& key, const Scenario& scenario) {
  const auto brackets = key.path.find("[]");
  if (brackets == std::string::npos) return 1;
  return find_key(key.path.substr(0, brackets))->size(scenario);
}

// A threshold on a rate or a count asks for less of a smaller sale.
std::string scaled_threshold(const std::string& text, double scale) {
  const auto parsed = parse_threshold(text);
  const auto* const threshold = std::get_if<Threshold>(&parsed);
  ensure(threshold != nullptr, "thresholds are checked when a scenario is loaded");
  const std::string comparison = text.substr(0, text.find_last_of("<>=") + 1);
  switch (threshold->metric.unit) {
    case MetricUnit::rate_per_s:
      return fmt::format("{} {}", comparison, text_of_rate(scaled_rate(threshold->value, scale)));
    case MetricUnit::count:
      // Laws stay laws: 0 is 0 at any scale.
      return fmt::format("{} {}", comparison, scaled_count(threshold->value, scale));
    case MetricUnit::share:
    case MetricUnit::duration_ns:
    case MetricUnit::ratio:
      break;
  }
  return text;
}

// Whether it matters who clicks, and not only that somebody does.
bool knows_buyers(const Scenario& scenario) {
  const Admission& admission = scenario.admission;
  return scenario.traffic.bots.share > 0 || admission.buyer_rate.clicks_most > 0 ||
         admission.buyer_units_most > 0 || scenario.report.fairness == Switch::on;
}

// As many orders of each as before; of bots and people there stays one at least.
void scale_buyers(Traffic& traffic, double scale) {
  const bool has_bots = traffic.bots.share > 0;
  traffic.buyers =
      std::max<std::int64_t>(has_bots ? 2 : 1, scaled_limit(traffic.buyers, scale, kMostBuyers));
  if (!has_bots) return;
  traffic.bots.count =
      std::min(scaled_limit(traffic.bots.count, scale, kMostBuyers), traffic.buyers - 1);
}

}  // namespace

Scenario scaled(Scenario scenario) {
  const double scale = scenario.simulate.scale;
  const Duration until = scenario.simulate.until;
  if (until > Duration(0) && !is_network(scenario)) scenario.duration = until;
  scenario.simulate.scale = 1;
  scenario.simulate.applied_scale = scale;
  if (scale == 1) return scenario;
  for (const std::string_view path : kScaled) {
    const Key& key = *find_key(path);
    for (std::size_t i = 0; i < elements_of(key, scenario); ++i) {
      key.set(scenario, i, scaled_value(key, key.get(scenario, i), scale));
    }
  }
  if (!is_network(scenario) && knows_buyers(scenario)) scale_buyers(scenario.traffic, scale);
  for (NetworkStation& station : scenario.network.stations) {
    station.tokens.rate_per_s *= scale;
    station.tokens.burst = scaled_limit(station.tokens.burst, scale, 1e9);
  }
  for (std::string& threshold : scenario.thresholds) {
    threshold = scaled_threshold(threshold, scale);
  }
  for (PublishedPoint& point : scenario.published) point = scaled(point, scale);
  return scenario;
}

}  // namespace double11::scenario
