#pragma once
// The texts of the pages, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::report {

extern const std::string_view kReportPage;
extern const std::string_view kComparePage;
extern const std::string_view kCapacityPage;
extern const std::string_view kStyle;
extern const std::string_view kChartScript;
extern const std::string_view kReportScript;
extern const std::string_view kCompareScript;
extern const std::string_view kCapacityScript;

}  // namespace double11::report
