#include <double11/report/shell_word.hpp>

namespace double11::report {

std::string shell_word(const std::string& text) {
  if (!text.empty() && text.find_first_of(" \t\n\"'[]{}$*?<>|&;()\\`~#!") == std::string::npos) {
    return text;
  }
  std::string word = "'";
  for (const char c : text) {
    // A quote ends the quoted part, stands for itself, and begins the next one.
    if (c == '\'')
      word += R"('\'')";
    else
      word += c;
  }
  return word + "'";
}

}  // namespace double11::report
