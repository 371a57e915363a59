#include <double11/core/random.hpp>
#include <double11/traffic/zipf.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11::traffic {
namespace {

// Ranks counted in cells: the first `singles` one by one, the others in cells of about equal
// expectation, so that the chi-square is fair however steep the weights are.
struct Observed {
  std::vector<std::int64_t> counts;
  std::vector<double> expected;
};

Observed observe(std::uint32_t ranks, double exponent, std::int64_t draws, std::uint64_t seed) {
  std::vector<double> weights;
  double sum = 0;
  for (std::uint32_t rank = 1; rank <= ranks; ++rank) {
    weights.push_back(std::pow(static_cast<double>(rank), -exponent));
    sum += weights.back();
  }
  Observed observed;
  std::vector<std::size_t> cell_of;
  double open = 0;
  for (const double weight : weights) {
    cell_of.push_back(observed.expected.size());
    open += weight / sum * static_cast<double>(draws);
    if (open < 40) continue;
    observed.expected.push_back(open);
    open = 0;
  }
  if (observed.expected.empty()) observed.expected.push_back(0);
  observed.expected.back() += open;  // what is left joins the cell before it
  observed.counts.resize(observed.expected.size());
  const Zipf zipf(ranks, exponent);
  for (std::int64_t i = 0; i < draws; ++i) {
    const RandomBlock block = random_block(seed, Purpose::line, static_cast<std::uint64_t>(i));
    const std::size_t cell = cell_of.at(zipf.pick(block.wide(0), block.word[3]));
    ++observed.counts[std::min(cell, observed.counts.size() - 1)];
  }
  return observed;
}

}  // namespace

TEST_CASE("ranks have the weight rank^-s, one by one and in the blocks of the tail") {
  std::uint64_t seed = 300;
  for (const std::uint32_t ranks : {40U, 255U, 256U, 257U, 1'000U, 30'000U}) {
    for (const double exponent : {0.0, 0.3, 0.6, 1.0, 1.5}) {
      INFO("seed " << ++seed);
      CAPTURE(ranks, exponent);
      const Observed observed = observe(ranks, exponent, 40'000, seed);
      REQUIRE(observed.counts.size() > 3);
      CHECK(statistics::chi_square(observed.counts, observed.expected) <
            statistics::chi_square_limit(observed.counts.size() - 1));
    }
  }
}

TEST_CASE("the tail of a large catalogue has its share") {
  constexpr std::uint32_t kRanks = 2'000'000;
  constexpr std::int64_t kDraws = 100'000;
  double head = 0;
  double all = 0;
  for (std::uint32_t rank = 1; rank <= kRanks; ++rank) {
    all += std::pow(static_cast<double>(rank), -0.3);
    if (rank == kRanks / 10) head = all;
  }
  const Zipf zipf(kRanks, 0.3);
  std::int64_t in_head = 0;
  for (std::int64_t i = 0; i < kDraws; ++i) {
    const RandomBlock block = random_block(340, Purpose::line, static_cast<std::uint64_t>(i));
    const std::uint32_t rank = zipf.pick(block.wide(0), block.word[3]);
    REQUIRE(rank < kRanks);
    if (rank < kRanks / 10) ++in_head;
  }
  CHECK(std::abs(statistics::z_of_share(in_head, kDraws, head / all)) < statistics::kZLimit);
}

TEST_CASE("a steep exponent leaves almost everything to the first ranks") {
  constexpr std::int64_t kDraws = 50'000;
  const Zipf zipf(100'000, 5);
  std::int64_t first = 0;
  for (std::int64_t i = 0; i < kDraws; ++i) {
    const RandomBlock block = random_block(341, Purpose::line, static_cast<std::uint64_t>(i));
    if (zipf.pick(block.wide(0), block.word[3]) == 0) ++first;
  }
  const double zeta_of_5 = 1.0369277551433699;
  CHECK(std::abs(statistics::z_of_share(first, kDraws, 1 / zeta_of_5)) < statistics::kZLimit);
}

TEST_CASE("neighbours within a block are equally independent of the bits that chose the block") {
  // Exponent 0 makes all ranks alike; the parity of a rank then says nothing about its half.
  const Zipf zipf(4'096, 0);
  std::vector<std::int64_t> cells(32);
  for (std::uint64_t i = 0; i < 60'000; ++i) {
    const RandomBlock block = random_block(342, Purpose::line, i);
    const std::uint32_t rank = zipf.pick(block.wide(0), block.word[3]);
    ++cells[rank / 256 * 2 + rank % 2];
  }
  CHECK(statistics::chi_square_even(cells) < statistics::chi_square_limit(31));
}

TEST_CASE("the smallest and largest random bits give ranks that exist") {
  for (const std::uint32_t ranks : {1U, 2U, 255U, 256U, 257U, 300U, 4'000U, 50'000'000U}) {
    for (const double exponent : {0.0, 0.3, 5.0}) {
      CAPTURE(ranks, exponent);
      const Zipf zipf(ranks, exponent);
      for (const std::uint64_t bits : {0ULL, 1ULL, 1ULL << 63U, ~0ULL}) {
        for (const std::uint32_t choice : {0U, 1U, ~0U}) {
          CHECK(zipf.pick(bits, choice) < ranks);
          CHECK(zipf.pick(bits, choice) == zipf.pick(bits, choice));
        }
      }
    }
  }
}

}  // namespace double11::traffic
