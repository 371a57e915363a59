#include "screen/answer.hpp"

#include <cctype>

#include "page/texts.hpp"
#include "screen/pages.hpp"

namespace double11::screen {
namespace {

bool names_this_host(std::string_view host) {
  const bool is_v6 = host.substr(0, 1) == "[";
  const std::size_t end = is_v6 ? host.find(']') + 1 : host.find(':');
  if (end < host.size()) {
    const std::string_view port = host.substr(end + 1);
    if (host[end] != ':' || port.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    host = host.substr(0, end);
  }
  const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
  std::string name(host);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name == "localhost" || host == "[::1]" || (is_number && host.substr(0, 4) == "127.");
}

Answer refusal(unsigned status, std::string why) {
  return {status, "text/plain; charset=utf-8", std::move(why) + "\n"};
}

}  // namespace

Answer answer_to(const Request& request, const Board& board, bool only_local) {
  if (request.method != "GET" && request.method != "HEAD")
    return refusal(405, "allowed: GET, HEAD");
  if (only_local && !names_this_host(request.host)) {
    return refusal(421, "this server is for its own machine only; ask it by 127.0.0.1");
  }
  const std::string_view path = request.target.substr(0, request.target.find('?'));
  const auto text = [](std::string_view type, std::string_view body) {
    return Answer{200, std::string(type), std::string(body)};
  };
  if (path == "/") return text("text/html; charset=utf-8", kScreenPage);
  if (path == "/screen.css") return text("text/css; charset=utf-8", kScreenStyle);
  if (path == "/screen.js") return text("text/javascript; charset=utf-8", kScreenScript);
  if (path == "/chart.js") return text("text/javascript; charset=utf-8", page::kChartScript);
  if (path == "/api/result") return text("application/json", board.result());
  if (path == "/metrics") return text("text/plain; version=0.0.4; charset=utf-8", board.metrics());
  if (path == "/api/events") return {200, "text/event-stream", "", true};
  return refusal(404, "there are: /, /api/events, /api/result, /metrics");
}

}  // namespace double11::screen
