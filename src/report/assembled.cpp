#include "report/assembled.hpp"

#include "page/texts.hpp"
#include "report/pages.hpp"

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

std::string script(std::string_view text) {
  return "<script>" + std::string(text) + "</script>\n";
}

}  // namespace

std::string assembled(const Page& own, std::string_view json) {
  std::string text(page::kShell);
  replace(text, "<!-- title -->", std::string(own.title));
  replace(text, "<!-- style -->",
          "<style>" + std::string(kStyle) + std::string(own.style) + "</style>");
  // The scripts before the data, so that data which looks like a placeholder is none.
  replace(text, "<!-- script -->",
          (own.has_charts ? script(page::kChartScript) : "") + script(own.script));
  replace(text, "<!-- data -->",
          "<script type=\"application/json\" id=\"result\">" + in_script(json) + "</script>");
  return text;
}

}  // namespace double11::report
