#include "screen/line.hpp"

#include <algorithm>
#include <array>

namespace double11::screen {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Characters of two columns: the blocks that Unicode Annex 11 calls wide or full width.
constexpr std::array<Range, 15> kWide{{{0x1100, 0x115F},
                                       {0x2E80, 0x303E},
                                       {0x3041, 0x33FF},
                                       {0x3400, 0x4DBF},
                                       {0x4E00, 0x9FFF},
                                       {0xA000, 0xA4CF},
                                       {0xA960, 0xA97F},
                                       {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},
                                       {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},
                                       {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1F64F},
                                       {0x1F900, 0x1F9FF},
                                       {0x20000, 0x3FFFD}}};
// Marks that stand on the character before.
constexpr std::array<Range, 4> kOnTop{
    {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
// What must not reach a terminal: control characters, and those that turn the direction of text or
// have no width.
constexpr std::array<Range, 6> kUnsafe{{{0x0000, 0x001F},
                                        {0x007F, 0x009F},
                                        {0x200B, 0x200F},
                                        {0x2028, 0x202E},
                                        {0x2060, 0x206F},
                                        {0xFEFF, 0xFEFF}}};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, char32_t point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [point](Range range) { return range.first <= point && point <= range.last; });
}

constexpr std::string_view kUnknown = "?";

struct Character {
  std::string_view bytes;  // to be shown
  std::size_t columns;
  std::size_t length;  // of what stands in the text
};

// One code point of well-formed UTF-8, or what is shown instead of a byte that begins none.
Character first_of(std::string_view text, bool utf8) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {is_in(kUnsafe, lead) ? kUnknown : text.substr(0, 1), 1, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {kUnknown, 1, 1};
  char32_t point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {kUnknown, 1, 1};
    point = point << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = 0xD800 <= point && point <= 0xDFFF;
  if (point < kLeast[length] || point > 0x10FFFF || is_surrogate) return {kUnknown, 1, 1};
  if (!utf8 || is_in(kUnsafe, point)) return {kUnknown, 1, length};
  const std::size_t columns = is_in(kOnTop, point) ? 0 : is_in(kWide, point) ? 2 : 1;
  return {text.substr(0, length), columns, length};
}

// As much of the text as fits, ready to be shown, and its columns.
struct Fitting {
  std::string text;
  std::size_t columns = 0;
  bool whole = true;
};

Fitting fitting(std::string_view text, std::size_t columns, bool utf8) {
  Fitting result;
  while (!text.empty()) {
    const Character next = first_of(text, utf8);
    if (result.columns + next.columns > columns) {
      result.whole = false;
      break;
    }
    result.text += next.bytes;
    result.columns += next.columns;
    text.remove_prefix(next.length);
  }
  return result;
}

constexpr std::string_view kNoStyle = "\x1b[0m";

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "\x1b[1m";
    case Style::quiet:
      return "\x1b[2m";
    case Style::good:
      return "\x1b[32m";
    case Style::bad:
      return "\x1b[1;31m";
    case Style::warn:
      return "\x1b[33m";
  }
  return "";
}

}  // namespace

std::size_t columns_of(std::string_view text, bool utf8) {
  return fitting(text, std::string_view::npos, utf8).columns;
}

std::string cut(std::string_view text, std::size_t columns, bool utf8) {
  const Fitting all = fitting(text, columns, utf8);
  if (all.whole) return all.text;
  const std::string_view ellipsis = utf8 ? "…" : "...";
  const std::size_t tail = utf8 ? 1 : 3;
  if (columns <= tail) return all.text;
  return fitting(text, columns - tail, utf8).text.append(ellipsis);
}

Line& Line::add(std::string_view text, Style style) {
  const Fitting part = fitting(text, room(), ink_.utf8);
  if (part.text.empty()) return *this;
  if (ink_.color && style != style_) {
    if (style_ != Style::plain) text_ += kNoStyle;
    text_ += code_of(style);
    style_ = style;
  }
  text_ += part.text;
  columns_ += part.columns;
  return *this;
}

bool Line::add_item(std::string_view text, Style style) {
  const std::size_t gap = columns_ == 0 ? 0 : 2;
  if (columns_of(text, ink_.utf8) + gap > room()) return false;
  to(columns_ + gap).add(text, style);
  return true;
}

Line& Line::right(std::string_view text, std::size_t field, Style style) {
  const std::size_t end = columns_ + field;
  const std::string shown = cut(text, field, ink_.utf8);
  return to(end - columns_of(shown, ink_.utf8)).add(shown, style).to(end);
}

Line& Line::left(std::string_view text, std::size_t field, Style style) {
  const std::size_t end = columns_ + field;
  return add(cut(text, field, ink_.utf8), style).to(end);
}

std::string Line::text() const {
  return style_ == Style::plain ? text_ : text_ + std::string(kNoStyle);
}

Line& Line::to(std::size_t column) {
  const std::size_t end = std::min(column, width_);
  if (end > columns_) {
    text_.append(end - columns_, ' ');
    columns_ = end;
  }
  return *this;
}

}  // namespace double11::screen
