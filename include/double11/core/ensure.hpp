#pragma once
// Programmer errors. `ensure` stays on in every build: a broken invariant stops the program with
// the sentence that says what to mend. User errors (files, options) never come here; they are
// returned as scenario::Problem values.

#include <source_location>

namespace double11 {

/// Prints `sentence` with its place to stderr and aborts. Any thread.
[[noreturn]] void fail_invariant(const char* sentence, const std::source_location& where);

/// Aborts with `sentence` unless `condition` holds. Any thread; costs one predictable branch.
inline void ensure(bool condition, const char* sentence,
                   const std::source_location& where = std::source_location::current()) {
  if (!condition) [[unlikely]] {
    fail_invariant(sentence, where);
  }
}

}  // namespace double11
