#include "core/philox_avx2.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace double11 {

#if defined(__x86_64__)

namespace {

// Constants of Philox4x32 (Salmon et al. 2011, table 2): two multipliers, and by what the two
// halves of the key grow from round to round.
constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

constexpr std::size_t kBlocksPerStep = 8;

// Four blocks, transposed: word i of block j is in the low half of lane j of word[i]; what the
// high halves hold does not matter, because the multiplication reads low halves only.
struct Four {
  __m256i word[4];
};

[[gnu::target("avx2")]] inline Four load(const RandomBlock* from) {
  const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 2));
  const __m256i low = _mm256_unpacklo_epi64(first, second);
  const __m256i high = _mm256_unpackhi_epi64(first, second);
  return {{low, _mm256_srli_epi64(low, 32), high, _mm256_srli_epi64(high, 32)}};
}

[[gnu::target("avx2")]] inline void store(const Four& four, RandomBlock* to) {
  // Words 0 and 1, and words 2 and 3, side by side again.
  const __m256i low =
      _mm256_blend_epi32(four.word[0], _mm256_slli_epi64(four.word[1], 32), 0b10101010);
  const __m256i high =
      _mm256_blend_epi32(four.word[2], _mm256_slli_epi64(four.word[3], 32), 0b10101010);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm256_unpacklo_epi64(low, high));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 2), _mm256_unpackhi_epi64(low, high));
}

[[gnu::target("avx2")]] inline void round(Four& four, __m256i key0, __m256i key1) {
  const __m256i product0 = _mm256_mul_epu32(four.word[0], _mm256_set1_epi64x(kMultiplier0));
  const __m256i product1 = _mm256_mul_epu32(four.word[2], _mm256_set1_epi64x(kMultiplier1));
  const __m256i high0 = _mm256_srli_epi64(product0, 32);
  const __m256i high1 = _mm256_srli_epi64(product1, 32);
  four.word[0] = _mm256_xor_si256(_mm256_xor_si256(high1, four.word[1]), key0);
  four.word[2] = _mm256_xor_si256(_mm256_xor_si256(high0, four.word[3]), key1);
  four.word[1] = product1;
  four.word[3] = product0;
}

[[gnu::target("avx2")]] void randomize_eights(std::uint64_t seed, std::span<RandomBlock> blocks) {
  for (std::size_t at = 0; at < blocks.size(); at += kBlocksPerStep) {
    Four first = load(&blocks[at]);
    Four second = load(&blocks[at + 4]);
    auto key0 = static_cast<std::uint32_t>(seed);
    auto key1 = static_cast<std::uint32_t>(seed >> 32U);
    for (int i = 0; i < kRounds; ++i) {
      const __m256i wide0 = _mm256_set1_epi64x(key0);
      const __m256i wide1 = _mm256_set1_epi64x(key1);
      round(first, wide0, wide1);
      round(second, wide0, wide1);
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    store(first, &blocks[at]);
    store(second, &blocks[at + 4]);
  }
}

}  // namespace

std::size_t randomize_avx2(std::uint64_t seed, std::span<RandomBlock> blocks) {
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (!has_avx2) return 0;
  const std::size_t eights = blocks.size() - blocks.size() % kBlocksPerStep;
  randomize_eights(seed, blocks.first(eights));
  return eights;
}

#else

std::size_t randomize_avx2(std::uint64_t, std::span<RandomBlock>) {
  return 0;
}

#endif

}  // namespace double11
