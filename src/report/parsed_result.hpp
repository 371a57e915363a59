#pragma once
// A saved result, read: what every reader of one asks first.

#include <double11/report/saved.hpp>

#include <string_view>

#include <nlohmann/json.hpp>

namespace double11::report {

struct ParsedResult {
  nlohmann::ordered_json document;
  Kind kind;
};

/// `text` as the result of a sale or of a network, by what it says it is; whether all is there is
/// not looked at. Throws NoResult when it is neither. Any thread.
ParsedResult parsed_result(std::string_view text);

}  // namespace double11::report
