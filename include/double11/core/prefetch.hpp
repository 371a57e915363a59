#pragma once
// Bringing memory closer before it is needed. Any address, any thread; nothing is changed. GCC
// takes a function that does nothing but prefetch for one without effect and drops calls of it; the
// empty volatile statements count as an effect and cost no instruction.

namespace double11 {

/// Asks for the cache line at `address`, which will be read soon.
inline void prefetch_to_read(const void* address) {
  __builtin_prefetch(address, 0);
  asm volatile("");
}

/// The same where it will be written.
inline void prefetch_to_write(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("");
}

}  // namespace double11
