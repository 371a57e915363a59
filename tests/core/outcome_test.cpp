#include <double11/core/outcome.hpp>

#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"

namespace double11 {

TEST_CASE("outcomes, funnel steps and stages have the words of the docs, in order") {
  const std::string_view outcomes[] = {"dispatched", "sold_out",  "declined",
                                       "expired",    "refunded",  "throttled",
                                       "shed",       "duplicate", "abandoned"};
  const std::string_view funnel[] = {"offered", "admitted", "reserved", "paid", "dispatched"};
  const std::string_view stages[] = {"admission", "inventory", "payment", "logistics"};
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    CHECK(name_of(kAllOutcomes[i]) == outcomes[i]);
    CHECK(index_of(kAllOutcomes[i]) == i);
  }
  for (std::size_t i = 0; i < kFunnelSteps; ++i) {
    CHECK(name_of(kFunnel[i]) == funnel[i]);
    CHECK(index_of(kFunnel[i]) == i);
  }
  for (std::size_t i = 0; i < kStages; ++i) {
    CHECK(name_of(kAllStages[i]) == stages[i]);
    CHECK(index_of(kAllStages[i]) == i);
  }
}

TEST_CASE("every outcome explains itself in a line of its own") {
  std::set<std::string> seen;
  for (const Outcome outcome : kAllOutcomes) {
    CAPTURE(name_of(outcome));
    const std::string meaning(meaning_of(outcome));
    CHECK_FALSE(meaning.empty());
    CHECK(meaning.find('\n') == std::string::npos);
    CHECK(seen.insert(meaning).second);
  }
}

}  // namespace double11
