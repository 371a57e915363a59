#include <double11/core/alias_table.hpp>
#include <double11/core/random.hpp>

#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11 {
namespace {

std::vector<std::int64_t> picks(const AliasTable& table, std::size_t indices, std::int64_t draws,
                                std::uint64_t seed) {
  std::vector<std::int64_t> counts(indices);
  for (std::int64_t i = 0; i < draws; ++i) {
    const RandomBlock block = random_block(seed, Purpose::line, static_cast<std::uint64_t>(i));
    ++counts.at(table.pick(block.wide(0), block.word[2]));
  }
  return counts;
}

}  // namespace

TEST_CASE("indices come in proportion to their weights") {
  const std::vector<std::vector<double>> cases{
      {1, 1}, {0.6, 0.25, 0.1, 0.05}, {5, 1, 1, 1, 1, 1}, {0.5, 0.3, 0.2}, {100, 200, 300, 400}};
  std::uint64_t seed = 50;
  for (const std::vector<double>& weights : cases) {
    INFO("seed " << ++seed);
    constexpr std::int64_t kDraws = 40'000;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> expected;
    for (const double weight : weights) expected.push_back(weight / sum * kDraws);
    const auto counts = picks(AliasTable(weights), weights.size(), kDraws, seed);
    // With two cells there is one degree of freedom, for which z is the better test.
    const double limit = weights.size() == 2 ? statistics::kZLimit * statistics::kZLimit
                                             : statistics::chi_square_limit(weights.size() - 1);
    CHECK(statistics::chi_square(counts, expected) < limit);
  }
}

TEST_CASE("random tables of many weights follow them") {
  for (std::uint64_t seed = 60; seed < 64; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::vector<double> weights(100 + random() % 200);
    for (double& weight : weights) weight = 0.2 + static_cast<double>(random() % 1000) / 500;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    constexpr std::int64_t kDraws = 50'000;
    std::vector<double> expected;
    for (const double weight : weights) expected.push_back(weight / sum * kDraws);
    const auto counts = picks(AliasTable(weights), weights.size(), kDraws, seed);
    CHECK(statistics::chi_square(counts, expected) <
          statistics::chi_square_limit(weights.size() - 1));
  }
}

TEST_CASE("an index without weight is never picked") {
  std::mt19937_64 random(65);
  for (const std::vector<double>& weights : std::vector<std::vector<double>>{
           {0, 1}, {1, 0}, {0, 0, 3, 0}, {0.1, 0, 0.2, 0, 0.7}, {0, 0.1, 0.1, 0.1, 0.1, 0.6}}) {
    const AliasTable table(weights);
    const auto columns = static_cast<std::uint64_t>(weights.size());
    for (int i = 0; i < 20'000; ++i) {
      // The lowest and highest choices are where rounding would show.
      const auto choice = i % 3 == 0 ? 0U : i % 3 == 1 ? ~0U : static_cast<std::uint32_t>(random());
      const std::uint32_t index = table.pick(random(), choice);
      REQUIRE(index < columns);
      REQUIRE(weights[index] > 0);
    }
  }
}

TEST_CASE("a table of one index picks it always") {
  const AliasTable table({0.37});
  for (const std::uint64_t column : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    for (const std::uint32_t choice : {0U, ~0U}) CHECK(table.pick(column, choice) == 0);
  }
}

TEST_CASE("the scale of the weights does not matter") {
  const AliasTable small({0.001, 0.002, 0.005});
  const AliasTable large({1e9, 2e9, 5e9});
  CHECK(picks(small, 3, 5'000, 66) == picks(large, 3, 5'000, 66));
}

TEST_CASE("very small weights keep their share") {
  constexpr std::int64_t kDraws = 200'000;
  const auto counts = picks(AliasTable({0.999, 0.001}), 2, kDraws, 67);
  CHECK(std::abs(statistics::z_of_share(counts[1], kDraws, 0.001)) < statistics::kZLimit);
}

}  // namespace double11
