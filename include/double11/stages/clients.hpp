#pragma once
// The buyers behind the clicks: who clicks a second time, who stops waiting for an answer, and who
// tries again after a failure. Every click is an arrival with an id of its own (core/ids.hpp). So
// that an overload feeds itself as in real shops, a click whose buyer has stopped waiting stays on
// its way through the shop. One thread at a time; no clock inside.

#include <double11/core/id_table.hpp>
#include <double11/core/order.hpp>
#include <double11/measure/client_counts.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/retry_budget.hpp>
#include <double11/stages/retry_delay.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace double11::stages {

class Clients {
 public:
  /// `scenario` comes from the loader and must outlive it.
  explicit Clients(const scenario::Scenario& scenario);

  /// A click is made, at order.planned, not before the one before it.
  void clicked(const Order& order);

  /// The next further click that is due by `now`, with step admit: out of the heap in the order of
  /// (instant, id). False when there is none.
  bool next_click(Instant now, Order& click);
  /// When next_click() or time_out() next has something to do; kNever when never.
  [[nodiscard]] Instant next_event() const;

  /// Whether the buyer still waits for the answer to this click; then it counts as given, at `now`:
  /// the order will be dispatched.
  bool accept(const Order& order, Instant now);

  /// The click ended with `outcome`. Dispatched orders of clients with a timeout were accepted
  /// before.
  void answered(const Order& order, Outcome outcome, Instant now);

  /// Nobody clicks any more, and those who wait now do so for ever.
  void close();

  /// True when no further click is to come and nobody waits with a timeout.
  [[nodiscard]] bool idle() const { return pending_.empty() && (closed_ || waiting_.size() == 0); }

  /// Until when the buyer of this click waits.
  [[nodiscard]] Instant deadline_of(const Order& order) const {
    return timeout_.count() > 0 ? order.planned + timeout_ : kNever;
  }

  [[nodiscard]] const measure::ClientCounts& counts() const { return counts_; }

 private:
  struct Timer {
    Instant at;
    OrderId id;
  };
  struct Pending {
    Instant at;
    OrderId id;
    std::uint32_t place;
  };
  static bool later(const Pending& a, const Pending& b) {
    return a.at != b.at ? a.at > b.at : a.id > b.id;
  }

  void fail(const Order& order, scenario::RetryAfter what, Instant now);
  void come_again(const Order& click, Instant at);
  void time_out(Instant now);
  void skip_answered();

  const scenario::Scenario& scenario_;
  std::uint64_t seed_;
  std::uint64_t second_below_;
  Duration timeout_;
  RetryDelay delay_;
  std::array<bool, 5> tries_after_{};  // by scenario::RetryAfter
  std::optional<RetryBudget> budget_;
  IdTable<Order> waiting_;        // by id: clicks whose buyer waits with a timeout
  std::deque<Timer> timers_;      // of them, by time; and of some that were answered
  std::vector<Pending> pending_;  // a heap
  std::vector<Order> clicks_;     // of pending_, by place
  std::vector<std::uint32_t> free_places_;
  bool closed_ = false;
  measure::ClientCounts counts_;
};

}  // namespace double11::stages
