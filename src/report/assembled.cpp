#include "report/assembled.hpp"

namespace double11::report {
namespace {

void replace(std::string& text, std::string_view what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), by);
}

// As the content of a script element: nothing in it can end the element.
std::string in_script(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string script(std::string_view text) {
  return "<script>" + std::string(text) + "</script>\n";
}

std::string assembled(std::string_view page, std::string_view style, const std::string& scripts,
                      std::string_view json) {
  std::string text(page);
  replace(text, "<!-- style -->", "<style>" + std::string(style) + "</style>");
  // The scripts before the data, so that data which looks like a placeholder is none.
  replace(text, "<!-- script -->", scripts);
  replace(text, "<!-- data -->",
          "<script type=\"application/json\" id=\"result\">" + in_script(json) + "</script>");
  return text;
}

}  // namespace double11::report
