#include <double11/screen/server.hpp>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include "screen/session.hpp"

namespace double11::screen {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// More connections than this at once are turned away, more than twice as many without a word.
constexpr std::size_t kSessions = 64;

// How long viewers may take to hear the last news.
constexpr std::chrono::seconds kGoodbye{1};

// When no connection can be taken (too many files are open), it is tried again after this.
constexpr std::chrono::milliseconds kTryAgain{100};

tcp::endpoint endpoint_of(const Address& address) {
  error_code error;
  const auto host = asio::ip::make_address(address.host, error);
  if (error) throw std::runtime_error(fmt::format("{} is no address", address.host));
  return {host, address.port};
}

std::string url_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  const std::string host = endpoint.address().is_v6() ? "[" + address + "]" : address;
  return fmt::format("http://{}:{}/", host, endpoint.port());
}

}  // namespace

Address address_of(std::string_view text) {
  constexpr const char* kAllowed =
      "allowed: PORT, or ADDRESS:PORT such as 127.0.0.1:8111 or [::1]:8111; port 0 to 65535";
  Address address;
  const std::size_t colon = text.rfind(':');
  std::string_view port = text;
  if (colon != std::string_view::npos) {
    port = text.substr(colon + 1);
    std::string_view host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
      host = host.substr(1, host.size() - 2);
    }
    if (!host.empty()) address.host = host;
  }
  const bool is_number =
      !port.empty() && port.size() <= 5 &&
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  const unsigned long number = is_number ? std::stoul(std::string(port)) : 65536;
  error_code error;
  asio::ip::make_address(address.host, error);
  if (number > 65535 || error) {
    throw std::invalid_argument(fmt::format("{} is no address of a screen; {}", text, kAllowed));
  }
  address.port = static_cast<std::uint16_t>(number);
  return address;
}

class Server::Desk {
 public:
  Desk(const Address& address, const Board& board)
      : board_(board), acceptor_(context_), pause_(context_), look_(context_), goodbye_(context_) {
    try {
      const tcp::endpoint endpoint = endpoint_of(address);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
      url_ = url_of(acceptor_.local_endpoint());
      only_local_ = endpoint.address().is_loopback();
    } catch (const boost::system::system_error& error) {
      throw std::runtime_error(fmt::format("cannot serve the screen at {}:{}: {}", address.host,
                                           address.port, error.code().message()));
    }
    accept();
    thread_ = std::jthread([this] { context_.run(); });
  }

  ~Desk() {
    asio::post(context_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
      pause_.cancel();
      for (const auto& session : living()) session->close();
      if (living().empty()) return;
      goodbye_.expires_after(kGoodbye);
      goodbye_.async_wait([this](const error_code& error) {
        if (!error) context_.stop();
      });
      leave_when_empty();
    });
  }

  [[nodiscard]] const std::string& url() const { return url_; }

  void tell() {
    asio::post(context_, [this] {
      for (const auto& session : living()) session->tell();
    });
  }

 private:
  void accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) {
        pause_.expires_after(kTryAgain);
        pause_.async_wait([this](const error_code& cancelled) {
          if (!cancelled) accept();
        });
        return;
      }
      // A socket that is not kept is closed.
      const std::size_t others = living().size();
      if (others < 2 * kSessions) {
        const auto session = std::make_shared<Session>(std::move(socket), board_, only_local_);
        sessions_.push_back(session);
        others < kSessions ? session->start() : session->turn_away();
      }
      accept();
    });
  }

  std::vector<std::shared_ptr<Session>> living() {
    std::vector<std::shared_ptr<Session>> all;
    for (const auto& session : sessions_) {
      if (auto one = session.lock()) all.push_back(std::move(one));
    }
    sessions_.assign(all.begin(), all.end());
    return all;
  }

  // The timer of the goodbye is not waited for when everybody has gone.
  void leave_when_empty() {
    if (living().empty()) {
      goodbye_.cancel();
      return;
    }
    look_.expires_after(std::chrono::milliseconds(10));
    look_.async_wait([this](const error_code& cancelled) {
      if (!cancelled) leave_when_empty();
    });
  }

  const Board& board_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;  // until connections are taken again
  asio::steady_timer look_;   // whether all have gone
  asio::steady_timer goodbye_;
  std::string url_;
  bool only_local_ = true;
  std::vector<std::weak_ptr<Session>> sessions_;
  std::jthread thread_;  // last: it ends before what it uses
};

Server::Server(const Address& address, const Board& board)
    : desk_(std::make_unique<Desk>(address, board)) {}
Server::~Server() = default;

const std::string& Server::url() const {
  return desk_->url();
}

void Server::tell() {
  desk_->tell();
}

}  // namespace double11::screen
