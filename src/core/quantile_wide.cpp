#include "core/quantile_wide.hpp"

#include <double11/core/quantile_table.hpp>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace double11 {

#if defined(__x86_64__)

namespace {

constexpr std::size_t kLanes = 8;

// The masks select all lanes: GCC 12 takes what the forms without a mask start from for
// uninitialised (GCC bug 105593).
constexpr __mmask8 kAllLanes = 0xFF;

constexpr auto kOctaves = static_cast<long long>(QuantileTable::kOctaves);
constexpr unsigned kCellBits = QuantileTable::kCellBits;

// QuantileTable::at(), step by step; see there.
[[gnu::target("avx512f,avx512cd,avx512dq")]] void draw_eights(const QuantileEdges& table,
                                                              std::span<const std::uint64_t> us,
                                                              std::int64_t least,
                                                              std::span<std::int64_t> values) {
  const __m512i lower_end = _mm512_set1_epi64(table.ends[0]);
  const __m512i upper_end = _mm512_set1_epi64(table.ends[1]);
  const __m512i half = _mm512_set1_epi64(static_cast<long long>(table.half));
  const __m512i bottom = _mm512_set1_epi64(least);
  const __m512i zero = _mm512_setzero_si512();
  for (std::size_t i = 0; i < values.size(); i += kLanes) {
    const __m512i u = _mm512_loadu_si512(&us[i]);
    const __mmask8 upper = _mm512_cmplt_epi64_mask(u, zero);
    const __m512i flipped =
        _mm512_mask_xor_epi64(u, upper, u, _mm512_set1_epi64(-1));  // distance to the nearer end
    const __m512i distance =
        _mm512_or_si512(_mm512_maskz_slli_epi64(kAllLanes, flipped, 1), _mm512_set1_epi64(1));
    const __m512i octave = _mm512_maskz_lzcnt_epi64(kAllLanes, distance);
    const __mmask8 inside = _mm512_cmplt_epi64_mask(octave, _mm512_set1_epi64(kOctaves));
    const __m512i mantissa = _mm512_maskz_sllv_epi64(kAllLanes, distance, octave);
    const __m512i row = _mm512_maskz_slli_epi64(
        kAllLanes, _mm512_sub_epi64(_mm512_set1_epi64(kOctaves - 2), octave), kCellBits);
    const __m512i cell =
        _mm512_add_epi64(row, _mm512_maskz_srli_epi64(kAllLanes, mantissa, 63 - kCellBits));
    const __m512i at = _mm512_mask_add_epi64(cell, upper, cell, half);
    const __m512i from = _mm512_mask_i64gather_epi64(zero, inside, at, table.edges, 8);
    const __m512i to = _mm512_mask_i64gather_epi64(zero, inside, at, table.edges + 1, 8);
    const __m512i fraction = _mm512_maskz_srli_epi64(
        kAllLanes, _mm512_maskz_slli_epi64(kAllLanes, mantissa, kCellBits + 1), 32);
    // The product of a signed number of 64 bits and a fraction of 32, in two parts.
    const __m512i width = _mm512_sub_epi64(to, from);
    const __m512i high =
        _mm512_mullo_epi64(_mm512_maskz_srai_epi64(kAllLanes, width, 32), fraction);
    const __m512i low =
        _mm512_maskz_srli_epi64(kAllLanes, _mm512_maskz_mul_epu32(kAllLanes, width, fraction), 32);
    const __m512i value = _mm512_add_epi64(from, _mm512_add_epi64(high, low));
    const __m512i end = _mm512_mask_blend_epi64(upper, lower_end, upper_end);
    _mm512_storeu_si512(
        &values[i],
        _mm512_maskz_max_epi64(kAllLanes, _mm512_mask_blend_epi64(inside, end, value), bottom));
  }
}

}  // namespace

std::size_t draw_wide(const QuantileEdges& table, std::span<const std::uint64_t> us,
                      std::int64_t least, std::span<std::int64_t> values) {
  static const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0 &&
                                 __builtin_cpu_supports("avx512cd") != 0 &&
                                 __builtin_cpu_supports("avx512dq") != 0;
  if (!has_avx512) return 0;
  const std::size_t eights = values.size() - values.size() % kLanes;
  draw_eights(table, us.first(eights), least, values.first(eights));
  return eights;
}

#else

std::size_t draw_wide(const QuantileEdges&, std::span<const std::uint64_t>, std::int64_t,
                      std::span<std::int64_t>) {
  return 0;
}

#endif

}  // namespace double11
