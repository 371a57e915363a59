#include <double11/core/ensure.hpp>

#include <cstdio>
#include <cstdlib>

namespace double11 {

void fail_invariant(const char* sentence, const std::source_location& where) {
  std::fprintf(stderr, "double11: broken invariant at %s:%u: %s\n", where.file_name(),
               static_cast<unsigned>(where.line()), sentence);
  std::abort();
}

}  // namespace double11
