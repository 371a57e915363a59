#pragma once
// The part of the report for people about several payment channels and reasons to decline.

#include <double11/report/result.hpp>

#include <string>

namespace double11::report {

/// Empty with a single channel and no reasons.
std::string channel_part(const Result& result);

}  // namespace double11::report
