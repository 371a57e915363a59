#include <double11/core/ensure.hpp>

#include <cstdio>
#include <cstdlib>

namespace double11 {

void fail_invariant(const char* sentence, const char* file, int line) {
  std::fprintf(stderr, "double11: broken invariant at %s:%d: %s\n", file, line, sentence);
  std::abort();
}

}  // namespace double11
