#pragma once
// A station: what a stage waits for in the modelled world. `servers` orders are in service at
// once, the others wait first-come-first-served in a bounded queue. It keeps counts and the queue;
// when a service ends is the runtime's business. One thread at a time (a station is one shard).

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/stages/order_queue.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace double11::stages {

class Station {
 public:
  /// A station without servers whose queue holds up to `queue_limit` (0 or more) orders.
  explicit Station(std::int64_t queue_limit) : queue_limit_(queue_limit) {}

  /// Servers come and go: shards of one station share them. At most free_servers() may go.
  void add_servers(std::int64_t count) { servers_ += count; }
  void remove_servers(std::int64_t count) { servers_ -= count; }
  [[nodiscard]] std::int64_t free_servers() const { return servers_ - in_service_; }

  enum class Entry : std::uint8_t { served, queued, refused };

  /// The order takes a server, or a place in the queue (a copy is kept), or neither.
  Entry enter(const Order& order) {
    if (in_service_ < servers_) {
      ++in_service_;
      return Entry::served;
    }
    if (static_cast<std::int64_t>(queue_.size()) >= queue_limit_) return Entry::refused;
    queue_.push(order);
    queue_most_ = std::max(queue_most_, queue_.size());
    return Entry::queued;
  }

  /// Notes how long a service that begins now will keep its server.
  void occupy(Duration service) { busy_ += service; }

  /// A service ended; its server is free.
  void leave() { --in_service_; }

  /// Moves the oldest waiting order into service, when there is one and a free server.
  bool serve_next(Order& order) {
    if (queue_.empty() || in_service_ >= servers_) return false;
    order = queue_.pop();
    ++in_service_;
    return true;
  }

  /// Takes the oldest waiting order out when its `until` has come by `now`.
  bool expire_next(Instant now, Order& order) {
    if (queue_.empty() || queue_.front().until > now) return false;
    order = queue_.pop();
    return true;
  }

  [[nodiscard]] std::size_t queued() const { return queue_.size(); }
  /// The oldest waiting order; only when queued() is not 0.
  [[nodiscard]] const Order& first_waiting() const { return queue_.front(); }
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
  OrderQueue queue_;
};

}  // namespace double11::stages
