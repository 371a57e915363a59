#pragma once
// The texts of the sweep's page, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::study {

extern const std::string_view kSweepStyle;
extern const std::string_view kSweepScript;

}  // namespace double11::study
