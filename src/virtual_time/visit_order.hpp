#pragma once
// Puts the visits of a window in order. What leaves a station is nearly evenly spread over time, so
// visits fall into buckets of about one each, and insertion mends what is left.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

/// A job on its way from one station to the next.
struct Visit {
  std::int64_t arrived_ns;
  std::uint64_t job;
  std::int64_t born_ns;
};

inline bool comes_before(const Visit& a, const Visit& b) {
  return a.arrived_ns != b.arrived_ns ? a.arrived_ns < b.arrived_ns : a.job < b.job;
}

/// Takes visits from a heap of them; keeps its memory between windows.
class VisitOrder {
 public:
  /// Moves those that arrive by `horizon_ns` from `left` to `into`, in order; `into` loses what it
  /// had.
  void release(std::vector<Visit>& left, std::int64_t horizon_ns, std::vector<Visit>& into);

 private:
  void sort(std::span<const Visit> from, std::vector<Visit>& into);

  std::vector<Visit> due_;  // as long as it ever was, so that it is filled with nothing but visits
  std::vector<std::uint32_t> places_;
};

}  // namespace double11::virtual_time
