#pragma once
// The texts of the pages, embedded when the program is built (tools/cmake/Embed.cmake).

#include <string_view>

namespace double11::screen {

extern const std::string_view kScreenPage;
extern const std::string_view kScreenStyle;
extern const std::string_view kScreenScript;

}  // namespace double11::screen
