#pragma once
// What a request is answered with. Pure: no socket, no file.

#include <double11/screen/board.hpp>

#include <string>
#include <string_view>

namespace double11::screen {

struct Request {
  std::string_view method;
  std::string_view target;  ///< as sent: a path, and perhaps a query, which is ignored
  std::string_view host;    ///< the Host field
};

struct Answer {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  bool streams = false;  ///< the events of the board follow instead of a body
};

/// `only_local`: the server listens on a loopback address; then names of other hosts are refused,
/// as a page from elsewhere could send its visitors' browsers here (DNS rebinding).
Answer answer_to(const Request& request, const Board& board, bool only_local);

}  // namespace double11::screen
