#pragma once
// A small valid scenario for tests of any area: one second of 2k orders/s in which stock, credits
// and payment are ample, so that whatever a test makes scarce is the only scarce thing.

#include <double11/scenario/load.hpp>

#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::scenario {

/// The text that small_scenario() parses; a starting point for tests of the loader.
inline const std::string& small_scenario_text() {
  static const std::string text = R"({
  "name": "small",
  "duration": "1s",
  "traffic": {
    "curve": [{"at": "0s", "rate": "2k/s"}],
    "buyers": "10k",
    "basket": [0.5, 0.3, 0.2],
    "quantity_max": 2,
    "regions": [
      {"name": "east", "share": 0.5}, {"name": "central", "share": 0.3},
      {"name": "west", "share": 0.2}
    ]
  },
  "catalogue": {
    "skus": 500, "popularity_exponent": 0.6, "stock": 100000,
    "price_min": "10 yuan", "price_max": "200 yuan",
    "hot": {"skus": 5, "share": 0.2, "stock": 1000000}
  },
  "admission": {"in_flight_limit": 20000, "queue_limit": 20000},
  "inventory": {"reservation_ttl": "15min"},
  "payment": {
    "servers": 20000,
    "latency": {"distribution": "lognormal", "p50": "20ms", "p99": "100ms"},
    "decline_probability": "3%",
    "timeout": "30s"
  },
  "logistics": {
    "warehouses": [
      {"name": "east-1", "region": "east", "capacity": "10k/s"},
      {"name": "west-1", "region": "west", "capacity": "10k/s"}
    ]
  }
})";
  return text;
}

/// small_scenario_text() with `overrides` ("payment.servers=10"); fails the test when it does not
/// load.
inline Scenario small_scenario(const std::vector<std::string>& overrides = {}) {
  const Loaded loaded = parse(small_scenario_text(), "small", overrides);
  for (const Problem& problem : loaded.problems) UNSCOPED_INFO(text_of(problem));
  REQUIRE(loaded.scenario.has_value());
  return *loaded.scenario;
}

}  // namespace double11::scenario
