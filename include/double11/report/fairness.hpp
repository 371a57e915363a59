#pragma once
// Who got what, from the books of a run with `report.fairness`.

#include <double11/measure/run_record.hpp>

#include <array>
#include <cstdint>

namespace double11::report {

/// The clicks of one tenth of the duration.
struct TenthFairness {
  std::int64_t arrivals = 0;
  double dispatched_share = 0;  ///< of its clicks
  double mean_latency_s = 0;    ///< of the dispatched ones
};

struct Fairness {
  bool measured = false;
  std::int64_t buyers = 0;        ///< who got anything
  double bots_share = 0;          ///< of the units in dispatched orders
  double bots_offered_share = 0;  ///< of the clicks
  double top1pct_share = 0;       ///< of the units; buyers who got anything, by their units
  std::int64_t units_most = 0;    ///< of one buyer
  std::array<TenthFairness, measure::Fairness::kTenths> tenths{};
};

/// All zeros when the run did not measure it.
Fairness fairness_of(const measure::RunRecord& record);

}  // namespace double11::report
