#pragma once

namespace double11 {

/// Cores that this process may use (its CPU affinity counts), at least 1. Any thread.
unsigned usable_cores();

}  // namespace double11
