#pragma once
// What a run has done so far, for those who look on: totals since the start, copied by each worker
// when somebody asks and added up. Parts of one order's way may be counted by different workers at
// slightly different instants; nothing here is judged, the audit has its own books.

#include <double11/core/money.hpp>
#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/histogram.hpp>

#include <array>
#include <cstdint>

namespace double11::measure {

struct Snapshot {
  Instant scenario_now;  ///< at most the end of the traffic
  Duration wall{0};      ///< since the start
  std::array<std::int64_t, kFunnelSteps> funnel{};
  std::array<std::int64_t, kOutcomes> outcomes{};
  std::array<std::int64_t, kStages> queue{};  ///< orders that wait at a stage now
  std::array<Duration, kStages> busy{};  ///< wall-clock time spent in a stage; 0 in virtual time
  std::int64_t servers_busy = 0;         ///< of payment, now
  std::int64_t units_sold = 0;           ///< in dispatched orders
  MoneyFen captured;
  MoneyFen refunded;
  MoneyFen turnover;  ///< catalogue price of what was dispatched
  std::array<std::int64_t, kMaxRegions> dispatched_by_region{};
  Histogram latency;  ///< of dispatched orders, from planned arrival

  /// Orders that have come and have no outcome yet.
  [[nodiscard]] std::int64_t in_flight() const;

  /// Adds what another worker counted; instants are the later ones.
  Snapshot& operator+=(const Snapshot& other);
};

}  // namespace double11::measure
