#pragma once
// Philox4x32-10, eight blocks at once.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace double11 {

/// Randomizes as many blocks from the front as this CPU can do eight at a time; returns how many.
std::size_t randomize_avx2(std::uint64_t seed, std::span<RandomBlock> blocks);

}  // namespace double11
