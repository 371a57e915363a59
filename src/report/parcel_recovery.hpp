#pragma once
// How long the shop took to recover from a fault of logistics or of a carrier; how that is judged
// is in report/faults.hpp.

#include <double11/measure/run_record.hpp>
#include <double11/report/faults.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::report {

Recovery recovery_of_parcels(const scenario::Fault& fault, const scenario::Logistics& logistics,
                             const measure::RunRecord& record);

}  // namespace double11::report
