#pragma once
// Exit codes of the program, all in one place but for a verdict's own: report::exit_code_of().

namespace double11::cli {

inline constexpr int kOk = 0;
inline constexpr int kRuntimeError = 1;
inline constexpr int kUsageError = 2;
/// A verdict's code, too: a law of the audit was broken in one of many runs.
inline constexpr int kViolated = 4;
/// The simulator and theory, as the code of a broken law: the program is wrong.
inline constexpr int kDisagrees = 4;
/// A comparison found something that became worse.
inline constexpr int kRegressed = 6;
/// By Ctrl-C: 128 and the number of the signal, as shells have it.
inline constexpr int kInterrupted = 130;

}  // namespace double11::cli
