#pragma once
// How many servers a station has had, with the steps of its calendar and its branches.

#include <double11/scenario/network.hpp>

namespace double11::report {

/// On average over the time from `from_ns` to `to_ns`, which is not empty.
double servers_of(const scenario::NetworkStation& station, const scenario::Network& network,
                  double from_ns, double to_ns);

}  // namespace double11::report
