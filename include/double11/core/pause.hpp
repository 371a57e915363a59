#pragma once
// A short pause of this thread, tens of nanoseconds, that leaves the core to its sibling thread.

#include <thread>

namespace double11 {

/// Any thread. On CPUs without such an instruction the thread yields.
inline void pause_cpu() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

}  // namespace double11
