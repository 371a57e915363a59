// Measured durations come as often as they were measured.
#include <double11/core/random.hpp>
#include <double11/stages/empirical_law.hpp>

#include <cmath>
#include <map>

#include "catch.hpp"

namespace double11::stages {
namespace {

TEST_CASE("EmpiricalLaw: values by their weights and nothing else") {
  const EmpiricalLaw law(
      {{Duration(100), 1}, {Duration(7), 5}, {Duration(50), 0}, {Duration(9), 4}});
  CHECK(law.mean() == Approx((100 + 35 + 36) / 10.0));
  std::map<std::int64_t, double> seen;
  constexpr double kDraws = 200'000;
  for (std::uint64_t i = 0; i < 200'000; ++i)
    ++seen[law(random_block(3, Purpose::payment, i).wide(0))];
  REQUIRE(seen.size() == 3);
  for (const auto& [value, share] : {std::pair{100, 0.1}, {7, 0.5}, {9, 0.4}}) {
    INFO("value " << value);
    CHECK(std::abs(seen[value] - kDraws * share) / std::sqrt(kDraws * share * (1 - share)) < 3.89);
  }
}

}  // namespace
}  // namespace double11::stages
