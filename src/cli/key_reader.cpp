#include "cli/key_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "cli/live_terminal.hpp"

namespace double11::cli {
namespace {

constexpr std::chrono::milliseconds kQuiet{200};
constexpr char kEscape = '\x1b';

// Of a key: one byte, but more for those that we have no use for, such as arrows (ECMA-48, 5.4).
std::size_t length_of_first(std::string_view keys) {
  if (keys.front() != kEscape) return 1;
  if (keys.size() < 2) return 1;
  if (keys[1] != '[') return std::min<std::size_t>(keys[1] == 'O' ? 3 : 2, keys.size());
  std::size_t end = 2;
  while (end < keys.size() && (keys[end] < '@' || keys[end] > '~')) ++end;
  return std::min(end + 1, keys.size());
}

}  // namespace

KeyReader::KeyReader(std::function<void(char)> on_key, std::function<void()> on_quiet)
    : on_key_(std::move(on_key)), on_quiet_(std::move(on_quiet)) {
  if (pipe(wake_.data()) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
  }
  thread_ = std::jthread([this] { work(); });
}

KeyReader::~KeyReader() {
  close(wake_[1]);  // which is heard as the end of the pipe
  thread_.join();
  close(wake_[0]);
}

void KeyReader::work() {
  bool has_keys = true;
  for (;;) {
    std::array<pollfd, 2> wanted{{{wake_[0], POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    // Who reads in the background is stopped.
    const bool listens = has_keys && LiveTerminal::is_foreground();
    const int ready = poll(wanted.data(), listens ? 2 : 1, static_cast<int>(kQuiet.count()));
    if (ready < 0) continue;  // a signal
    if (wanted[0].revents != 0) return;
    if (ready == 0) {
      on_quiet_();
      continue;
    }
    std::array<char, 64> buffer{};
    const ssize_t length = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (length <= 0) {
      has_keys = length < 0 && errno == EINTR;  // else the terminal is gone
      continue;
    }
    std::string_view keys(buffer.data(), static_cast<std::size_t>(length));
    while (!keys.empty()) {
      if (keys.front() != kEscape) on_key_(keys.front());
      keys.remove_prefix(length_of_first(keys));
    }
  }
}

}  // namespace double11::cli
