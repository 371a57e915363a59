#pragma once
// A few servers whose free times stay in registers, in order (Kiefer and Wolfowitz, "On the theory
// of queues with many servers", Trans. AMS 78, 1955: the vector of work loads). A job takes the
// first; the time at which it is done goes into its place among the others by one minimum and one
// maximum for all lanes at once.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

class ServerRow {
 public:
  static constexpr std::size_t kServersMost = 64;

  /// Whether there is a row of that many on this CPU.
  [[nodiscard]] static bool fits(std::int64_t servers);

  /// As many servers as fit, free at 0.
  explicit ServerRow(std::int64_t servers);

  /// Some servers, at most all, are busy until the instants `until`, the others free since 0.
  void assign(std::span<const std::int64_t> until);

  /// When each server is free.
  void free_times(std::vector<std::int64_t>& into) const {
    into.assign(free_.begin(), free_.begin() + static_cast<std::ptrdiff_t>(servers_));
  }

  /// Jobs one after the other, each queued at an instant, in order, for a service of some length.
  /// Tells when each starts, until when it takes, and when the first server is free after that. All
  /// spans are of one length. No end is beyond `latest`, so that endless overload does not
  /// overflow; `latest` and every service are below 2^62.
  void serve(std::span<const std::int64_t> queued, std::span<const std::int64_t> service,
             std::span<std::int64_t> start, std::span<std::int64_t> until,
             std::span<std::int64_t> free, std::int64_t latest);

 private:
  std::size_t servers_;
  alignas(64) std::array<std::int64_t, kServersMost> free_;  // rising; beyond the servers, never
};

}  // namespace double11::virtual_time
