#include <double11/report/compare.hpp>
#include <double11/report/saved.hpp>

#include <nlohmann/json.hpp>

#include "report/parsed_result.hpp"

namespace double11::report {

Kind kind_of(std::string_view result) {
  const auto [document, kind] = parsed_result(result);
  if (kind == Kind::network) {
    const auto replications = document.find("replications");
    if (replications == document.end() || replications->empty()) {
      throw NoResult("lacks what the result of a network has (replications)");
    }
    return kind;
  }
  try {
    // With itself: whether all is there.
    compare(result, result, 0);
  } catch (const nlohmann::json::exception& error) {
    throw NoResult(std::string("lacks what a result has (") + error.what() + ")");
  }
  return kind;
}

std::optional<std::string> saved_text(std::string_view result) {
  const auto document = nlohmann::json::parse(result, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  const auto text = document.find("text");
  if (text == document.end() || !text->is_string()) return std::nullopt;
  return text->get<std::string>();
}

}  // namespace double11::report
