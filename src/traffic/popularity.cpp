#include <double11/traffic/popularity.hpp>

#include <algorithm>
#include <bit>

#include "core/wide_loop.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace double11::traffic {

Popularity::Popularity(const scenario::Catalogue& catalogue)
    : hot_below_(threshold_of(catalogue.hot_share)),
      hot_skus_(static_cast<std::uint64_t>(catalogue.hot_skus)),
      // With nothing but hot SKUs the tail is never drawn.
      tail_(static_cast<std::uint32_t>(
                std::max<std::int64_t>(1, catalogue.skus - catalogue.hot_skus)),
            catalogue.popularity_exponent) {}

void Popularity::pick_all(std::span<const RandomBlock> random, std::span<SkuId> skus) const {
  const std::size_t done = has_wide_vectors() ? pick_eights(random, skus) : 0;
  for (std::size_t i = done; i < random.size(); ++i) skus[i] = pick(random[i]);
}

#if defined(__x86_64__)

namespace {

constexpr std::size_t kLanes = 8;

static_assert(sizeof(AliasTable::Column) == 8 && sizeof(Zipf::Block) == 16 &&
                  sizeof(RandomBlock) == 16 && sizeof(SkuId) == 4,
              "they are gathered, loaded and stored as numbers of these sizes");

// Forms with a mask, as in core/quantile_wide.cpp.
constexpr __mmask8 kAll = 0xFF;

[[gnu::target("avx512f,avx512dq")]] inline __m512i eight_of(std::uint64_t value) {
  return _mm512_set1_epi64(static_cast<long long>(value));
}

// below() in each lane, of ends of up to 32 bits.
[[gnu::target("avx512f,avx512dq")]] inline __m512i below_eight(__m512i high, __m512i low,
                                                               __m512i end) {
  const __m512i carried = _mm512_maskz_srli_epi64(kAll, _mm512_maskz_mul_epu32(kAll, low, end), 32);
  return _mm512_maskz_srli_epi64(
      kAll, _mm512_add_epi64(_mm512_maskz_mul_epu32(kAll, high, end), carried), 32);
}

// mix() in each lane.
[[gnu::target("avx512f,avx512dq")]] inline __m512i mix_eight(__m512i x) {
  x = _mm512_add_epi64(x, eight_of(0x9E3779B97F4A7C15ULL));
  x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_maskz_srli_epi64(kAll, x, 30)),
                         eight_of(0xBF58476D1CE4E5B9ULL));
  x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_maskz_srli_epi64(kAll, x, 27)),
                         eight_of(0x94D049BB133111EBULL));
  return _mm512_xor_si512(x, _mm512_maskz_srli_epi64(kAll, x, 31));
}

}  // namespace

// pick(), step by step; see there, and Zipf::pick(). The few that its first try rejects are drawn
// one by one.
[[gnu::target("avx512f,avx512dq")]] std::size_t Popularity::pick_eights(
    std::span<const RandomBlock> random, std::span<SkuId> skus) const {
  const __m512i zero = _mm512_setzero_si512();
  const __m512i even = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
  const __m512i odd = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
  const __m512i low_half = eight_of(0xFFFFFFFF);
  const __m512i hot_below = eight_of(hot_below_);
  const __m512i hot_skus = eight_of(hot_skus_);
  const auto columns = tail_.alias().columns();
  const auto blocks = tail_.blocks();
  const __m512i column_count = eight_of(columns.size());
  const __m512d least_weight = _mm512_set1_pd(tail_.least_weight());
  std::size_t i = 0;
  for (; i + kLanes <= random.size(); i += kLanes) {
    const __m512i first_four = _mm512_loadu_si512(&random[i]);
    const __m512i last_four = _mm512_loadu_si512(&random[i + kLanes / 2]);
    const __m512i words_01 = _mm512_maskz_permutex2var_epi64(kAll, first_four, even, last_four);
    const __m512i words_23 = _mm512_maskz_permutex2var_epi64(kAll, first_four, odd, last_four);
    const __m512i high = _mm512_and_si512(words_01, low_half);
    const __m512i low = _mm512_maskz_srli_epi64(kAll, words_01, 32);
    const __m512i choice = _mm512_maskz_srli_epi64(kAll, words_23, 32);
    const __mmask8 is_hot =
        _mm512_cmplt_epu64_mask(_mm512_and_si512(words_23, low_half), hot_below);
    // The alias method.
    const __m512i drawn = below_eight(high, low, column_count);
    const __m512i column = _mm512_mask_i64gather_epi64(zero, kAll, drawn, columns.data(), 8);
    const __mmask8 keeps = _mm512_cmplt_epu64_mask(choice, _mm512_and_si512(column, low_half));
    const __m512i entry =
        _mm512_mask_mov_epi64(_mm512_maskz_srli_epi64(kAll, column, 32), keeps, drawn);
    // A rank of the block.
    const __m512i block = _mm512_mask_i64gather_epi64(
        zero, kAll, _mm512_maskz_slli_epi64(kAll, entry, 1), blocks.data(), 8);
    const __m512i size = _mm512_maskz_srli_epi64(kAll, block, 32);
    const __m512i bits = _mm512_maskz_rol_epi64(kAll, words_01, 32);
    const __m512i fresh =
        mix_eight(_mm512_xor_si512(bits, _mm512_maskz_slli_epi64(kAll, choice, 17)));
    const __m512i offset =
        _mm512_maskz_srli_epi64(kAll, _mm512_maskz_mul_epu32(kAll, fresh, size), 32);
    const __m512d level = _mm512_maskz_mul_pd(
        kAll, _mm512_maskz_cvtepu64_pd(kAll, _mm512_maskz_srli_epi64(kAll, fresh, 32)),
        _mm512_set1_pd(1.0 / 4294967296.0));
    const __mmask8 is_single = _mm512_cmpeq_epi64_mask(size, eight_of(1));
    const __mmask8 is_accepted = _mm512_cmp_pd_mask(level, least_weight, _CMP_LT_OQ);
    const __m512i rank =
        _mm512_add_epi64(hot_skus, _mm512_add_epi64(_mm512_and_si512(block, low_half), offset));
    const __m512i sku = _mm512_mask_mov_epi64(rank, is_hot, below_eight(high, low, hot_skus));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&skus[i]),
                        _mm512_maskz_cvtepi64_epi32(kAll, sku));
    unsigned rejected = ~(unsigned{is_hot} | is_single | is_accepted) & kAll;
    for (; rejected != 0; rejected &= rejected - 1) {
      const auto lane = i + static_cast<std::size_t>(std::countr_zero(rejected));
      skus[lane] = pick(random[lane]);
    }
  }
  return i;
}

#else

std::size_t Popularity::pick_eights(std::span<const RandomBlock>, std::span<SkuId>) const {
  return 0;
}

#endif

}  // namespace double11::traffic
