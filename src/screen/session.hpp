#pragma once
// One connection of the big screen's server: requests one after the other, or, after a request for
// events, the board's news until it ends. Only ever used by the server's thread.

#include <double11/screen/board.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace double11::screen {

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, const Board& board, bool only_local)
      : stream_(std::move(socket)), board_(board), only_local_(only_local) {}

  /// Lives on as long as something of it is under way.
  void start() { read(); }

  /// The same, but whatever is asked gets no answer than that there are too many.
  void turn_away();

  /// A viewer gets what is new, unless it is still taking what came before.
  void tell();

  /// No more requests; a viewer is told what is new and then left.
  void close();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Response = boost::beast::http::response<boost::beast::http::string_body>;

  void read();
  void on_read(const boost::beast::error_code& error);
  void refuse(unsigned status, const std::string& why);
  void respond(unsigned status, const std::string& type, std::string body, bool keep, bool head);
  void begin_stream();
  void send(std::string text);
  void hang_up();

  boost::beast::tcp_stream stream_;
  const Board& board_;
  bool only_local_;
  boost::beast::flat_buffer buffer_{16'384};
  std::optional<Parser> parser_;
  std::shared_ptr<Response> response_;
  bool too_many_ = false;
  bool streams_ = false;
  bool sending_ = false;
  bool ended_ = false;
  bool closing_ = false;
  std::uint64_t told_ = 0;  // version of the board
  std::string sent_;        // while it is under way
  std::array<char, 1> heard_{};
};

}  // namespace double11::screen
