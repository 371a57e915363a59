#include <double11/report/compare.hpp>
#include <double11/report/saved.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

namespace {

Kind checked_kind_of(std::string_view result) {
  const auto document = nlohmann::json::parse(result, nullptr, false);
  if (!document.is_object() || document.value("program", "") != "double11") {
    throw NoResult("is not the JSON of a result (double11 run --json FILE)");
  }
  if (document.value("kind", "") == "network") {
    const auto replications = document.find("replications");
    if (replications == document.end() || replications->empty()) {
      throw NoResult("lacks what the result of a network has (replications)");
    }
    return Kind::network;
  }
  if (!document.contains("funnel")) {
    throw NoResult("is neither the result of a sale nor that of a network");
  }
  // With itself: whether all is there.
  report::compare(result, result, 0);
  return Kind::sale;
}

}  // namespace

Kind kind_of(std::string_view result) {
  try {
    return checked_kind_of(result);
  } catch (const nlohmann::json::exception& error) {
    throw NoResult(std::string("lacks what a result has (") + error.what() + ")");
  }
}

std::optional<std::string> saved_text(std::string_view result) {
  const auto document = nlohmann::json::parse(result, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  const auto text = document.find("text");
  if (text == document.end() || !text->is_string()) return std::nullopt;
  return text->get<std::string>();
}

}  // namespace double11::report
