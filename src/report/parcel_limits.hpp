#pragma once
// What holds parcels up most, when a promise to buyers was missed; for bottleneck.cpp.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include "report/candidate.hpp"

namespace double11::report {

Candidate parcel_candidate(const scenario::Scenario& scenario, const measure::RunRecord& record);

}  // namespace double11::report
