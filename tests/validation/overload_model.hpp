#pragma once
// A shop as small as overload can be: one server, in front of it a door with a queue, and clients
// who give up an attempt after a time and try again. The server does not know that they have, so
// that its work for them is lost.

#include <double11/core/random.hpp>
#include <double11/stages/concurrency_limit.hpp>
#include <double11/stages/door_queue.hpp>
#include <double11/stages/retry_budget.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/stages/work_clock.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include "stages/orders.hpp"

namespace double11::stages {

struct OverloadCase {
  double rate_per_s = 0;
  double service_per_s = 1000;
  /// Speed of the server from dip_at_s to dip_end_s.
  double dip_speed = 1;
  int dip_at_s = 30;
  int dip_end_s = 40;
  int end_s = 150;
  Duration timeout{500'000'000};
  unsigned retries = 3;
  Duration backoff{100'000'000};
  double jitter = 0.5;
  std::optional<RetryBudget::Settings> budget;
  DoorQueue::Settings queue;
  /// Makes the concurrency limit out of a seed; null for none. Above it attempts fail at once.
  std::unique_ptr<ConcurrencyLimit> (*limit)(std::uint64_t seed) = nullptr;
  std::uint64_t seed = 42;
};

class OverloadModel {
 public:
  explicit OverloadModel(const OverloadCase& settings)
      : settings_(settings),
        server_({{Instant(seconds(settings.dip_at_s)),
                  std::llround(settings.dip_speed * static_cast<double>(WorkClock::kUsual))},
                 {Instant(seconds(settings.dip_end_s)), WorkClock::kUsual}}),
        queue_(settings.queue),
        delay_(settings.backoff, 2, settings.jitter) {
    if (settings.budget) budget_.emplace(*settings.budget);
    if (settings.limit != nullptr) limit_ = settings.limit(settings.seed);
    in_time_.resize(static_cast<std::size_t>(settings.end_s));
  }

  void run() {
    const Instant end(seconds(settings_.end_s));
    schedule({Instant(exponential(Purpose::arrival_gap, 0, 0, settings_.rate_per_s)), What::arrival,
              0, 0});
    while (events_.top().at < end) {
      const Event event = events_.top();
      events_.pop();
      switch (event.what) {
        case What::arrival:
          arrive(event.at);
          break;
        case What::again:
          attempt(event.at, event.client, event.attempt);
          break;
        case What::timeout:
          fail(event.at, event.client, event.attempt);
          break;
        case What::served:
          served(event.at);
          break;
      }
    }
  }

  /// Answers in time from second `from` to before second `to`, a second.
  [[nodiscard]] double goodput_per_s(int from, int to) const {
    double sum = 0;
    for (int second = from; second < to; ++second)
      sum += static_cast<double>(in_time_[static_cast<std::size_t>(second)]);
    return sum / (to - from);
  }
  /// Seconds from the end of the dip to the first one with `share` of what comes as goodput; -1 if
  /// there is none.
  [[nodiscard]] int recovery_s(double share) const {
    for (int second = settings_.dip_end_s; second < settings_.end_s; ++second) {
      if (goodput_per_s(second, second + 1) >= share * settings_.rate_per_s)
        return second - settings_.dip_end_s;
    }
    return -1;
  }
  [[nodiscard]] double attempts_each() const {
    return static_cast<double>(attempts_) / static_cast<double>(clients_.size());
  }

 private:
  enum class What : std::uint8_t { arrival, again, timeout, served };
  struct Event {
    Instant at;
    What what;
    std::uint32_t client;
    std::uint32_t attempt;
    bool operator<(const Event& other) const {
      if (at != other.at) return at > other.at;
      return client != other.client ? client > other.client : what > other.what;
    }
  };
  static constexpr std::uint32_t kNoAttempt = UINT32_MAX;

  static Duration seconds(int count) { return std::chrono::seconds(count); }

  Duration exponential(Purpose purpose, std::uint64_t index, std::uint32_t round,
                       double rate_per_s) const {
    const RandomBlock random = random_block(settings_.seed, purpose, index, round);
    const double uniform = std::ldexp(static_cast<double>((random.wide(0) >> 11U) + 1), -53);
    return Duration(std::llround(-std::log(uniform) / rate_per_s * 1e9));
  }

  void schedule(const Event& event) { events_.push(event); }

  void arrive(Instant now) {
    const auto client = static_cast<std::uint32_t>(clients_.size());
    clients_.push_back(kNoAttempt);
    if (budget_) budget_->requested(now);
    schedule({now + exponential(Purpose::arrival_gap, clients_.size(), 0, settings_.rate_per_s),
              What::arrival, 0, 0});
    attempt(now, client, 0);
  }

  void attempt(Instant now, std::uint32_t client, std::uint32_t number) {
    ++attempts_;
    clients_[client] = number;  // the attempt whose answer is awaited
    Order order = order_of(client);
    order.attempt = number & 15U;  // below kMaxAttempts
    if (limit_ && in_flight() >= limit_->limit()) return fail(now, client, number);
    // How many there are with itself is what a limit wants to know at the end.
    order.amount_fen = static_cast<std::uint32_t>(in_flight() + 1);
    if (!queue_.push(order, now + settings_.timeout, now)) return fail(now, client, number);
    schedule({now + settings_.timeout, What::timeout, client, number});
    serve(now);
  }

  // The client gives up this attempt, if it still awaits it.
  void fail(Instant now, std::uint32_t client, std::uint32_t number) {
    if (clients_[client] != number) return;
    clients_[client] = kNoAttempt;
    if (number >= settings_.retries) return;
    if (budget_ && !budget_->take(now)) return;
    const RandomBlock random = random_block(settings_.seed, Purpose::client_retry, client, number);
    schedule({now + delay_(number + 1, random.word[0]), What::again, client, number + 1});
  }

  void serve(Instant now) {
    if (busy_) return;
    dropped_.clear();
    if (queue_.next(now, in_service_, dropped_)) {
      busy_ = true;
      const auto client = static_cast<std::uint32_t>(in_service_.id.value);
      const Duration work =
          exponential(Purpose::payment, client, in_service_.attempt, settings_.service_per_s);
      schedule({server_.finish(now, work), What::served, client, in_service_.attempt});
    }
    for (std::size_t i = 0; i < dropped_.size(); ++i) {
      fail(now, static_cast<std::uint32_t>(dropped_[i].id.value), dropped_[i].attempt);
    }
  }

  void served(Instant now) {
    const auto client = static_cast<std::uint32_t>(in_service_.id.value);
    if (clients_[client] == in_service_.attempt) {
      clients_[client] = kNoAttempt;
      ++in_time_[static_cast<std::size_t>(now.time_since_epoch() / seconds(1))];
      if (budget_) budget_->succeeded(now);
    }
    busy_ = false;
    if (limit_) limit_->answered(now, now - in_service_.at, in_service_.amount_fen, false);
    serve(now);
  }

  [[nodiscard]] std::int64_t in_flight() const {
    return static_cast<std::int64_t>(queue_.size()) + (busy_ ? 1 : 0);
  }

  OverloadCase settings_;
  WorkClock server_;
  DoorQueue queue_;
  RetryDelay delay_;
  std::optional<RetryBudget> budget_;
  std::unique_ptr<ConcurrencyLimit> limit_;
  std::priority_queue<Event> events_;
  std::vector<std::uint32_t> clients_;
  std::vector<std::int64_t> in_time_;
  std::vector<Order> dropped_;
  Order in_service_;
  bool busy_ = false;
  std::int64_t attempts_ = 0;
};

}  // namespace double11::stages
