#pragma once
// Texts that the pages share, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::page {

/// A page of one file, with placeholders (report/assembled.hpp fills them).
extern const std::string_view kShell;
/// Chart.js.
extern const std::string_view kChartScript;

}  // namespace double11::page
