#pragma once
// A choice between two: written as "off" or "on".

#include <cstdint>

namespace double11::scenario {

enum class Switch : std::uint8_t { off, on };

}  // namespace double11::scenario
