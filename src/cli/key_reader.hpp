#pragma once
// Keys from the terminal on a thread of their own, so that they are answered whatever the run does.

#include <array>
#include <functional>
#include <thread>

namespace double11::cli {

class KeyReader {
 public:
  /// `on_key` is called for each key, `on_quiet` several times a second while none is pressed;
  /// both on the reader's thread. Throws std::system_error.
  KeyReader(std::function<void(char)> on_key, std::function<void()> on_quiet);
  /// After it neither is called.
  ~KeyReader();
  KeyReader(const KeyReader&) = delete;
  KeyReader& operator=(const KeyReader&) = delete;

 private:
  void work();

  std::function<void(char)> on_key_;
  std::function<void()> on_quiet_;
  std::array<int, 2> wake_{-1, -1};  // a pipe: what is written to its end is heard by work()
  std::jthread thread_;
};

}  // namespace double11::cli
