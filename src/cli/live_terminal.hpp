#pragma once
// The terminal that a live view is drawn on: frames in place on stderr, keys one by one from stdin,
// and everything as it was when it is left. Between frames the cursor stands where the view begins,
// hidden: a terminal that breaks lines anew when its size changes takes the cursor along, so the
// next frame begins at the right place. In the background nothing is drawn or read.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <termios.h>

namespace double11::cli {

class LiveTerminal {
 public:
  struct Size {
    std::size_t columns = 80;
    std::size_t rows = 24;
    bool operator==(const Size&) const = default;
  };

  LiveTerminal() = default;
  /// Leaves it.
  ~LiveTerminal();
  LiveTerminal(const LiveTerminal&) = delete;
  LiveTerminal& operator=(const LiveTerminal&) = delete;

  /// Whether stderr is a terminal on which a cursor can be moved.
  static bool possible();
  /// Whether its characters are UTF-8.
  static bool is_utf8();
  /// Whether keys can be had: stdin is a terminal, and stdout does not go to another program, which
  /// may want them itself (| less).
  static bool has_keys();
  /// Whether this process is the one that the terminal listens to.
  static bool is_foreground();
  static Size size();

  /// Whether it is in use now.
  [[nodiscard]] bool is_taken() const { return taken_; }
  /// Draws the lines over what was drawn before; takes the terminal if it must. The lines fit in.
  void draw(const std::vector<std::string>& lines);
  /// The cursor is shown and keys are as they were; what was drawn stays above, or is gone.
  void leave(bool erase);

 private:
  void take();
  static void write(const std::string& text);

  bool taken_ = false;
  std::optional<termios> before_;  // of stdin, when its keys were taken
  std::size_t drawn_ = 0;          // lines
};

}  // namespace double11::cli
