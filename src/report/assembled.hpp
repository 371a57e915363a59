#pragma once
// A page with its style, scripts and data in one file that needs no network.

#include <string>
#include <string_view>

namespace double11::report {

/// An element that runs the script.
std::string script(std::string_view text);

/// `page` with its placeholders filled: `style`, elements made by script(), and `json`, a JSON text
/// that the scripts find in the element "result". Nothing in the data can end that element.
std::string assembled(std::string_view page, std::string_view style, const std::string& scripts,
                      std::string_view json);

}  // namespace double11::report
