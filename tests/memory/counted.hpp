#pragma once
// Counts what this test program asks of the heap: every operator new of it is replaced.

#include <cstddef>
#include <cstdint>

namespace double11::memory {

/// Calls of operator new so far. Any thread.
std::int64_t allocations();
/// Bytes that are held now, as the allocator rounds them.
std::int64_t bytes_held();
/// The most that was ever held since the last call of restart_peak().
std::int64_t bytes_held_most();
void restart_peak();

}  // namespace double11::memory
