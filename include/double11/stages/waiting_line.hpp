#pragma once
// Orders that wait for a server: who is next, and who gives up when. When they give up in the order
// in which they came, and that is also the order of service, or its reverse, a ring is enough. Else
// deadlines are listed apart, most of them in a ring, too; where the first to come is next, orders
// stay in a ring, in which those who gave up leave gaps, or else in places of a list; ranks, where
// these say who is next, are in a heap. One thread at a time.
//
// Where the first to come is next and orders say themselves when they give up, only deadlines that
// are before one pushed earlier are listed. For let r be the first order in the ring whose deadline
// was not listed: all that were not listed come after r and have no earlier deadline. If r is not
// the front, the front is listed, and its deadline is before one that was pushed before it, so
// before that of r. Either way the first deadline is that of the front or the first one listed.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/stages/ring.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class WaitingLine {
 public:
  enum class Next : std::uint8_t {
    first_come,
    last_come,
    smallest_rank,  ///< first come first among equals
  };

  enum class Deadlines : std::uint8_t {
    any,
    until,         ///< those of order.until
    rising_until,  ///< which rise in the order of push()
  };

  WaitingLine(Next next, Deadlines deadlines)
      : next_(next),
        in_ring_(deadlines == Deadlines::rising_until && next != Next::smallest_rank),
        has_gaps_(!in_ring_ && next == Next::first_come),
        lists_few_(has_gaps_ && deadlines == Deadlines::until) {}

  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return in_ring_ ? queue_.size() : size_; }

  /// The order waits until `deadline` at most, which is order.until where Deadlines say so (or
  /// later when that has passed). Its rank matters where the smallest is next.
  void push(const Order& order, Instant deadline, std::uint32_t rank) {
    if (in_ring_) {
      queue_.push(order);
    } else if (has_gaps_) {
      push_behind(order, deadline);
    } else {
      push_listed(order, deadline, rank);
    }
  }

  // The following need an order that waits.

  /// Who is served next.
  [[nodiscard]] const Order& next() const {
    if (!in_ring_ && !has_gaps_) return orders_[next_place()];
    return next_ == Next::last_come ? queue_.back() : queue_.front();
  }
  /// Takes out who is served next.
  Order pop() {
    if (has_gaps_) return pop_front();
    if (!in_ring_) return pop_listed();
    return next_ == Next::last_come ? queue_.pop_last() : queue_.pop();
  }

  /// The same, appended to `into`.
  void pop_to(std::vector<Order>& into) {
    if (has_gaps_) {
      into.push_back(queue_.front());
      drop_front();
    } else {
      into.push_back(pop());
    }
  }

  struct Deadline {
    Instant at;
    OrderId id;
  };
  /// The first one; of simultaneous ones that of the smaller id.
  [[nodiscard]] Deadline first_deadline() const {
    if (in_ring_ || (lists_few_ && heap_.empty())) return of_front();
    if (lists_few_) return is_front_first() ? of_front() : Deadline{heap_[0].at, heap_[0].id};
    const Entry& first = first_entry();
    return {first.at, first.id};
  }
  /// Calls visit(order) for who will be served next, one after the other, if nobody gives up: for
  /// up to `most` of them, or for none when that is not known.
  template <typename Visit>
  void look_ahead(std::size_t most, Visit visit) const {
    if (next_ != Next::first_come) return;
    for (std::size_t i = 0; most > 0 && i < queue_.size(); ++i) {
      if (is_gap(queue_.at(i))) continue;
      visit(queue_.at(i));
      --most;
    }
  }

  /// Takes out whose deadline is first.
  Order pop_first_deadline() { return in_ring_ ? queue_.pop() : pop_overdue(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // A place of the list of those who wait, in the order in which they came.
  struct Place {
    std::uint32_t before;
    std::uint32_t after;
    std::uint64_t stamp;  // of the push; 0: nobody
  };
  struct Entry {
    Instant at;
    OrderId id;
    std::uint32_t place;
    std::uint64_t stamp;
  };
  static bool later(const Entry& a, const Entry& b) {
    return a.at != b.at ? a.at > b.at : a.id.value > b.id.value;
  }
  struct Ranked {
    std::uint32_t rank;
    std::uint32_t place;
    std::uint64_t stamp;
  };
  static bool after(const Ranked& a, const Ranked& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.stamp > b.stamp;
  }

  void push_behind(const Order& order, Instant deadline);
  Order pop_front();
  void drop_front();
  Order take_from_ring(std::uint64_t stamp);
  void close_gaps();
  // Orders that wait have a step; a gap has none.
  static bool is_gap(const Order& order) { return order.step == Step::none; }

  void push_listed(const Order& order, Instant deadline, std::uint32_t rank);
  Order pop_listed();
  Order pop_overdue();
  Order take(std::uint32_t place);
  [[nodiscard]] std::uint32_t next_place() const;
  void note_deadline(const Entry& entry);
  void forget_gone();
  void prefetch_next() const;
  template <typename Entry>
  [[nodiscard]] bool is_gone(const Entry& entry) const {
    if (!has_gaps_) return places_[entry.place].stamp != entry.stamp;
    return entry.stamp < front_stamp_ || is_gap(queue_.at(entry.stamp - front_stamp_));
  }
  [[nodiscard]] Deadline of_front() const { return {queue_.front().until, queue_.front().id}; }
  // Where few are listed, and some are.
  [[nodiscard]] bool is_front_first() const {
    const Order& front = queue_.front();
    return later(heap_.front(), {front.until, front.id, kNone, 0});
  }
  [[nodiscard]] const Entry& first_entry() const {
    const bool in_heap =
        rising_.empty() || (!heap_.empty() && later(rising_.front(), heap_.front()));
    return in_heap ? heap_.front() : rising_.front();
  }

  Next next_;
  bool in_ring_;
  bool has_gaps_;  // in the ring; then the front of it is none
  bool lists_few_;
  Deadline latest_{};  // of those pushed, where few are listed
  Ring<Order> queue_;
  std::uint64_t front_stamp_ = 1;  // with gaps: of the front of the ring; they rise by one

  // Not in the ring. Entries of deadlines and ranks stay when their order goes, but never at a
  // front.
  std::vector<Order> orders_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> unused_;
  Ring<Entry> rising_;         // deadlines that were not before the one pushed before: most
  std::vector<Entry> heap_;    // the others
  std::vector<Ranked> ranks_;  // where the smallest is next
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kNone;
  std::size_t size_ = 0;
  std::uint64_t stamp_ = 0;
};

}  // namespace double11::stages
