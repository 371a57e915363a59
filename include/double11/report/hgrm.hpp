#pragma once
// Latencies of a saved result as the text that HdrHistogram (Tene) calls a percentile distribution
// (.hgrm), which its plotters read: value, percentile, total count, 1 / (1 - percentile); levels
// close in on 100 % by halves, with five lines to each half. Values are in milliseconds; a comment
// in the first line says so, as the form itself has no place for a unit.

#include <optional>
#include <string>
#include <string_view>

namespace double11::report {

/// `result` is the text of json(), `step` one of the funnel (admitted, reserved, paid, dispatched).
/// Nothing when the result has no such latencies. Any thread.
std::optional<std::string> hgrm(std::string_view result, std::string_view step);

}  // namespace double11::report
