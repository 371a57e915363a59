// Buyers fall into segments by their shares, always the same way.
#include <double11/scenario/segments.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::scenario {
namespace {

const std::string kThree =
    R"(traffic.segments=[{"name":"a","share":0.2},{"name":"b","share":0},{"name":"c","share":0.8}])";

TEST_CASE("Segments: shares of the buyers are those of the scenario") {
  const Segments segments(small_scenario({kThree}).traffic);
  REQUIRE(segments.size() == 3);
  constexpr double kBuyers = 100'000;
  std::vector<double> count(3);
  for (std::uint32_t buyer = 0; buyer < 100'000; ++buyer) ++count.at(segments.of({buyer}));
  CHECK(count[1] == 0);
  CHECK(std::abs(count[0] - 0.2 * kBuyers) / std::sqrt(kBuyers * 0.2 * 0.8) < 3.89);  // alpha 1e-4
}

TEST_CASE("Segments: one segment holds everybody; a buyer stays in it whatever the seed") {
  const Segments one(small_scenario().traffic);
  const Segments three(small_scenario({kThree}).traffic);
  const Segments reseeded(small_scenario({kThree, "seed=99"}).traffic);
  for (std::uint32_t buyer = 0; buyer < 1000; ++buyer) {
    REQUIRE(one.of({buyer}) == 0);
    REQUIRE(three.of({buyer}) == reseeded.of({buyer}));
  }
  CHECK(one.of({UINT32_MAX}) == 0);
}

}  // namespace
}  // namespace double11::scenario
