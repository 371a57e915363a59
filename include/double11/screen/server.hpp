#pragma once
// Serves a board over HTTP: the page at /, its parts, server-sent events at /api/events, the result
// at /api/result, metrics at /metrics. Every answer comes from memory; nothing of a request reaches
// a file. One thread of its own.

#include <double11/screen/board.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace double11::screen {

struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
};

/// "8111", ":8111", "127.0.0.1:8111" or "[::1]:8111"; a host is a number, not a name. Throws
/// std::invalid_argument with what is allowed.
Address address_of(std::string_view text);

class Server {
 public:
  /// Listens at once. `board` must outlive it. Throws std::runtime_error with the reason.
  Server(const Address& address, const Board& board);
  /// Viewers get what the board last said (for a second at most), then it closes.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// "http://127.0.0.1:8111/"
  [[nodiscard]] const std::string& url() const;

  /// The board has changed: viewers are told, each as soon as it has taken what it was told before.
  /// Any thread; never waits.
  void tell();

 private:
  class Desk;
  std::unique_ptr<Desk> desk_;
};

}  // namespace double11::screen
