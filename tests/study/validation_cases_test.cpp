#include <double11/study/validation_cases.hpp>

#include <cmath>
#include <set>

#include "catch.hpp"

namespace double11::study {

TEST_CASE("validation cases have names of their own and something to expect") {
  std::set<std::string> names;
  for (const ValidationCase& one : validation_cases()) {
    CAPTURE(one.name);
    CHECK(names.insert(one.name).second);
    CHECK_FALSE(one.family.empty());
    CHECK_FALSE(one.expectations.empty());
    for (const Expectation& expectation : one.expectations) {
      CAPTURE(expectation.metric);
      CHECK(std::isfinite(expectation.value));
      CHECK(expectation.value > 0);
      CHECK(expectation.tolerance >= 0);
    }
  }
  CHECK(names.size() >= 70);
}

TEST_CASE("all validation cases together run in minutes") {
  // Each visit is an arrival and a departure.
  double jobs = 0;
  for (const ValidationCase& one : validation_cases()) {
    CAPTURE(one.name);
    CHECK(one.jobs < 5e7);
    jobs += one.jobs;
  }
  CHECK(2 * jobs < 1.3e9);  // under five minutes at five million events per second
}

}  // namespace double11::study
