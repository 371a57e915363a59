#pragma once
// Help that fits an ordinary terminal: the library does not break lines.

#include <string>

#include <CLI/CLI.hpp>

namespace double11::cli {

/// Breaks names and descriptions of options and commands before column 80. Texts that are written
/// in lines (examples, what the program is) stay as they are.
class HelpFormatter : public CLI::Formatter {
 public:
  [[nodiscard]] std::string make_option(const CLI::Option* option,
                                        bool is_positional) const override;
  [[nodiscard]] std::string make_subcommand(const CLI::App* command) const override;
  [[nodiscard]] std::string make_description(const CLI::App* command) const override;
};

}  // namespace double11::cli
