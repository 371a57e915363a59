#pragma once
// SIGINT and SIGTERM as a flag, while it lives. From a second after the first one on, a signal has
// its usual effect: sooner it may be the same request, as timeout(1) signals a process and its
// group.

#include <atomic>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

namespace double11::cli {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// True from the first signal on.
  [[nodiscard]] const std::atomic<bool>& requested() const { return requested_; }

 private:
  void wait();

  std::atomic<bool> requested_{false};
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  boost::asio::steady_timer same_request_;
  std::jthread thread_;
};

}  // namespace double11::cli
