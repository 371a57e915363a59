#pragma once

#include <string_view>

namespace double11 {

/// The program's version; CMakeLists.txt reads it from this line.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace double11
