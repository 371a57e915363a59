#pragma once
// Results that were saved as JSON.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace double11::report {

enum class Kind : std::uint8_t { sale, network };

/// What `result` is the result of. Throws NoResult (compare.hpp) when it is none. Any thread.
Kind kind_of(std::string_view result);

/// The report for people that is in a saved result (json() with `again`); none when there is none,
/// or when `result` is no JSON object. Any thread.
std::optional<std::string> saved_text(std::string_view result);

}  // namespace double11::report
