#pragma once
// Loops that the compiler may turn into vectors as wide as this CPU has.

namespace double11 {

/// Whether this CPU has the vectors that wide_loop() means.
bool has_wide_vectors();

namespace detail {
#if defined(__x86_64__)
template <typename Loop>
[[gnu::target("avx512f,avx512dq,avx512vl,avx512bw"), gnu::noinline]] void run_wide(
    const Loop& loop) {
  loop();
}
#endif
}  // namespace detail

/// Calls `loop`, compiled once for every CPU and once for one with AVX-512. It has to be a lambda
/// with the attribute always_inline, or the second would be the first. Integers give the same
/// result either way.
template <typename Loop>
void wide_loop(const Loop& loop) {
#if defined(__x86_64__)
  if (has_wide_vectors()) {
    detail::run_wide(loop);
    return;
  }
#endif
  loop();
}

}  // namespace double11
