#pragma once
// Payment: an asynchronous station. The channel answers after a random time with yes or no; the
// shop gives up at the timeout or when the reservation ends, whichever comes first. A success that
// arrives later is money to be returned, never a parcel. A payment that failed may be tried again
// while the reservation holds. There may be several channels, each a station of its own; then one
// shard has them all. One shard per object, one thread at a time; no clock inside: the runtime
// calls conclude() when the instant that start() named has come.

#include <double11/core/order.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/scenario/segments.hpp>
#include <double11/stages/circuit_breaker.hpp>
#include <double11/stages/decline_reasons.hpp>
#include <double11/stages/empirical_law.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/stages/station.hpp>
#include <double11/stages/work_clock.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace double11::stages {

/// What the channel will say to a payment, and how long it works on it.
struct ChannelAnswer {
  Duration work{};
  bool approved = false;
};

/// The laws of one of several channels.
struct ChannelLaws {
  ChannelLaws(const scenario::Scenario& scenario, std::size_t channel);

  QuantileTable latency;
  WorkClock clock;
  std::uint64_t decline_below;
  Duration timeout;
  std::uint64_t weight;  ///< in the choice of a channel
};

/// What all shards share: the laws of the channel and of its buyers, from a loaded scenario.
struct PaymentLaws {
  explicit PaymentLaws(const scenario::Scenario& scenario);

  QuantileTable latency;
  std::optional<EmpiricalLaw> histogram;  ///< instead of `latency`
  std::optional<QuantileTable> patience;
  WorkClock clock;
  RetryDelay retry_delay;
  scenario::Segments segments;
  DeclineReasons reasons;
  std::vector<ChannelLaws> channels;  ///< none with a single one, which is described above
};

/// Nanoseconds that the channel works on a payment on average, nobody giving up. From a loaded
/// scenario; any thread.
[[nodiscard]] double mean_latency_ns(const scenario::Payment& payment);
/// The same for one of several channels.
[[nodiscard]] double mean_latency_ns(const scenario::PaymentChannel& channel);

class Payment {
 public:
  /// A shard without servers yet (the runtime grants them through station()) and with a queue for
  /// `queue_limit` orders; with several channels all their servers and queues. `laws` are shared by
  /// all shards; both must outlive them.
  Payment(const scenario::Scenario& scenario, const PaymentLaws& laws, std::int64_t queue_limit);

  /// A reserved order comes: it is served (call start() next), queued (this object keeps it), or
  /// refused (it is marked to end as shed and to release its stock). Of several channels it takes
  /// one; the payment of an order that none takes begins, and fails at once.
  Station::Entry enter(Order& order);

  /// The payment of an order that has a server begins at `at`; returns when it concludes. Then
  /// next_repayment() may have something.
  Instant start(Order& order, Instant at);

  /// The same in two steps, for batches: draws what start() would for each of `orders`, which fit
  /// `into` (pure; any thread); then start() with the draw of the order. With several channels
  /// nothing is drawn before start().
  void draw(std::span<const Order> orders, std::span<ChannelAnswer> into) const;
  Instant start(Order& order, Instant at, const ChannelAnswer& answer) {
    const Instant answer_at = finish(at, answer.work);
    const Instant give_up_at = give_up_time(order, at, timeout_);
    // Most are approved in time. With several channels nothing is drawn, so nothing approved, yet.
    if (answer.approved && answer_at <= give_up_at) [[likely]] {
      order.step = Step::answer;
      order.answer = PaymentAnswer::approved;
      order.until = answer_at;
      station_.occupy(answer_at - at);
      return answer_at;
    }
    return start_otherwise(order, at, answer);
  }

  /// Those whose turn it is take a free server, at `at` or at the first one's own `at` if that is
  /// later: one order, or up to payment.batch_most that are there by then and share it. Their
  /// payments begin, and their `at` is when they conclude. Empty when nobody waits or no server is
  /// free; valid until the next call.
  std::span<const Order> serve(Instant at);
  /// The same, appended to `into`.
  void serve(Instant at, std::vector<Order>& into);

  /// Payments began that will be tried again before the channel's success arrives.
  [[nodiscard]] bool expects_repayments() const { return !repayments_.empty(); }
  /// One of these successes arrives at order.at: this copy, with step repay, is to be given to
  /// refund() then. False when there is none.
  bool next_repayment(Order& order);

  /// The payment that start() or serve() began concludes at order.at: frees the server and sets the
  /// order's next step. That is dispatch, release, or pay: then `at` has become the instant at
  /// which it is tried again.
  void conclude(Order& order) {
    if (!order.shares_server) station_of(order).leave();
    order.shares_server = false;
    if (order.answer == PaymentAnswer::approved) [[likely]] {
      ++counts_.paid;
      counts_.captured += {order.amount_fen};
      order.step = Step::dispatch;
      return;
    }
    conclude_failed(order);
  }

  /// Frees the server of an order that is to be concluded later, somewhere: by any shard.
  void free_server(Order& order) {
    if (!order.shares_server) station_of(order).leave();
    order.shares_server = true;  // conclude() has none to free
  }

  /// The waiting order whose reservation has ended first, or whose patience, by `now`; marked to
  /// end as expired or abandoned and to release its stock; false when there is none.
  bool expire_next(Instant now, Order& order);

  /// One of the waiting orders, marked to end as abandoned at `at` and to release its stock; false
  /// when there is none.
  bool send_home(Instant at, Order& order);

  /// The channel's late success has arrived, of an order with step refund or repay: the money goes
  /// back.
  void refund(const Order& order);

  /// Orders that wait for a server.
  [[nodiscard]] std::size_t queued() const { return station_.queued() + queued_at_channels_; }
  /// Whether one that waits could take a free server.
  [[nodiscard]] bool can_serve() const {
    if (queued() == 0) return false;
    return channels_.empty() ? station_.free_servers() > 0 : channel_to_serve() != nullptr;
  }
  /// Which waiting order gives up first, and when; only when queued() is not 0.
  [[nodiscard]] WaitingLine::Deadline first_deadline() const {
    return channels_.empty() ? station_.first_deadline()
                             : first_to_leave().station.first_deadline();
  }
  /// Whether an order could come that finds no free server.
  [[nodiscard]] bool lacks_servers() const;
  /// Longest the queue ever was, and the total service time of the payments that have begun.
  [[nodiscard]] std::size_t queue_most() const {
    return channels_.empty() ? station_.queue_most() : queued_most_;
  }
  [[nodiscard]] Duration busy() const;
  /// Servers that serve now.
  [[nodiscard]] std::int64_t busy_servers() const;
  [[nodiscard]] bool has_channels() const { return !channels_.empty(); }

  /// That of the single channel.
  [[nodiscard]] Station& station() { return station_; }
  [[nodiscard]] const Station& station() const { return station_; }
  [[nodiscard]] const measure::PaymentCounts& counts() const { return counts_; }

 private:
  struct Channel {
    Station station;
    std::optional<CircuitBreaker> breaker;
  };

  Station::Entry enter_at(Station& station, Order& order);
  Station::Entry queue_at(Station& station, Order& order);
  [[nodiscard]] Instant leaves_at(const Order& order, std::size_t segment) const;
  [[nodiscard]] std::uint32_t rank_of(const Order& order, std::size_t segment) const;
  template <typename Law>
  [[nodiscard]] ChannelAnswer answer_of(const RandomBlock& random, const Law& latency) const;
  void answer_all(std::span<RandomBlock> random, std::span<ChannelAnswer> answers) const;
  [[nodiscard]] ChannelAnswer answer_to(const Order& order) const;
  ChannelAnswer next_answer(const Order& order);
  [[nodiscard]] std::size_t reason_for(const Order& order) const;
  [[nodiscard]] Duration delay_after(const Order& order) const;
  bool tries_again(Order& order, Instant failed_at, bool approved, Instant answer_at);
  // When the shop gives up the payment of an order that begins then. A stall can let it start
  // after its reservation ended; then it ends at once.
  static Instant give_up_time(const Order& order, Instant at, Duration timeout) {
    return std::max(at, std::min(at + timeout, order.until));
  }
  // The clock's finish(), which need not be asked again for as long as the speed is the usual.
  Instant finish(Instant at, Duration work) {
    if (at < usual_stretch_.from || at + work > usual_stretch_.to) [[unlikely]] {
      return finish_by_clock(at, work);
    }
    return at + work;
  }
  Instant finish_by_clock(Instant at, Duration work);
  Instant start_otherwise(Order& order, Instant at, const ChannelAnswer& answer);
  void conclude_failed(Order& order);
  Instant begin(Order& order, Instant at, const ChannelAnswer& answer);
  Instant run_course(Order& order, Instant at, bool approved, Instant answer_at, Duration timeout);
  void serve_together(std::span<Order> served, Instant begin_at);

  // With several channels (payment_channels.cpp).
  void open_channels(WaitingLine::Next next, WaitingLine::Deadlines deadlines);
  Station::Entry enter_channel(Order& order);
  bool choose_channel(Order& order);
  bool choose_among(unsigned channels, Order& order, std::uint64_t bits);
  Instant start_at_channel(Order& order, Instant at);
  Instant begin_at_channel(Order& order, Instant at, const ChannelAnswer& answer);
  [[nodiscard]] bool is_permitted(std::size_t channel, Instant now);
  void occupy(const Order& order, Duration service);
  Instant turn_away(Order& order, Instant at);
  [[nodiscard]] ChannelAnswer answer_of_channel(const Order& order) const;
  [[nodiscard]] const Channel* channel_to_serve() const;
  [[nodiscard]] const Channel& first_to_leave() const;
  bool take_first_to_leave(Instant now, Order& order);
  [[nodiscard]] Station& station_of(const Order& order) {
    return channels_.empty() ? station_ : channels_[order.channel()].station;
  }

  std::uint64_t seed_;
  std::uint64_t decline_below_;
  Duration timeout_;
  unsigned attempts_;
  std::size_t batch_most_;
  const scenario::Scenario& scenario_;
  const PaymentLaws& laws_;
  WorkClock::Stretch usual_stretch_;  // the last one in which a payment began
  Station station_;
  std::vector<Channel> channels_;  // with several; then the station above is not used
  std::size_t queued_at_channels_ = 0;
  std::size_t queued_most_ = 0;
  std::vector<Order> served_;  // by the last serve()
  // For those who will be served next, drawn together; see next_answer().
  std::vector<std::pair<OrderId, unsigned>> drawn_for_;  // and attempt
  std::vector<ChannelAnswer> drawn_;
  std::size_t next_drawn_ = 0;
  std::vector<Order> repayments_;  // not fetched yet
  measure::PaymentCounts counts_;
};

}  // namespace double11::stages
