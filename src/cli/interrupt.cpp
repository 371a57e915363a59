#include "cli/interrupt.hpp"

#include <csignal>
#include <utility>

#include <boost/asio/post.hpp>

namespace double11::cli {
namespace {

constexpr std::chrono::seconds kSameRequest{1};

}  // namespace

Interrupt::Interrupt() : signals_(context_, SIGINT, SIGTERM) {
  wait();
  thread_ = std::jthread([this] { context_.run(); });
}

void Interrupt::request() {
  {
    const std::scoped_lock lock(waiting_);
    requested_.store(true, std::memory_order_relaxed);
  }
  came_.notify_all();
}

void Interrupt::wait_for(std::optional<std::chrono::nanoseconds> limit) {
  std::unique_lock lock(waiting_);
  const auto came = [this] { return requested_.load(std::memory_order_relaxed); };
  if (limit) {
    came_.wait_for(lock, *limit, came);
  } else {
    came_.wait(lock, came);
  }
}

void Interrupt::wait() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    receive(signal);
    wait();
  });
}

void Interrupt::receive(int signal) {
  if (signal == SIGQUIT || signal == SIGTSTP) return let_happen(signal);
  const auto now = std::chrono::steady_clock::now();
  if (first_at_ && now - *first_at_ >= kSameRequest) return let_happen(signal);
  if (!first_at_) first_at_ = now;
  request();
}

// The signal's usual effect. Who was stopped by it comes back here.
void Interrupt::let_happen(int signal) {
  const std::scoped_lock lock(mutex_);
  if (attendant_.leave) attendant_.leave();
  signals_.remove(signal);
  std::raise(signal);
  signals_.add(signal);
  if (attendant_.come_back) attendant_.come_back();
}

void Interrupt::attend(Attendant attendant) {
  {
    const std::scoped_lock lock(mutex_);
    attendant_ = std::move(attendant);
  }
  // The set is for one thread at a time.
  boost::asio::post(context_, [this] {
    const std::scoped_lock lock(mutex_);
    for (const int signal : {SIGQUIT, SIGTSTP}) {
      boost::system::error_code error;
      if (attendant_.leave) {
        signals_.add(signal, error);
      } else {
        signals_.remove(signal, error);
      }
    }
  });
}

Interrupt::~Interrupt() {
  boost::asio::post(context_, [this] {
    signals_.clear();
    signals_.cancel();
  });
}

}  // namespace double11::cli
