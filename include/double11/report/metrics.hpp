#pragma once
// Values of the named metrics (scenario/metrics.hpp) on a finished run.

#include <double11/measure/run_record.hpp>
#include <double11/report/audit.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::report {

/// The value in the metric's unit. Every metric of scenario::metrics() has one; shares and rates
/// of an empty run are 0, never nan. A recovery that did not come is infinite.
double value_of(const scenario::Metric& metric, const scenario::Scenario& scenario,
                const measure::RunRecord& record, const Audit& audit);

/// Orders per second that took `step`: best whole second, mean over the duration, per wall-clock
/// second.
double peak_rate(Funnel step, const measure::RunRecord& record);
double mean_rate(Funnel step, const scenario::Scenario& scenario, const measure::RunRecord& record);
double machine_rate(Funnel step, const measure::RunRecord& record);

}  // namespace double11::report
