#include "cli/interrupt.hpp"

#include <chrono>
#include <csignal>

#include <boost/asio/post.hpp>

namespace double11::cli {

Interrupt::Interrupt() : signals_(context_, SIGINT, SIGTERM), same_request_(context_) {
  wait();
  thread_ = std::jthread([this] { context_.run(); });
}

void Interrupt::wait() {
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (error) return;
    if (!requested_.exchange(true, std::memory_order_relaxed)) {
      same_request_.expires_after(std::chrono::seconds(1));
      same_request_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) signals_.clear();
      });
    }
    wait();
  });
}

Interrupt::~Interrupt() {
  boost::asio::post(context_, [this] {
    same_request_.cancel();
    signals_.clear();
    signals_.cancel();
  });
}

}  // namespace double11::cli
