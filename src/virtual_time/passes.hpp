#pragma once
// A group of services at one station, by field, so that each statistic is a loop over a few arrays.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::virtual_time {

/// Even, as a random block serves two; small, so that the arrays stay in the first cache and sums
/// over a group fit 64 bits.
inline constexpr std::size_t kGroup = 256;

using Instants = std::array<std::int64_t, kGroup>;

struct Passes {
  std::size_t size = 0;
  std::int64_t earliest_ns = 0;  ///< at most the least of all instants of services
  std::int64_t latest_ns = 0;    ///< at least the greatest
  std::array<std::uint64_t, kGroup> job;
  Instants born_ns;     ///< arrival at the network
  Instants began_ns;    ///< arrival at the station
  Instants queued_ns;   ///< the same, or begin of this repeat; in order
  Instants service_ns;  ///< length
  Instants start_ns;
  Instants until_ns;  ///< its end, at most just beyond the end of the simulation
  Instants free_ns;   ///< when, once it has begun, the first server is free

  /// Adds number `i` of `from`, but for the fields of the queue.
  void copy(const Passes& from, std::size_t i) {
    job[size] = from.job[i];
    born_ns[size] = from.born_ns[i];
    began_ns[size] = from.began_ns[i];
    service_ns[size] = from.service_ns[i];
    start_ns[size] = from.start_ns[i];
    until_ns[size] = from.until_ns[i];
    ++size;
  }

  /// What is filled of an array.
  template <typename T>
  [[nodiscard]] std::span<const T> filled(const std::array<T, kGroup>& array) const {
    return std::span(array).first(size);
  }
};

}  // namespace double11::virtual_time
