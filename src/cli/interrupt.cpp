#include "cli/interrupt.hpp"

#include <csignal>

#include <boost/asio/post.hpp>

namespace double11::cli {

Interrupt::Interrupt() : signals_(context_, SIGINT, SIGTERM) {
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (error) return;
    requested_.store(true, std::memory_order_relaxed);
    signals_.clear();
  });
  thread_ = std::jthread([this] { context_.run(); });
}

Interrupt::~Interrupt() {
  boost::asio::post(context_, [this] { signals_.cancel(); });
}

}  // namespace double11::cli
