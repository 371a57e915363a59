#include "core/wide_loop.hpp"

namespace double11 {

bool has_wide_vectors() {
#if defined(__x86_64__)
  static const bool has =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  return has;
#else
  return false;
#endif
}

}  // namespace double11
