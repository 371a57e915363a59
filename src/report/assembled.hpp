#pragma once
// A page with its style, scripts and data in one file that needs no network.

#include <string>
#include <string_view>

namespace double11::report {

/// In what a page differs from the others.
struct Page {
  std::string_view title;  ///< until its script has found a better one
  std::string_view script;
  bool has_charts = true;
  std::string_view style{};  ///< besides that of all
};

/// The page with `json`, a JSON text that the script finds in the element "result". Nothing in the
/// data can end that element.
std::string assembled(const Page& own, std::string_view json);

}  // namespace double11::report
