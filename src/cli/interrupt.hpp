#pragma once
// SIGINT and SIGTERM as a flag, while it lives. From a second after the first one on, a signal has
// its usual effect: sooner it may be the same request, as timeout(1) signals a process and its
// group.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace double11::cli {

class Interrupt {
 public:
  /// Who has changed the terminal, and must put it right before a signal ends or stops the process.
  struct Attendant {
    std::function<void()> leave;
    std::function<void()> come_back;  ///< the process goes on
  };

  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// True from the first signal or request on.
  [[nodiscard]] const std::atomic<bool>& requested() const { return requested_; }
  /// As if a signal had come. Any thread.
  void request();

  /// Returns at the first signal or request, or after `limit` if there is one.
  void wait_for(std::optional<std::chrono::nanoseconds> limit);

  /// From now on SIGQUIT and SIGTSTP are seen, too, and `attendant` is called, on another thread;
  /// an empty one ends that: after it the one before is called no more.
  void attend(Attendant attendant);

 private:
  void wait();
  void receive(int signal);
  void let_happen(int signal);

  std::atomic<bool> requested_{false};
  std::mutex waiting_;  // of who waits for it
  std::condition_variable came_;
  std::optional<std::chrono::steady_clock::time_point> first_at_;
  std::mutex mutex_;  // of the attendant
  Attendant attendant_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  std::jthread thread_;
};

}  // namespace double11::cli
