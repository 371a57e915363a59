#pragma once
// Results as one HTML file that needs no network: page, figures, data and the chart library
// (Chart.js) in one.

#include <string>
#include <string_view>

namespace double11::report {

/// The report on a result; `result` is the text of json() or of NetworkResult::json(), perhaps read
/// from a file. It is thinned first: series to 1,500 rows, histograms to 400 cells, no
/// fingerprints, of a network's replications the first. Throws NoResult (compare.hpp) when it is
/// none. Any thread.
std::string html(std::string_view result);

/// The comparison of two results; `comparison` is the text of json_of().
std::string html_of_comparison(std::string_view comparison);

/// The search for a limit; `capacity` is the JSON that `double11 capacity` writes.
std::string html_of_capacity(std::string_view capacity);

}  // namespace double11::report
