#pragma once
// Draws from a quantile table, eight at once.

#include <cstddef>
#include <cstdint>
#include <span>

namespace double11 {

/// What QuantileTable keeps, by pointer.
struct QuantileEdges {
  const std::int64_t* edges;  ///< of both halves, one after the other
  const std::int64_t* ends;   ///< of both halves
  std::size_t half;           ///< edges of one half
};

/// Draws as many values from the front as this CPU can do eight at a time, none below `least`;
/// returns how many. The same values as one by one.
std::size_t draw_wide(const QuantileEdges& table, std::span<const std::uint64_t> us,
                      std::int64_t least, std::span<std::int64_t> values);

}  // namespace double11
