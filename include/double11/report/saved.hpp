#pragma once
// Results that were saved as JSON.

#include <optional>
#include <string>
#include <string_view>

namespace double11::report {

/// The report for people that is in a saved result (json() with `again`); none when there is none,
/// or when `result` is no JSON object. Any thread.
std::optional<std::string> saved_text(std::string_view result);

}  // namespace double11::report
