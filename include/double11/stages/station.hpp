#pragma once
// A station: what a stage waits for in the modelled world. `servers` orders are in service at
// once, the others wait in a bounded queue, and for a limited time. It keeps counts and the queue;
// when a service ends is the runtime's business. One thread at a time (a station is one shard).

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/stages/waiting_line.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class Station {
 public:
  /// A station without servers whose queue holds up to `queue_limit` (0 or more) orders.
  explicit Station(std::int64_t queue_limit, WaitingLine::Next next = WaitingLine::Next::first_come,
                   WaitingLine::Deadlines deadlines = WaitingLine::Deadlines::rising_until)
      : queue_limit_(queue_limit), queue_(next, deadlines) {}

  /// Servers come and go: shards of one station share them, and capacity changes. When more go than
  /// are free, free_servers() is below 0 until services end.
  void add_servers(std::int64_t count) { servers_ += count; }
  void remove_servers(std::int64_t count) { servers_ -= count; }
  [[nodiscard]] std::int64_t free_servers() const { return servers_ - in_service_; }
  [[nodiscard]] std::int64_t busy_servers() const { return in_service_; }

  enum class Entry : std::uint8_t { served, queued, refused };

  /// The order takes a server, or a place in the queue (a copy is kept), or neither.
  Entry enter(const Order& order) { return enter(order, order.until, 0); }
  /// The same, for an order that waits until `deadline` at most, and where ranks decide with
  /// `rank`.
  Entry enter(const Order& order, Instant deadline, std::uint32_t rank) {
    if (in_service_ < servers_) {
      ++in_service_;
      return Entry::served;
    }
    if (static_cast<std::int64_t>(queue_.size()) >= queue_limit_) return Entry::refused;
    queue_.push(order, deadline, rank);
    queue_most_ = std::max(queue_most_, queue_.size());
    return Entry::queued;
  }

  /// The same where a server is known to be free.
  void take_server() { ++in_service_; }

  /// Notes how long a service that begins now will keep its server.
  void occupy(Duration service) { busy_ += service; }

  /// A service ended; its server is free.
  void leave() { --in_service_; }

  /// Moves the order whose turn it is into service, when there is one and a free server, and
  /// appends it to `into`.
  bool serve_next(std::vector<Order>& into) {
    if (queue_.empty() || in_service_ >= servers_) return false;
    queue_.pop_to(into);
    ++in_service_;
    return true;
  }

  /// Who will be served next, as WaitingLine::look_ahead() says.
  template <typename Visit>
  void look_ahead(std::size_t most, Visit visit) const {
    queue_.look_ahead(most, visit);
  }

  /// The order whose turn it is joins a service that begins at `at`, and is appended to `into`;
  /// false when there is none, or it came later.
  bool join_next(std::vector<Order>& into, Instant at) {
    if (queue_.empty() || queue_.next().at > at) return false;
    queue_.pop_to(into);
    return true;
  }

  /// Takes the order out whose deadline has come first, when it has come by `now`, and sets its
  /// `at` to that.
  bool expire_next(Instant now, Order& order) {
    if (queue_.empty()) return false;
    const Instant deadline = queue_.first_deadline().at;
    if (deadline > now) return false;
    order = queue_.pop_first_deadline();
    order.at = deadline;
    return true;
  }

  [[nodiscard]] std::size_t queued() const { return queue_.size(); }
  /// When the first order gives up waiting, and which; only when queued() is not 0.
  [[nodiscard]] WaitingLine::Deadline first_deadline() const { return queue_.first_deadline(); }
  /// Longest the queue ever was.
  [[nodiscard]] std::size_t queue_most() const { return queue_most_; }
  /// Total service time of the services that have begun.
  [[nodiscard]] Duration busy() const { return busy_; }

 private:
  std::int64_t servers_ = 0;
  std::int64_t queue_limit_;
  std::int64_t in_service_ = 0;
  Duration busy_{0};
  std::size_t queue_most_ = 0;
  WaitingLine queue_;
};

}  // namespace double11::stages
