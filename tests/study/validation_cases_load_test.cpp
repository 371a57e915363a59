#include <double11/scenario/load.hpp>
#include <double11/study/validation_cases.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "catch.hpp"

namespace double11::study {

TEST_CASE("every validation case loads without problems and asks for what it has") {
  for (const ValidationCase& one : validation_cases()) {
    CAPTURE(one.name);
    const scenario::Loaded loaded = scenario::parse(one.scenario, one.name);
    for (const scenario::Problem& problem : loaded.problems) FAIL_CHECK(text_of(problem));
    REQUIRE(loaded.scenario.has_value());
    CHECK(loaded.scenario->name == one.name);
    for (const Expectation& expectation : one.expectations) {
      if (!scenario::is_network(*loaded.scenario)) {
        CHECK((expectation.metric.substr(0, 5) == "sold." ||
               expectation.metric == "reserved.throughput"));
        continue;
      }
      CAPTURE(expectation.metric, expectation.station, expectation.job_class);
      const scenario::Network& network = loaded.scenario->network;
      CHECK(
          (expectation.station.empty() ||
           std::any_of(network.stations.begin(), network.stations.end(),
                       [&](const auto& station) { return station.name == expectation.station; })));
      CHECK((expectation.job_class.empty() ||
             std::any_of(network.classes.begin(), network.classes.end(),
                         [&](const auto& job) { return job.name == expectation.job_class; })));
      if (expectation.metric == "in_system.at") {
        CHECK(std::any_of(network.probes.begin(), network.probes.end(), [&](Duration probe) {
          return probe == std::chrono::nanoseconds(std::llround(expectation.at_s * 1e9));
        }));
      }
    }
  }
}

}  // namespace double11::study
