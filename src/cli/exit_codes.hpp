#pragma once
// Exit codes of the program; those of a verdict are in report/verdict.hpp.

namespace double11::cli {

inline constexpr int kOk = 0;
inline constexpr int kRuntimeError = 1;
inline constexpr int kUsageError = 2;
/// By Ctrl-C: 128 and the number of the signal, as shells have it.
inline constexpr int kInterrupted = 130;

}  // namespace double11::cli
