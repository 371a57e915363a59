#include "cli/spread.hpp"

#include "catch.hpp"

namespace double11::cli {

TEST_CASE("spread: ranges overlap only where they have a value in common") {
  const Spread low{2, 1, 3};
  const Spread high{6, 5, 7};
  const Spread wide{4, 2, 6};
  CHECK_FALSE(low.overlaps(high));
  CHECK_FALSE(high.overlaps(low));
  for (const Spread& one : {low, high, wide}) {
    CHECK(one.overlaps(wide));
    CHECK(wide.overlaps(one));
  }
  CHECK(low.overlaps({3, 3, 4}));
}

TEST_CASE("spread: least, median and most of any order") {
  const Spread spread = spread_of({3, 1, 2});
  CHECK(spread.least == 1);
  CHECK(spread.median == 2);
  CHECK(spread.most == 3);
}

}  // namespace double11::cli
