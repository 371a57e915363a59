#pragma once
// Lines of the report for people.

#include <cstddef>
#include <string>

namespace double11::report {

/// Widest line of the report.
inline constexpr std::size_t kWidth = 80;

/// Breaks a sentence into lines of at most kWidth, continued with `indent`; leading blanks stay.
std::string wrapped(const std::string& sentence, const std::string& indent);

}  // namespace double11::report
