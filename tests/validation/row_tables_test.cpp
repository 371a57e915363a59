// The published tables of one hot row (src/study/cases/rows.cpp): PolarDB-X with plain updates and
// with group commit, and the collapse of MySQL, each to the tolerance that the case states.
#include <double11/study/validation.hpp>

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace double11::virtual_time {

TEST_CASE("rows: one model, three published tables") {
  std::vector<study::ValidationCase> cases;
  for (study::ValidationCase& one : study::validation_cases()) {
    if (one.name.rfind("row_", 0) == 0) cases.push_back(std::move(one));
  }
  REQUIRE(cases.size() == 27);
  for (const study::CaseFindings& found : study::validate(cases, 1).cases) {
    INFO(text_of(found));
    CHECK(found.passed());
  }
}

}  // namespace double11::virtual_time
