#include "core/philox_wide.hpp"

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

// Blocks are transposed: word i of block j is in the low half of lane j of word[i]; what the high
// halves hold does not matter, because the multiplication reads low halves only. Two sets are
// worked on together, as a multiplication takes longer than it takes to start the next one.

// With AVX2.
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
  for (std::size_t at = 0; at < blocks.size(); at += 8) {
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

// With AVX-512, the same in vectors twice as wide, and one instruction for two exclusive ors. The
// masks select all lanes: GCC 12 takes what the forms without a mask start from for uninitialised
// (GCC bug 105593).
constexpr __mmask8 kAll = 0xFF;

struct Eight {
  __m512i word[4];
};

constexpr int kXorOfThree = 0x96;  // truth table of _mm512_ternarylogic

[[gnu::target("avx512f")]] inline Eight load_eight(const RandomBlock* from) {
  const __m512i first = _mm512_loadu_si512(from);
  const __m512i second = _mm512_loadu_si512(from + 4);
  const __m512i low = _mm512_maskz_unpacklo_epi64(kAll, first, second);
  const __m512i high = _mm512_maskz_unpackhi_epi64(kAll, first, second);
  return {
      {low, _mm512_maskz_srli_epi64(kAll, low, 32), high, _mm512_maskz_srli_epi64(kAll, high, 32)}};
}

[[gnu::target("avx512f")]] inline void store(const Eight& eight, RandomBlock* to) {
  constexpr __mmask16 kHighHalves = 0b1010101010101010;
  const __m512i low = _mm512_mask_blend_epi32(kHighHalves, eight.word[0],
                                              _mm512_maskz_slli_epi64(kAll, eight.word[1], 32));
  const __m512i high = _mm512_mask_blend_epi32(kHighHalves, eight.word[2],
                                               _mm512_maskz_slli_epi64(kAll, eight.word[3], 32));
  _mm512_storeu_si512(to, _mm512_maskz_unpacklo_epi64(kAll, low, high));
  _mm512_storeu_si512(to + 4, _mm512_maskz_unpackhi_epi64(kAll, low, high));
}

[[gnu::target("avx512f")]] inline void round(Eight& eight, __m512i key0, __m512i key1) {
  const __m512i product0 =
      _mm512_maskz_mul_epu32(kAll, eight.word[0], _mm512_set1_epi64(kMultiplier0));
  const __m512i product1 =
      _mm512_maskz_mul_epu32(kAll, eight.word[2], _mm512_set1_epi64(kMultiplier1));
  eight.word[0] = _mm512_ternarylogic_epi64(_mm512_maskz_srli_epi64(kAll, product1, 32),
                                            eight.word[1], key0, kXorOfThree);
  eight.word[2] = _mm512_ternarylogic_epi64(_mm512_maskz_srli_epi64(kAll, product0, 32),
                                            eight.word[3], key1, kXorOfThree);
  eight.word[1] = product1;
  eight.word[3] = product0;
}

[[gnu::target("avx512f")]] void randomize_sixteens(std::uint64_t seed,
                                                   std::span<RandomBlock> blocks) {
  for (std::size_t at = 0; at < blocks.size(); at += 16) {
    Eight first = load_eight(&blocks[at]);
    Eight second = load_eight(&blocks[at + 8]);
    auto key0 = static_cast<std::uint32_t>(seed);
    auto key1 = static_cast<std::uint32_t>(seed >> 32U);
    for (int i = 0; i < kRounds; ++i) {
      const __m512i wide0 = _mm512_set1_epi64(key0);
      const __m512i wide1 = _mm512_set1_epi64(key1);
      round(first, wide0, wide1);
      round(second, wide0, wide1);
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    store(first, &blocks[at]);
    store(second, &blocks[at + 8]);
  }
}

}  // namespace

std::size_t randomize_wide(std::uint64_t seed, std::span<RandomBlock> blocks) {
  static const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0;
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  std::size_t done = 0;
  if (has_avx512) {
    done = blocks.size() - blocks.size() % 16;
    randomize_sixteens(seed, blocks.first(done));
  }
  if (has_avx2) {
    const std::size_t eights = (blocks.size() - done) - (blocks.size() - done) % 8;
    randomize_eights(seed, blocks.subspan(done, eights));
    done += eights;
  }
  return done;
}

#else

std::size_t randomize_wide(std::uint64_t, std::span<RandomBlock>) {
  return 0;
}

#endif

}  // namespace double11
