#include <double11/measure/client_counts.hpp>

#include "catch.hpp"

namespace double11::measure {

TEST_CASE("client counts add up, each with its own") {
  ClientCounts counts{1, 2, 3, 4, 5, 6, 7};
  counts += {10, 20, 30, 40, 50, 60, 70};
  CHECK(counts.first_clicks == 11);
  CHECK(counts.second_clicks == 22);
  CHECK(counts.retries == 33);
  CHECK(counts.given_up == 44);
  CHECK(counts.answered_late == 55);
  CHECK(counts.served == 66);
  CHECK(counts.goodput == 77);
  CHECK(counts.clicks() == 66);
}

}  // namespace double11::measure
