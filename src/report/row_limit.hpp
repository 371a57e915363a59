#pragma once
// What the rows of a database carry (stages/rows.hpp).

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::report {

/// Orders per second that the row of the SKU with most units sold carries while many wait for it;
/// 0: no limit.
double row_limit(const scenario::Scenario& scenario, const measure::RunRecord& record);

}  // namespace double11::report
