#include <double11/stages/picking_row.hpp>

#include <bit>
#include <utility>

#include "core/wide_loop.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace double11::stages {

void PickingRow::add(PickingClock clock) {
  const std::size_t line = lines_.size();
  lines_.push_back({std::move(clock)});
  if (line % kLanes == 0) free_at_.emplace_back();
  take(line, Instant{});
  if (line == 0) pick_.ns.fill(0);  // where there is no line, two numbers beyond are enough
  if (line < kLanes) last_.ns[line] = -1;
}

void PickingRow::allow(std::size_t line, Instant at, Instant until) {
  const Instant begin = std::max(at, free_at(line));
  lines_[line].finish(begin);
  const PickingClock::Steady& steady = lines_[line].steady;
  const bool is_steady = begin >= steady.from && begin <= steady.until;
  pick_.ns[line] = steady.pick.count();
  first_.ns[line] = nanoseconds_of(begin);
  last_.ns[line] = is_steady ? nanoseconds_of(std::min(until - steady.pick, steady.until)) : -1;
}

bool PickingRow::has_lanes() const {
  return free_at_.size() == 1 && has_wide_vectors();
}

#if defined(__x86_64__)

// Forms with a mask, as in core/philox_wide.cpp.
[[gnu::target("avx512f,avx512dq,avx512vl,avx512bw")]] PickingRow::Taken PickingRow::take_earliest(
    Instant at, const Lanes& opens, const Lanes& ways) {
  constexpr __mmask8 kAll = 0xFF;
  const __m512i free_at = _mm512_load_si512(free_at_.data());
  const __m512i begins =
      _mm512_maskz_max_epi64(kAll, free_at, _mm512_set1_epi64(nanoseconds_of(at)));
  const unsigned early = _mm512_cmplt_epi64_mask(begins, _mm512_load_si512(&first_));
  const unsigned late = _mm512_cmpgt_epi64_mask(begins, _mm512_load_si512(&last_));
  if ((early | late) != 0) return {false, 0, 0};
  const __m512i picked = _mm512_maskz_add_epi64(kAll, begins, _mm512_load_si512(&pick_));
  const __m512i leaves = _mm512_maskz_max_epi64(kAll, picked, _mm512_load_si512(&opens));
  const __m512i etas = _mm512_maskz_add_epi64(kAll, leaves, _mm512_load_si512(&ways));
  const __m256i four = _mm256_maskz_min_epi64(kAll, _mm512_maskz_extracti64x4_epi64(kAll, etas, 0),
                                              _mm512_maskz_extracti64x4_epi64(kAll, etas, 1));
  const __m128i two = _mm_maskz_min_epi64(kAll, _mm256_maskz_extracti64x2_epi64(kAll, four, 0),
                                          _mm256_maskz_extracti64x2_epi64(kAll, four, 1));
  const __m128i least = _mm_maskz_min_epi64(kAll, two, _mm_unpackhi_epi64(two, two));
  const unsigned equal = _mm512_cmpeq_epi64_mask(etas, _mm512_maskz_broadcastq_epi64(kAll, least));
  const auto first = static_cast<__mmask8>(equal & (0U - equal));
  // The whole vector is written, or the next parcel would wait until it could be read as one.
  _mm512_store_si512(free_at_.data(), _mm512_mask_mov_epi64(free_at, first, picked));
  return {true, static_cast<std::size_t>(std::countr_zero(equal)), _mm_cvtsi128_si64(least)};
}

#else

PickingRow::Taken PickingRow::take_earliest(Instant, const Lanes&, const Lanes&) {
  return {false, 0, 0};
}

#endif

}  // namespace double11::stages
