#pragma once
// The texts of the pages, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::cli {

extern const std::string_view kDemoStyle;
extern const std::string_view kDemoScript;

}  // namespace double11::cli
