#pragma once
// What the rows of a database carry (stages/rows.hpp).

#include <double11/measure/run_record.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/scenario/scenario.hpp>

#include <string>

namespace double11::report {

/// Orders per second that the row of the SKU with most units sold carries while many wait for it;
/// 0: no limit.
double row_limit(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// What that row carries of what is `needed_per_s`, in words.
std::string row_reason(const measure::RunRecord& record, const StageLimit& limit,
                       double needed_per_s);

/// "KEY=VALUE" that makes it carry more.
std::string row_setting(const scenario::Scenario& scenario);

}  // namespace double11::report
