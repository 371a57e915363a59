#pragma once
// Puts the visits of a window in order. What leaves a station is nearly evenly spread over time, so
// visits fall into buckets of about one each, and insertion mends what is left.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "virtual_time/visits.hpp"

namespace double11::virtual_time {

/// Keeps its memory between windows.
class VisitOrder {
 public:
  /// Moves those that arrive by `horizon_ns` from `left`, which is in no order, to `into`, by
  /// instant and then by job; `into` loses what it had. `left` has fewer than 2^31.
  void release(VisitList& left, std::int64_t horizon_ns, VisitList& into);

 private:
  struct Due {
    std::size_t count = 0;
    std::int64_t first_ns = INT64_MAX;
    std::int64_t last_ns = 0;
  };

  [[nodiscard]] static Due due_of(const Visits& left, std::int64_t horizon_ns);
  void sort_buckets(const Visits& left, std::int64_t horizon_ns, const Due& due);
  void sort_ties(const Visits& left, std::size_t due);
  void sort_any(const Visits& left, std::int64_t horizon_ns, std::size_t due);

  // Instants since the first that is due, each above the place of its visit in the list: first
  // those that are due, in order, then the places of the others.
  std::vector<std::uint64_t> keys_;
  unsigned place_bits_ = 0;
  std::vector<std::uint32_t> buckets_;
};

}  // namespace double11::virtual_time
