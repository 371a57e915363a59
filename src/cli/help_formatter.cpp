#include "cli/help_formatter.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace double11::cli {
namespace {

constexpr std::size_t kHelpWidth = 80;
constexpr std::size_t kNameIndent = 2;

// Lines of at most so many columns, broken at blanks and after commas. A part that is longer has a
// line of its own.
std::vector<std::string> broken(std::string_view text, std::size_t width) {
  std::vector<std::string> lines{""};
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_of(", "), text.size() - 1) + 1;
    const std::string_view part = text.substr(0, length);
    const std::string_view seen = part.substr(0, part.find_last_not_of(' ') + 1);
    if (!lines.back().empty() && lines.back().size() + seen.size() > width) lines.emplace_back();
    lines.back() += part;
    text.remove_prefix(length);
  }
  for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
  return lines;
}

// A name, and what it is beside it, or below where the name is long.
std::string entry(std::string_view name, std::string_view description, std::size_t column) {
  std::string text;
  std::size_t columns = 0;
  std::size_t indent = kNameIndent;
  for (const std::string& line : broken(name, kHelpWidth - 2 * kNameIndent)) {
    if (columns > 0) text += '\n';
    text += std::string(indent, ' ') + line;
    columns = indent + line.size();
    indent = 2 * kNameIndent;
  }
  if (description.empty()) return text + '\n';
  bool is_below = columns >= column;
  for (const std::string& line : broken(description, kHelpWidth - column)) {
    text += is_below ? '\n' + std::string(column, ' ') : std::string(column - columns, ' ');
    text += line;
    is_below = true;
  }
  return text + '\n';
}

}  // namespace

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return entry(make_option_name(option, is_positional) + make_option_opts(option),
               make_option_desc(option), get_column_width());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_display_name(true), command->get_description(), get_column_width());
}

std::string HelpFormatter::make_description(const CLI::App* command) const {
  const std::string text = CLI::Formatter::make_description(command);
  std::string lines;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    for (const std::string& line : broken(rest.substr(0, end), kHelpWidth)) lines += line + '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

}  // namespace double11::cli
