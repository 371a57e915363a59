#pragma once
// The shipped scenarios, and what makes them small enough for a test.

#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace double11::report {

/// The names of all of them, sorted.
inline std::vector<std::string> shipped_names() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(DOUBLE11_SOURCE_DIR "/scenarios")) {
    if (file.path().extension() == ".json") names.push_back(file.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The scenario with `overrides`; fails the test when it does not load.
inline scenario::Scenario shipped(const std::string& name,
                                  const std::vector<std::string>& overrides = {}) {
  const auto loaded = scenario::load(DOUBLE11_SOURCE_DIR "/scenarios/" + name + ".json", overrides);
  for (const scenario::Problem& problem : loaded.problems) UNSCOPED_INFO(text_of(problem));
  REQUIRE(loaded.scenario.has_value());
  return *loaded.scenario;
}

/// Small enough to simulate: a day becomes a thousandth, and anything else with many orders a
/// tenth, or with very many a hundredth.
inline scenario::Scenario smaller(scenario::Scenario scenario) {
  const bool is_day = scenario.duration > std::chrono::hours(1);
  const traffic::RateCurve curve(scenario.traffic);
  const double orders = curve.expected_until(Instant(scenario.duration));
  scenario.simulate.scale = is_day ? 0.001 : orders < 300'000 ? 1 : orders < 50e6 ? 0.1 : 0.01;
  return scenario::scaled(std::move(scenario));
}

/// The sale until `until`, thinned to some `orders` at most.
inline scenario::Scenario first_part(scenario::Scenario scenario, Duration until, double orders) {
  scenario.simulate.until = std::min(until, scenario.duration);
  const traffic::RateCurve curve(scenario.traffic);
  const double expected = curve.expected_until(Instant(scenario.simulate.until));
  scenario.simulate.scale = std::min(1.0, orders / expected);
  return scenario::scaled(std::move(scenario));
}

}  // namespace double11::report
