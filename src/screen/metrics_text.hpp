#pragma once
// What can be counted of a run, for Prometheus.

#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>

namespace double11::screen {

struct Judgement {
  std::string status;  ///< RUNNING, or that of the verdict
  std::int64_t violations;
};

/// Text format 0.0.4. Every name begins with double11_; counters end in _total; base units.
std::string metrics_text(const scenario::Scenario& scenario, const measure::Snapshot& snapshot,
                         const Judgement& judgement);

}  // namespace double11::screen
