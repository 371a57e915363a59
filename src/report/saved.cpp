#include <double11/report/saved.hpp>

#include <nlohmann/json.hpp>

namespace double11::report {

std::optional<std::string> saved_text(std::string_view result) {
  const auto document = nlohmann::json::parse(result, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  const auto text = document.find("text");
  if (text == document.end() || !text->is_string()) return std::nullopt;
  return text->get<std::string>();
}

}  // namespace double11::report
