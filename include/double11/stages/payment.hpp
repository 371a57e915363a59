#pragma once
// Payment: an asynchronous station. The channel answers after a random time with yes or no; the
// shop gives up at the timeout or when the reservation ends, whichever comes first. A success that
// arrives later is money to be returned, never a parcel. One shard per object, one thread at a
// time; no clock inside: the runtime calls conclude() when the instant that start() named has come.

#include <double11/core/order.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/station.hpp>
#include <double11/stages/work_clock.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace double11::stages {

/// What the channel will say to a payment, and how long it works on it.
struct ChannelAnswer {
  Duration work{};
  bool approved = false;
};

/// What all shards share: the laws of the channel and of its buyers, from a loaded scenario.
struct PaymentLaws {
  explicit PaymentLaws(const scenario::Scenario& scenario);

  QuantileTable latency;
  std::optional<QuantileTable> patience;
  WorkClock clock;
};

class Payment {
 public:
  /// A shard without servers yet (the runtime grants them through station()) and with a queue for
  /// `queue_limit` orders. `laws` are shared by all shards and must outlive them.
  Payment(const scenario::Scenario& scenario, const PaymentLaws& laws, std::int64_t queue_limit);

  /// A reserved order comes: it is served (call start() next), queued (this object keeps it), or
  /// refused (it is marked to end as shed and to release its stock).
  Station::Entry enter(Order& order);

  /// The payment of an order that has a server begins at `at`; returns when it concludes.
  Instant start(Order& order, Instant at);

  /// The same in two steps, for batches: draws what start() would for each of `orders`, which fit
  /// `into` (pure; any thread); then start() with the draw of the order.
  void draw(std::span<const Order> orders, std::span<ChannelAnswer> into) const;
  Instant start(Order& order, Instant at, const ChannelAnswer& answer);

  /// The payment that start() began concludes: frees the server and sets the order's next step
  /// (dispatch or release).
  void conclude(Order& order);

  /// The waiting order whose reservation has ended first, or whose patience, by `now`; marked to
  /// end as expired or abandoned and to release its stock; false when there is none.
  bool expire_next(Instant now, Order& order);

  /// One of the waiting orders, marked to end as abandoned at `at` and to release its stock; false
  /// when there is none.
  bool send_home(Instant at, Order& order);

  /// Moves the order whose turn it is to a free server; false when there is none.
  bool serve_next(Order& order) { return station_.serve_next(order); }

  /// The channel's late success has arrived: the money goes back.
  void refund(const Order& order);

  [[nodiscard]] Station& station() { return station_; }
  [[nodiscard]] const Station& station() const { return station_; }
  [[nodiscard]] const measure::PaymentCounts& counts() const { return counts_; }

 private:
  [[nodiscard]] Instant leaves_at(const Order& order) const;
  [[nodiscard]] ChannelAnswer answer_of(const RandomBlock& random) const;

  std::uint64_t seed_;
  std::uint64_t decline_below_;
  Duration timeout_;
  const PaymentLaws& laws_;
  Station station_;
  measure::PaymentCounts counts_;
};

}  // namespace double11::stages
