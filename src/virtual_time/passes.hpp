#pragma once
// A group of services at one station, by field, so that each statistic is a loop over a few arrays.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::virtual_time {

/// Small, so that the arrays stay in the first cache and sums over a group fit 64 bits.
inline constexpr std::size_t kGroup = 256;

using Instants = std::array<std::int64_t, kGroup>;

/// Services whose fields are kept elsewhere.
struct Passes {
  std::int64_t earliest_ns = 0;  ///< at most the least of all instants of services
  std::int64_t latest_ns = 0;    ///< at least the greatest
  std::span<const std::uint64_t> job;
  std::span<const std::int64_t> born_ns;     ///< arrival at the network
  std::span<const std::int64_t> began_ns;    ///< arrival at the station
  std::span<const std::int64_t> queued_ns;   ///< the same, or begin of this repeat; in order
  std::span<const std::int64_t> service_ns;  ///< length
  std::span<const std::int64_t> start_ns;
  std::span<const std::int64_t> until_ns;  ///< its end, at most just beyond the simulation's
  std::span<const std::int64_t> free_ns;   ///< when, once it has begun, the first server is free

  [[nodiscard]] std::size_t size() const { return job.size(); }
};

/// At most kGroup services that are kept here.
struct PassArrays {
  std::size_t size = 0;
  std::array<std::uint64_t, kGroup> job;
  Instants born_ns;
  Instants began_ns;
  Instants queued_ns;
  Instants service_ns;
  Instants start_ns;
  Instants until_ns;
  Instants free_ns;

  /// Adds number `i` of `from`, but for the fields of the queue, when `wanted`. Writes it in any
  /// case, which is quicker than asking first.
  void copy_if(bool wanted, const Passes& from, std::size_t i) {
    job[size] = from.job[i];
    born_ns[size] = from.born_ns[i];
    began_ns[size] = from.began_ns[i];
    service_ns[size] = from.service_ns[i];
    start_ns[size] = from.start_ns[i];
    until_ns[size] = from.until_ns[i];
    size += wanted ? 1U : 0U;
  }

  [[nodiscard]] Passes all(std::int64_t earliest_ns, std::int64_t latest_ns) const {
    const auto used = [this](const Instants& field) { return std::span(field).first(size); };
    return {earliest_ns,    latest_ns,       std::span(job).first(size), used(born_ns),
            used(began_ns), used(queued_ns), used(service_ns),           used(start_ns),
            used(until_ns), used(free_ns)};
  }
};

}  // namespace double11::virtual_time
