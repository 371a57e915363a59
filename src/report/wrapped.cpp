#include "report/wrapped.hpp"

#include <algorithm>

namespace double11::report {

std::string wrapped(const std::string& sentence, const std::string& indent) {
  std::size_t start = std::min(sentence.find_first_not_of(' '), sentence.size());
  std::string text;
  std::string line = sentence.substr(0, start);
  bool fresh = true;  // nothing but blanks on the line yet
  while (start < sentence.size()) {
    const std::size_t end = std::min(sentence.find(' ', start), sentence.size());
    const std::string word = sentence.substr(start, end - start);
    if (!fresh && line.size() + 1 + word.size() > kWidth) {
      text += line + "\n";
      line = indent;
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
    start = end + 1;
  }
  return text + line + "\n";
}

}  // namespace double11::report
