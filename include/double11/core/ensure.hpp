#pragma once
// Programmer errors. `ensure` stays on in every build: a broken invariant stops the program with
// the sentence that says what to mend. User errors (files, options) never come here; they are
// returned as scenario::Problem values.

namespace double11 {

/// Prints `sentence` with its place to stderr and aborts. Any thread.
[[noreturn]] void fail_invariant(const char* sentence, const char* file, int line);

/// Aborts with `sentence` unless `condition` holds. Any thread; costs one predictable branch.
/// The built-ins stand for std::source_location, which Clang 14 lacks with this standard library.
inline void ensure(bool condition, const char* sentence, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  if (!condition) [[unlikely]] {
    fail_invariant(sentence, file, line);
  }
}

}  // namespace double11
