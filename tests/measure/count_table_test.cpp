#include <double11/measure/count_table.hpp>

#include <cstdint>
#include <map>
#include <random>

#include "catch.hpp"

namespace double11::measure {

TEST_CASE("count tables agree with maps, alone, merged and thinned out") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    CountTable<std::uint64_t, std::uint32_t> first;
    CountTable<std::uint64_t, std::uint32_t> second;
    std::map<std::uint64_t, std::uint32_t> expected;
    for (int i = 0; i < 5'000; ++i) {
      // Few low keys that come again, 0 among them, and many that differ in high bits only.
      const std::uint64_t key = random() % 2 == 0 ? random() % 100 : (random() % 1'000) << 40U;
      const auto count = static_cast<std::uint32_t>(1 + random() % 3);
      expected[key] += count;
      (random() % 2 == 0 ? first : second).add(key, count);
    }
    first.merge(second);
    REQUIRE(first.size() == expected.size());
    for (const auto& [key, count] : expected) REQUIRE(first.of(key) == count);
    CHECK(first.of(100) == 0);
    std::size_t visited = 0;
    first.for_each([&](std::uint64_t key, std::uint32_t count) {
      REQUIRE(expected.at(key) == count);
      ++visited;
    });
    CHECK(visited == expected.size());

    const auto is_even = [](std::uint64_t key) { return key % 2 == 0; };
    first.keep_if(is_even);
    std::size_t left = 0;
    for (const auto& [key, count] : expected) {
      REQUIRE(first.of(key) == (is_even(key) ? count : 0));
      left += is_even(key) ? 1U : 0U;
    }
    CHECK(first.size() == left);
  }
}

TEST_CASE("an empty count table knows nothing") {
  const CountTable<std::uint32_t, std::uint32_t> table;
  CHECK(table.of(0) == 0);
  CHECK(table.size() == 0);
}

}  // namespace double11::measure
