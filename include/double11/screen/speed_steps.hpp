#pragma once
// The speeds that a viewer can choose with two keys: 1, 2 and 5 times powers of ten, seconds of
// scenario time per second of wall-clock time.

#include <double11/measure/run_record.hpp>

namespace double11::screen {

/// The next step above `limit`. Above `unlimited_reached`, what the machine was seen to reach
/// without a limit (0: it has not been seen), there is no limit any more (Steering::kUnlimited),
/// but at pace real, where the curve is followed: there the steps end at 10.
double faster(double limit, double unlimited_reached, measure::Runtime runtime);

/// The next step below `limit`; where there is none, the step at or below what the machine reaches.
/// Never below a tenth.
double slower(double limit, double reached, measure::Runtime runtime);

}  // namespace double11::screen
