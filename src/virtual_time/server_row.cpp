#include "virtual_time/server_row.hpp"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace double11::virtual_time {

ServerRow::ServerRow(std::int64_t servers) : servers_(static_cast<std::size_t>(servers)) {
  assign({});
}

void ServerRow::assign(std::span<const std::int64_t> until) {
  const auto end = free_.begin() + static_cast<std::ptrdiff_t>(std::min(servers_, kServersMost));
  std::fill(std::copy(until.begin(), until.end(), free_.begin()), end, 0);
  std::sort(free_.begin(), end);
  std::fill(end, free_.end(), INT64_MAX);
}

#if defined(__x86_64__)

namespace {

constexpr std::size_t kLanes = 8;

// The masks select all lanes: GCC 12 takes what the forms without a mask start from for
// uninitialised (GCC bug 105593).
constexpr __mmask8 kAll = 0xFF;

struct Jobs {
  const std::int64_t* queued;
  const std::int64_t* service;
  std::int64_t* start;
  std::int64_t* until;
  std::int64_t* free;
  std::size_t count;
  std::int64_t latest;
};

[[gnu::target("avx512f")]] inline void store_first(std::int64_t* to, __m512i from) {
  _mm512_mask_storeu_epi64(to, 1, from);
}

template <std::size_t kVectors>
[[gnu::target("avx512f")]] void serve_row(std::int64_t* row, const Jobs& jobs) {
  const __m512i never = _mm512_set1_epi64(INT64_MAX);
  const __m512i second = _mm512_set1_epi64(1);
  const __m512i latest = _mm512_set1_epi64(jobs.latest);
  __m512i free[kVectors];
  for (std::size_t k = 0; k < kVectors; ++k) free[k] = _mm512_load_si512(row + k * kLanes);
  __m512i first = _mm512_set1_epi64(row[0]);
  for (std::size_t i = 0; i < jobs.count; ++i) {
    const __m512i start = _mm512_maskz_max_epi64(kAll, _mm512_set1_epi64(jobs.queued[i]), first);
    const __m512i until = _mm512_maskz_min_epi64(
        kAll, _mm512_add_epi64(start, _mm512_set1_epi64(jobs.service[i])), latest);
    // The new first is the second or the new one. Said apart from the others, as the next job waits
    // for it.
    first =
        _mm512_maskz_min_epi64(kAll, _mm512_maskz_permutexvar_epi64(kAll, second, free[0]), until);
    for (std::size_t k = 0; k < kVectors; ++k) {
      const __m512i above = k + 1 < kVectors ? free[k + 1] : never;
      free[k] = _mm512_maskz_min_epi64(kAll, _mm512_maskz_alignr_epi64(kAll, above, free[k], 1),
                                       _mm512_maskz_max_epi64(kAll, free[k], until));
    }
    store_first(&jobs.start[i], start);
    store_first(&jobs.until[i], until);
    store_first(&jobs.free[i], first);
  }
  for (std::size_t k = 0; k < kVectors; ++k) _mm512_store_si512(row + k * kLanes, free[k]);
}

}  // namespace

bool ServerRow::fits(std::int64_t servers) {
  static const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0;
  return has_avx512 && servers <= static_cast<std::int64_t>(kServersMost);
}

void ServerRow::serve(std::span<const std::int64_t> queued, std::span<const std::int64_t> service,
                      std::span<std::int64_t> start, std::span<std::int64_t> until,
                      std::span<std::int64_t> free, std::int64_t latest) {
  const Jobs jobs{queued.data(), service.data(), start.data(), until.data(),
                  free.data(),   queued.size(),  latest};
  if (servers_ <= kLanes) {
    serve_row<1>(free_.data(), jobs);
  } else if (servers_ <= 2 * kLanes) {
    serve_row<2>(free_.data(), jobs);
  } else if (servers_ <= 4 * kLanes) {
    serve_row<4>(free_.data(), jobs);
  } else {
    serve_row<8>(free_.data(), jobs);
  }
}

#else

bool ServerRow::fits(std::int64_t) {
  return false;
}

void ServerRow::serve(std::span<const std::int64_t>, std::span<const std::int64_t>,
                      std::span<std::int64_t>, std::span<std::int64_t>, std::span<std::int64_t>,
                      std::int64_t) {}

#endif

}  // namespace double11::virtual_time
