#include <double11/core/random.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11 {
namespace {

using Words = std::array<std::uint32_t, 4>;

}  // namespace

// Vectors of Random123's kat_vectors. Counter words 0 and 1 are the index, 2 the round, 3 the
// purpose; the key is the seed, low half first.
TEST_CASE("random_block is Philox4x32-10") {
  CHECK(random_block(0, static_cast<Purpose>(0), 0, 0).word ==
        Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(random_block(~0ULL, static_cast<Purpose>(~0U), ~0ULL, ~0U).word ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(random_block(0x299f31d0a4093822ULL, static_cast<Purpose>(0x03707344U),
                     0x85a308d3243f6a88ULL, 0x13198a2eU)
            .word == Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("randomize gives what random_block gives, for any number of blocks") {
  constexpr std::uint64_t kSeed = 0x299f31d0a4093822ULL;
  for (std::size_t count = 0; count <= 40; ++count) {
    std::vector<RandomBlock> blocks;
    for (std::uint64_t i = 0; i < count; ++i) {
      blocks.push_back(
          counter_block(Purpose::line, i * 0x0123456789abcdefULL, static_cast<std::uint32_t>(i)));
    }
    randomize(kSeed, blocks);
    for (std::uint64_t i = 0; i < count; ++i) {
      INFO(count << " blocks, block " << i);
      REQUIRE(blocks[i].word == random_block(kSeed, Purpose::line, i * 0x0123456789abcdefULL,
                                             static_cast<std::uint32_t>(i))
                                    .word);
    }
  }
}

TEST_CASE("a block depends on seed, purpose, index and round, and on nothing else") {
  const Words block = random_block(11, Purpose::shopper, 7, 3).word;
  CHECK(random_block(11, Purpose::shopper, 7, 3).word == block);
  CHECK(random_block(12, Purpose::shopper, 7, 3).word != block);
  CHECK(random_block(11 + (1ULL << 32U), Purpose::shopper, 7, 3).word != block);
  CHECK(random_block(11, Purpose::line, 7, 3).word != block);
  CHECK(random_block(11, Purpose::shopper, 8, 3).word != block);
  CHECK(random_block(11, Purpose::shopper, 7 + (1ULL << 32U), 3).word != block);
  CHECK(random_block(11, Purpose::shopper, 7, 4).word != block);
  CHECK(random_block(11, Purpose::shopper, 7).word ==
        random_block(11, Purpose::shopper, 7, 0).word);
}

TEST_CASE("purposes keep their numbers, for they are part of every result") {
  CHECK(static_cast<std::uint32_t>(Purpose::arrival_gap) == 1);
  CHECK(static_cast<std::uint32_t>(Purpose::shopper) == 2);
  CHECK(static_cast<std::uint32_t>(Purpose::line) == 3);
  CHECK(static_cast<std::uint32_t>(Purpose::payment) == 4);
}

TEST_CASE("wide joins two words, the first one high") {
  constexpr RandomBlock block{{1, 2, 3, 4}};
  CHECK(block.wide(0) == 0x0000000100000002ULL);
  CHECK(block.wide(1) == 0x0000000300000004ULL);
}

TEST_CASE("below maps the ends of its input to the ends of its output") {
  CHECK(below(std::uint32_t{0}, std::uint32_t{10}) == 0);
  CHECK(below(~std::uint32_t{0}, std::uint32_t{10}) == 9);
  CHECK(below(~std::uint32_t{0}, std::uint32_t{1}) == 0);
  CHECK(below(~std::uint32_t{0}, ~std::uint32_t{0}) == ~std::uint32_t{0} - 1);
  CHECK(below(std::uint64_t{0}, std::uint64_t{10}) == 0);
  CHECK(below(~std::uint64_t{0}, std::uint64_t{10}) == 9);
  CHECK(below(~std::uint64_t{0}, ~std::uint64_t{0}) == ~std::uint64_t{0} - 1);
}

TEST_CASE("below is even over consecutive indices") {
  std::vector<std::int64_t> narrow(37);
  std::vector<std::int64_t> wide(37);
  for (std::uint64_t index = 0; index < 37'000; ++index) {
    const RandomBlock block = random_block(5, Purpose::payment, index);
    ++narrow[below(block.word[3], std::uint32_t{37})];
    ++wide[below(block.wide(0), std::uint64_t{37})];
  }
  CHECK(statistics::chi_square_even(narrow) < statistics::chi_square_limit(36));
  CHECK(statistics::chi_square_even(wide) < statistics::chi_square_limit(36));
}

TEST_CASE("words of one block and of neighbouring blocks are independent") {
  std::vector<std::int64_t> within(64);
  std::vector<std::int64_t> across(64);
  for (std::uint64_t index = 0; index < 40'000; ++index) {
    const RandomBlock block = random_block(6, Purpose::shopper, index);
    const RandomBlock next = random_block(6, Purpose::shopper, index + 1);
    ++within[(block.word[0] >> 29U) * 8 + (block.word[3] >> 29U)];
    ++across[(block.word[1] >> 29U) * 8 + (next.word[1] >> 29U)];
  }
  CHECK(statistics::chi_square_even(within) < statistics::chi_square_limit(63));
  CHECK(statistics::chi_square_even(across) < statistics::chi_square_limit(63));
}

TEST_CASE("threshold_of has never and always at its ends") {
  CHECK(threshold_of(0) == 0);
  CHECK(threshold_of(1) == std::uint64_t{1} << 32U);
  CHECK(threshold_of(0.5) == std::uint64_t{1} << 31U);
  CHECK_FALSE(0 < threshold_of(0));
  CHECK(~std::uint32_t{0} < threshold_of(1));
}

TEST_CASE("a word falls below threshold_of(p) with probability p") {
  for (const double probability : {0.001, 0.03, 0.5, 0.97}) {
    CAPTURE(probability);
    constexpr std::int64_t kTrials = 40'000;
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < kTrials; ++i) {
      const auto index = static_cast<std::uint64_t>(i);
      if (random_block(8, Purpose::payment, index).word[0] < threshold_of(probability)) ++hits;
    }
    CHECK(std::abs(statistics::z_of_share(hits, kTrials, probability)) < statistics::kZLimit);
  }
}

// The first outputs of SplitMix64 started at 0, as the reference implementation prints them.
TEST_CASE("mix is SplitMix64") {
  constexpr std::uint64_t kGamma = 0x9E3779B97F4A7C15ULL;
  CHECK(mix(0) == 0xE220A8397B1DCDAFULL);
  CHECK(mix(kGamma) == 0x6E789E6AA1B965F4ULL);
  CHECK(mix(2 * kGamma) == 0x06C45D188009454FULL);
}

TEST_CASE("mix maps different numbers to different ones and flips half of the bits") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t x = 0; x < 10'000; ++x) seen.insert(mix(x));
  CHECK(seen.size() == 10'000);
  std::mt19937_64 random(9);
  std::int64_t flipped = 0;
  constexpr std::int64_t kPairs = 10'000;
  for (std::int64_t i = 0; i < kPairs; ++i) {
    const std::uint64_t x = random();
    flipped += __builtin_popcountll(mix(x) ^ mix(x ^ (1ULL << (i % 64))));
  }
  CHECK(std::abs(statistics::z_of_share(flipped, 64 * kPairs, 0.5)) < statistics::kZLimit);
}

}  // namespace double11
