#pragma once
// The door: what stands before the stages, in this order. A click is recognised as the second one
// of a double click; the bot filter; the limit of clicks per buyer; what is known to be sold out;
// the waiting room; the limit of units per buyer; the rate limit; a credit, or the queue for one,
// under an overload control. Behind it are the buyers (clients.hpp), who see each answer and may
// come again.
//
// It is one place: it gives all credits, is told how every order ends and, where buyers stop
// waiting, is asked before a paid order is dispatched. No clock inside. One thread at a time. The
// runtime calls it in the order of instants as well as it can; an instant that is before the last
// one counts as that.
//
// Sources: token bucket with warm-up and the limit from throughput and delay: Sentinel (Alibaba);
// Vegas and Gradient2: Netflix concurrency-limits; CoDel: RFC 8289, as in folly; adaptive LIFO:
// Maurer, "Fail at Scale", ACM Queue 13(8), 2015.

#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/measure/client_counts.hpp>
#include <double11/measure/door_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/clients.hpp>
#include <double11/stages/door_limits.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace double11::stages {

class Door {
 public:
  /// `scenario` comes from the loader, has_door() and must outlive it.
  explicit Door(const scenario::Scenario& scenario);
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  /// What was decided about an order at order.at.
  struct Ended {
    Order order;
    Outcome outcome;
  };

  /// A planned click arrives at order.planned. Whatever is due before it must have been done:
  /// advance(order.planned).
  void arrive(const Order& order);

  /// Does all that is due by `now`, each at its own instant.
  void advance(Instant now);
  /// When advance() next has something to do; kNever when never.
  [[nodiscard]] Instant next_event() const;

  /// A payment succeeded at `now`: whether the order may be dispatched, because its buyer still
  /// waits. Always so in scenarios without traffic.retry.timeout.
  bool accept(const Order& order, Instant now);

  /// An order that had a credit is over, at order.at. Its credit is given to who waits.
  void finish(const Order& order, Outcome outcome);

  /// The run is interrupted at `now`: who waits goes home, abandoned, and nobody comes again.
  void close(Instant now);

  /// What the calls above led to, in order; the runtime takes it and clears the lists before the
  /// next call, or as soon as it likes: orders that got a credit, at order.at; clicks that are
  /// over; clicks that were not planned by the traffic (second ones and retries).
  [[nodiscard]] std::vector<Order>& admitted() { return admitted_; }
  [[nodiscard]] std::vector<Ended>& ended() { return ended_; }
  [[nodiscard]] std::vector<Order>& further_clicks() { return further_clicks_; }

  /// Nobody waits here, and nobody will come again unless an order that is under way ends.
  [[nodiscard]] bool idle() const;
  /// Orders that wait for a credit or in the waiting room.
  [[nodiscard]] std::size_t waiting() const;
  /// Of them, those that wait for a credit: not for a time, but for others.
  [[nodiscard]] std::size_t waiting_for_credits() const;

  [[nodiscard]] measure::DoorCounts counts() const;
  [[nodiscard]] const measure::ClientCounts& client_counts() const { return clients_.counts(); }
  /// Orders that were abandoned here while they waited; those that close() sent home included.
  [[nodiscard]] std::int64_t abandoned() const { return abandoned_; }

 private:
  void click(const Order& order);
  void come_in(Order order, Instant now);
  void turn_away(const Order& order, Outcome outcome, Instant now);
  void admit_waiting(Instant now);
  void admit(Order order, Instant now);
  bool is_caught(const Order& order);
  void leave_room(Instant now);
  Instant advance_clock(Instant now);

  const scenario::Scenario& scenario_;
  Clients clients_;
  DoorLimits limits_;
  struct Queues;
  std::unique_ptr<Queues> queues_;
  std::int64_t in_flight_ = 0;
  std::int64_t abandoned_ = 0;
  Instant now_;
  measure::DoorCounts counts_;
  std::vector<Order> admitted_;
  std::vector<Ended> ended_;
  std::vector<Order> further_clicks_;
};

}  // namespace double11::stages
