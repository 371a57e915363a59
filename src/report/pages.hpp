#pragma once
// The texts of the pages, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::report {

/// Of every page that is one file.
extern const std::string_view kStyle;

extern const std::string_view kReportScript;
extern const std::string_view kNetworkStyle;
extern const std::string_view kNetworkScript;
extern const std::string_view kCompareScript;
extern const std::string_view kCapacityScript;

}  // namespace double11::report
