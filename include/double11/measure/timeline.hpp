#pragma once
// How the stages stood while scenario time passed: queues, busy time, payment servers and orders in
// flight, looked at now and then. Looks are no measurement: what comes and goes between two of them
// is not seen.

#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/snapshot.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace double11::measure {

class Timeline {
 public:
  struct Look {
    Instant at;
    std::array<std::int64_t, kStages> queue{};  ///< orders that wait
    std::array<Duration, kStages> busy{};       ///< since the start, all workers; 0 in virtual time
    Duration wall{0};                           ///< since the start
    std::int64_t servers_busy = 0;              ///< of payment
    std::int64_t in_flight = 0;
  };

  /// At most about so many looks are kept of a run.
  static constexpr std::int64_t kMost = 240;

  /// Of a run whose traffic lasts so long (above 0).
  explicit Timeline(Duration duration);

  /// Whether enough time has passed since the last look that was kept.
  [[nodiscard]] bool wants(Instant at) const { return at >= next_; }
  /// Keeps the look if it is wanted. Instants never fall.
  void add(const Look& look);
  void add(const Snapshot& snapshot);

  [[nodiscard]] const std::vector<Look>& looks() const { return looks_; }

 private:
  Duration spacing_;
  Instant next_;
  std::vector<Look> looks_;
};

}  // namespace double11::measure
