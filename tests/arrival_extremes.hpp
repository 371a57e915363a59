#pragma once
// Every process of arrivals at its extremes: values for random scenarios.

#include <string>
#include <vector>

namespace double11 {

/// Overrides that go together.
inline const std::vector<std::vector<std::string>> kArrivalExtremes{
    {"traffic.arrivals=poisson"},
    {"traffic.arrivals=constant"},
    {"traffic.arrivals=erlang", "traffic.arrivals_shape=1"},
    {"traffic.arrivals=erlang", "traffic.arrivals_shape=1000"},
    {"traffic.arrivals=hyperexponential", "traffic.arrivals_scv=4"},
    {"traffic.arrivals=hyperexponential", "traffic.arrivals_scv=1000"},
    {"traffic.arrivals=mmpp", "traffic.mmpp.high_factor=1"},
    {"traffic.arrivals=mmpp", "traffic.mmpp.high_factor=10", "traffic.mmpp.high_mean=1ms",
     "traffic.mmpp.low_mean=10ms"},
    {"traffic.arrivals=mmpp", "traffic.mmpp.high_factor=1000", "traffic.mmpp.high_mean=1us",
     "traffic.mmpp.low_mean=1ms"}};

}  // namespace double11
