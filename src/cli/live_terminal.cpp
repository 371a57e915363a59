#include "cli/live_terminal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace double11::cli {
namespace {

constexpr std::string_view kHideCursor = "\x1b[?25l";
constexpr std::string_view kShowCursor = "\x1b[?25h";
// Terminals that know it show what is between the two at once.
constexpr std::string_view kBeginFrame = "\x1b[?2026h";
constexpr std::string_view kEndFrame = "\x1b[?2026l";
// While a frame is drawn nothing goes on to the next line by itself.
constexpr std::string_view kNoWrap = "\x1b[?7l";
constexpr std::string_view kWrap = "\x1b[?7h";
constexpr std::string_view kEraseRestOfLine = "\x1b[K";
constexpr std::string_view kEraseBelow = "\x1b[J";

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

LiveTerminal::~LiveTerminal() {
  leave(false);
}

bool LiveTerminal::possible() {
  const std::string_view kind = environment("TERM");
  return isatty(STDERR_FILENO) == 1 && !kind.empty() && kind != "dumb";
}

bool LiveTerminal::is_utf8() {
  // The first that is set decides.
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale(environment(name));
    if (locale.empty()) continue;
    std::transform(locale.begin(), locale.end(), locale.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

bool LiveTerminal::has_keys() {
  struct stat out {};
  const bool is_piped = fstat(STDOUT_FILENO, &out) == 0 && S_ISFIFO(out.st_mode);
  return isatty(STDIN_FILENO) == 1 && !is_piped;
}

bool LiveTerminal::is_foreground() {
  const pid_t group = tcgetpgrp(STDERR_FILENO);
  return group < 0 || group == getpgrp();
}

LiveTerminal::Size LiveTerminal::size() {
  winsize found{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &found) != 0 || found.ws_col == 0 || found.ws_row == 0) {
    return {};
  }
  return {found.ws_col, found.ws_row};
}

void LiveTerminal::take() {
  taken_ = true;
  drawn_ = 0;
  write(std::string(kHideCursor));
  termios now{};
  if (!has_keys() || tcgetattr(STDIN_FILENO, &now) != 0) return;
  before_ = now;
  // Keys at once and unseen; Ctrl-C and Ctrl-Z stay what they are. Ctrl-S would hold the run.
  now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON);
  now.c_iflag &= ~static_cast<tcflag_t>(IXON);
  now.c_cc[VMIN] = 1;
  now.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

void LiveTerminal::draw(const std::vector<std::string>& lines) {
  if (!is_foreground()) return;
  if (!taken_) take();
  std::string frame;
  frame.append(kBeginFrame).append(kNoWrap).append("\r");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) frame += "\r\n";
    frame.append(lines[i]).append(kEraseRestOfLine);
  }
  frame.append(kEraseBelow).append(kWrap).append("\r");
  if (lines.size() > 1) frame += fmt::format("\x1b[{}A", lines.size() - 1);
  frame.append(kEndFrame);
  write(frame);
  drawn_ = lines.size();
}

void LiveTerminal::leave(bool erase) {
  if (!taken_) return;
  taken_ = false;
  std::string text = "\r";
  if (erase) {
    text.append(kEraseBelow);
  } else if (drawn_ > 0) {
    if (drawn_ > 1) text += fmt::format("\x1b[{}B", drawn_ - 1);
    text += "\r\n";
  }
  write(text.append(kShowCursor));
  if (before_) tcsetattr(STDIN_FILENO, TCSANOW, &*before_);
  before_.reset();
}

void LiveTerminal::write(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd room{STDERR_FILENO, POLLOUT, 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return;  // nobody looks any more
    }
  }
}

}  // namespace double11::cli
