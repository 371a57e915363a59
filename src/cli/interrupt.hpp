#pragma once
// SIGINT and SIGTERM as a flag, while it lives. A second signal has its usual effect.

#include <atomic>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

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
  std::atomic<bool> requested_{false};
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  std::jthread thread_;
};

}  // namespace double11::cli
