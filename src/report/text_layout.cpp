// How the report for people is laid out.
#include <algorithm>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
std::string percent(double part, double whole) {
  return whole > 0 ? fmt::format("{:.2f}%", part / whole * 100) : "-";
}

std::size_t end_of_word(const std::string& text, std::size_t start, bool is_command) {
  bool is_quoted = false;
  for (std::size_t at = start; at < text.size(); ++at) {
    if (text[at] == ' ' && !is_quoted) return at;
    if (!is_command) continue;
    if (text[at] == '\'') is_quoted = !is_quoted;
    if (text[at] == '\\' && !is_quoted) ++at;
  }
  return text.size();
}

namespace {

std::string broken(const std::string& sentence, const std::string& indent, bool is_command) {
  const std::string goes_on = is_command ? " \\" : "";
  std::size_t start = std::min(sentence.find_first_not_of(' '), sentence.size());
  std::string text;
  std::string line = sentence.substr(0, start);
  bool fresh = true;  // nothing but blanks on the line yet
  while (start < sentence.size()) {
    const std::size_t end = end_of_word(sentence, start, is_command);
    const std::string word = sentence.substr(start, end - start);
    const std::size_t room = end < sentence.size() ? kWidth - goes_on.size() : kWidth;
    if (!fresh && line.size() + 1 + word.size() > room) {
      text += line + goes_on + "\n";
      line = indent;
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
    start = end + 1;
  }
  return text + line + "\n";
}

}  // namespace

std::string checks_part(const Verdict& verdict) {
  std::string text;
  for (const Check& check : verdict.checks) {
    text += wrapped(fmt::format("  {:<6} {:<46} measured {}", check.holds ? "ok" : "MISSED",
                                check.expression, check.measured),
                    "         ");
  }
  return text;
}

std::string wrapped(const std::string& sentence, const std::string& indent) {
  return broken(sentence, indent, false);
}

std::string wrapped_command(const std::string& command, const std::string& indent) {
  return broken(command, indent, true);
}

}  // namespace double11::report
