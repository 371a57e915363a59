#pragma once
// The audit: after every run the conservation laws are checked by comparing books that were written
// by different code. A law that does not hold makes the run VIOLATED, whatever its speed.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::report {

/// One law and what was found.
struct Law {
  std::string name;             ///< "every arrival has one outcome"
  std::string measured;         ///< the two sides, "19,532,118 = 19,532,118"
  std::int64_t violations = 0;  ///< orders, SKUs or fen by which it is broken; 0: it holds
  std::string offender;         ///< the first thing that breaks it: an order id, a SKU, an amount
};

struct Audit {
  std::vector<Law> laws;
  std::int64_t violations = 0;  ///< laws that do not hold
  /// Not a violation but a loss: units left of SKUs that somebody was refused.
  std::int64_t undersold_units = 0;
  std::int64_t undersold_skus = 0;
};

/// Checks all laws of docs/model.md on a finished run.
Audit audit(const scenario::Scenario& scenario, const measure::RunRecord& record);

}  // namespace double11::report
