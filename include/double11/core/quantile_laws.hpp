#pragma once
// Quantile tables of laws that more than one area draws from: services, and gaps between arrivals.
// In any unit; a table holds integers, so the mean should be large in it.

#include <double11/core/quantile_table.hpp>

namespace double11 {

/// `mean` above 0.
QuantileTable exponential_table(double mean);

/// A gamma law (an erlang when `shape` is whole): mean above 0, shape above 0. Quantiles from
/// Boost.Math.
QuantileTable gamma_table(double mean, double shape);

/// Two exponentials with balanced means (Whitt, Operations Research 30(1), 1982): mean above 0, scv
/// (variance over the square of the mean) above 1. The quicker of the two has more than half of
/// that mean.
QuantileTable hyperexponential_table(double mean, double scv);

}  // namespace double11
