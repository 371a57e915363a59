#pragma once
// How long a station takes for one order, as an integer quantile table in nanoseconds.
// Quantile functions from Boost.Math.

#include <double11/core/quantile_table.hpp>
#include <double11/scenario/scenario.hpp>

namespace double11::stages {

/// The table for a distribution from a loaded scenario. Lognormal: mu = ln p50,
/// sigma = ln(p99 / p50) / 2.3263 (the 99 % point of the standard normal). Tails end where one
/// draw in 2^32 lies beyond: that matters for the second moment of a pareto with a shape below 3.
/// What no table can hold (empirical, none) is 0.
QuantileTable service_time(const scenario::RandomDuration& duration);

}  // namespace double11::stages
