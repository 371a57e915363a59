#pragma once
// Orders that wait for a server: who is next, and who gives up when. Without patience of their own
// they give up in the order in which they came, and where that is also the order of service, or its
// reverse, a ring is enough. Else deadlines are in a heap, and so are prices if the dearest is
// next. One thread at a time.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/order_queue.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class WaitingLine {
 public:
  /// Discipline fifo, lifo or priority (of the larger amount). `patient`: deadlines are those of
  /// order.until, which rise in the order of push().
  WaitingLine(scenario::Discipline discipline, bool patient)
      : discipline_(discipline),
        in_ring_(patient && discipline != scenario::Discipline::priority) {}

  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return in_ring_ ? queue_.size() : size_; }

  /// The order waits until `deadline` at most.
  void push(const Order& order, Instant deadline) {
    if (in_ring_) {
      queue_.push(order);
    } else {
      push_listed(order, deadline);
    }
  }

  // The following need an order that waits.

  /// Takes out who is served next.
  Order pop() {
    if (!in_ring_) return pop_listed();
    return discipline_ == scenario::Discipline::lifo ? queue_.pop_last() : queue_.pop();
  }

  struct Deadline {
    Instant at;
    OrderId id;
  };
  /// The first one; of simultaneous ones that of the smaller id.
  [[nodiscard]] Deadline first_deadline() const {
    if (!in_ring_) return {deadlines_.front().at, deadlines_.front().id};
    return {queue_.front().until, queue_.front().id};
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
  struct Price {
    std::uint32_t amount_fen;
    std::uint32_t place;
    std::uint64_t stamp;
  };
  static bool cheaper(const Price& a, const Price& b) {
    return a.amount_fen != b.amount_fen ? a.amount_fen < b.amount_fen : a.stamp > b.stamp;
  }

  void push_listed(const Order& order, Instant deadline);
  Order pop_listed();
  Order pop_overdue();
  Order take(std::uint32_t place);
  [[nodiscard]] std::uint32_t next_place() const;

  scenario::Discipline discipline_;
  bool in_ring_;
  OrderQueue queue_;

  // Not in the ring. Entries of the heaps stay when their order goes, but never at the front.
  std::vector<Order> orders_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> unused_;
  std::vector<Entry> deadlines_;
  std::vector<Price> prices_;  // with discipline priority
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kNone;
  std::size_t size_ = 0;
  std::uint64_t stamp_ = 0;
};

}  // namespace double11::stages
