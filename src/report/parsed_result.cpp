#include "report/parsed_result.hpp"

#include <double11/report/compare.hpp>

#include <utility>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

bool says(const Json& document, const char* key, const char* word) {
  const auto found = document.find(key);
  return found != document.end() && *found == word;
}

}  // namespace

ParsedResult parsed_result(std::string_view text) {
  Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !says(document, "program", "double11")) {
    throw NoResult("is not the JSON of a result (double11 run --json FILE)");
  }
  const bool is_network = says(document, "kind", "network");
  if (!is_network && !document.contains("funnel")) {
    throw NoResult("is neither the result of a sale nor that of a network");
  }
  return {std::move(document), is_network ? Kind::network : Kind::sale};
}

}  // namespace double11::report
