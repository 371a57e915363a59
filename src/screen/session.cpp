#include "screen/session.hpp"

#include <chrono>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "screen/answer.hpp"

namespace double11::screen {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::uint32_t kHeaderMost = 8 * 1024;
constexpr std::uint64_t kBodyMost = 1024;  // no request needs one
// A request must be whole, and an answer taken, within this.
constexpr std::chrono::seconds kPatience{10};

// The page may load what this server has, and nothing else.
constexpr std::string_view kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string event(std::string_view name, std::string_view data) {
  std::string text = "event: ";
  text.append(name).append("\ndata: ").append(data).append("\n\n");
  return text;
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

void Session::turn_away() {
  too_many_ = true;
  read();
}

void Session::read() {
  parser_.emplace();
  parser_->header_limit(kHeaderMost);
  parser_->body_limit(kBodyMost);
  stream_.expires_after(kPatience);
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                     self->on_read(error);
                   });
}

void Session::on_read(const beast::error_code& error) {
  if (closing_ || error == http::error::end_of_stream) return hang_up();
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return refuse(431, "the fields of a request may have 8 KiB");
  }
  if (error == http::error::body_limit) return refuse(413, "no request needs a body");
  if (error && error.category() == http::make_error_code(http::error::bad_method).category()) {
    return refuse(400, "not a request of HTTP/1.1");
  }
  if (error) return;  // it left, or took too long
  if (too_many_) return refuse(503, "too many look on; try again later");
  const auto& request = parser_->get();
  const Answer answer = answer_to(
      {view(request.method_string()), view(request.target()), view(request[http::field::host])},
      board_, only_local_);
  const bool is_head = request.method() == http::verb::head;
  if (answer.streams && !is_head) return begin_stream();
  // What has a body that was not wanted may have more of it on the way.
  respond(answer.status, answer.type, answer.body, request.keep_alive() && answer.status < 400,
          is_head);
}

void Session::refuse(unsigned status, const std::string& why) {
  respond(status, "text/plain; charset=utf-8", why + "\n", false, false);
}

void Session::respond(unsigned status, const std::string& type, std::string body, bool keep,
                      bool head) {
  response_ = std::make_shared<Response>(http::status(status), 11);
  response_->set(http::field::content_type, type);
  response_->set(http::field::cache_control, "no-store");
  response_->set("X-Content-Type-Options", "nosniff");
  response_->set("Content-Security-Policy",
                 beast::string_view(kContentPolicy.data(), kContentPolicy.size()));
  response_->set("Referrer-Policy", "no-referrer");
  if (status == 405) response_->set(http::field::allow, "GET, HEAD");
  response_->keep_alive(keep);
  const std::size_t size = body.size();
  if (!head) response_->body() = std::move(body);
  response_->content_length(size);
  sending_ = true;
  stream_.expires_after(kPatience);
  const auto on_written = [self = shared_from_this(), keep](const beast::error_code& error,
                                                            std::size_t) {
    self->sending_ = false;
    if (error) return;
    if (!keep || self->closing_) return self->hang_up();
    self->read();
  };
  http::async_write(stream_, *response_, on_written);
}

void Session::begin_stream() {
  streams_ = true;
  std::string text =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 1000\n\n";
  text += event("hello", board_.hello(told_));
  send(std::move(text));
  // A viewer says nothing more; what comes is that it has left. Until then this keeps it here.
  stream_.socket().async_read_some(
      boost::asio::buffer(heard_),
      [self = shared_from_this()](const beast::error_code&, std::size_t) { self->hang_up(); });
}

void Session::tell() {
  if (!streams_ || sending_) return;
  const std::uint64_t version = board_.version();
  if (version != told_ && !ended_) {
    told_ = version;
    std::string text;
    if (const std::string tick = board_.tick(); !tick.empty()) text += event("tick", tick);
    if (const std::string end = board_.end(); !end.empty()) {
      text += event("end", end);
      ended_ = true;
    }
    if (!text.empty()) return send(std::move(text));
  }
  if (closing_) hang_up();
}

void Session::close() {
  closing_ = true;
  if (streams_) return tell();
  if (!sending_) hang_up();
}

void Session::send(std::string text) {
  sending_ = true;
  sent_ = std::move(text);
  stream_.expires_after(kPatience);
  boost::asio::async_write(
      stream_, boost::asio::buffer(sent_),
      [self = shared_from_this()](const beast::error_code& error, std::size_t) {
        self->sending_ = false;
        if (error) return self->hang_up();
        self->stream_.expires_never();
        self->tell();
      });
}

void Session::hang_up() {
  streams_ = false;
  beast::error_code ignored;
  stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

}  // namespace double11::screen
