#pragma once
// How much may be tried again, so that retries cannot feed an overload: each new request allows a
// share of a retry, and a few a second are always allowed. That is Finagle's RetryBudget: over any
// time to live there are at most `share` retries for each request, and `min_per_s` for each second.
// (There 20 %, 10 a second and 10 s; Linkerd has the same.) Time is counted in tenths of the time
// to live, as there. With successes instead of requests nothing is allowed by a service that is
// down, as in gRPC's retry throttling (proposal A6). One thread at a time; exact integers.

#include <double11/core/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace double11::stages {

class RetryBudget {
 public:
  struct Settings {
    /// Retries for each request, 0 to 1000; taken in millionths.
    double share = 0.2;
    /// 0 to 1e6; taken in millionths.
    double min_per_s = 10;
    /// 10 ns to 1 day.
    Duration time_to_live{10'000'000'000};
    /// A success earns the share, not a request.
    bool by_successes = false;
  };

  explicit RetryBudget(const Settings& settings);

  // Instants never go back.

  /// A new request, not a retry, is made.
  void requested(Instant now) {
    if (!by_successes_) add(now, share_);
  }
  /// A request or a retry had success.
  void succeeded(Instant now) {
    if (by_successes_) add(now, share_);
  }
  /// Takes a retry out of the budget if there is one.
  bool take(Instant now);

  /// Retries that are left, in millionths; may be below 0 when those that earned them are too old.
  [[nodiscard]] std::int64_t left(Instant now);

 private:
  static constexpr std::size_t kWindows = 10;
  static constexpr std::int64_t kRetry = 1'000'000;

  void add(Instant now, std::int64_t millionths) {
    move_to(now);
    window_[static_cast<std::size_t>(number_ % static_cast<std::int64_t>(kWindows))] += millionths;
    sum_ += millionths;
  }
  void move_to(Instant now);

  std::int64_t share_;
  std::int64_t reserve_;
  Duration window_length_;
  bool by_successes_;
  std::array<std::int64_t, kWindows> window_{};  // earned less taken
  std::int64_t number_ = 0;                      // of the present window
  std::int64_t sum_ = 0;
};

}  // namespace double11::stages
