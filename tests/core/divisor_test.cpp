#include <double11/core/divisor.hpp>

#include <cstdint>
#include <random>

#include "catch.hpp"

namespace double11 {

TEST_CASE("Divisor: agrees with division at the edges, for every small divisor") {
  for (std::uint32_t divisor = 1; divisor <= 300; ++divisor) {
    const Divisor by(divisor);
    REQUIRE(by.value() == divisor);
    for (const std::uint32_t near : {0U, divisor, 7 * divisor, UINT32_MAX / divisor * divisor}) {
      for (const std::uint32_t n : {near - 1, near, near + 1, UINT32_MAX}) {
        REQUIRE(by.quotient(n) == n / divisor);
        REQUIRE(by.remainder(n) == n % divisor);
      }
    }
  }
}

TEST_CASE("Divisor: agrees with division for random operands") {
  const std::uint32_t seed = 11;
  INFO("seed " << seed);
  std::mt19937 generator(seed);
  const auto random = [&] { return static_cast<std::uint32_t>(generator()); };
  for (int i = 0; i < 100'000; ++i) {
    const std::uint32_t divisor = (random() >> (random() % 32)) | 1U;
    const std::uint32_t n = random() >> (random() % 32);
    REQUIRE(Divisor(divisor).quotient(n) == n / divisor);
    REQUIRE(Divisor(divisor).remainder(n) == n % divisor);
  }
}

}  // namespace double11
