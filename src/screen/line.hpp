#pragma once
// A line of the terminal view while it is written: never wider than it may be, cut between
// characters, with colours only where they are allowed. Names in a scenario are anybody's: what
// could move the cursor or is no UTF-8 is shown as a question mark.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace double11::screen {

enum class Style : std::uint8_t { plain, strong, quiet, good, bad, warn };

/// What the terminal can show.
struct Ink {
  bool color = false;
  bool utf8 = false;
};

/// Columns that a text takes; East Asian characters take two.
std::size_t columns_of(std::string_view text, bool utf8);

/// The text in at most so many columns; a longer one ends with an ellipsis where that fits.
std::string cut(std::string_view text, std::size_t columns, bool utf8);

class Line {
 public:
  Line(std::size_t width, Ink ink) : width_(width), ink_(ink) {}

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t room() const { return width_ - columns_; }
  [[nodiscard]] Ink ink() const { return ink_; }

  /// Adds the text, or what fits of it.
  Line& add(std::string_view text, Style style = Style::plain);
  /// Adds the text if all of it fits, two blanks after what stands before; says whether it did.
  bool add_item(std::string_view text, Style style = Style::plain);
  /// Adds it at the right end of a field of so many columns, or at the left one; cut when longer.
  Line& right(std::string_view text, std::size_t field, Style style = Style::plain);
  Line& left(std::string_view text, std::size_t field, Style style = Style::plain);
  /// Blanks up to this column.
  Line& to(std::size_t column);

  /// What to print; ends without colour.
  [[nodiscard]] std::string text() const;

 private:
  std::size_t width_;
  Ink ink_;
  std::size_t columns_ = 0;
  std::string text_;
  Style style_ = Style::plain;  // at the end of the text
};

}  // namespace double11::screen
