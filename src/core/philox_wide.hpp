#pragma once
// Philox4x32-10, eight or sixteen blocks at once.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace double11 {

/// Randomizes as many blocks from the front as this CPU can do several at a time; returns how many.
std::size_t randomize_wide(std::uint64_t seed, std::span<RandomBlock> blocks);

}  // namespace double11
