#pragma once
// The metrics of validation cases, read from the record of a simulation.

#include <double11/measure/run_record.hpp>
#include <double11/study/validation_cases.hpp>
#include <double11/virtual_time/network_record.hpp>

namespace double11::study {

/// The value of the figure that `expectation` is about. An unknown metric, station, class or
/// instant is a programmer's error.
double measured(const Expectation& expectation, const virtual_time::NetworkRecord& record);

/// The same for a sale.
double measured(const Expectation& expectation, const measure::RunRecord& record,
                const scenario::Scenario& scenario);

}  // namespace double11::study
