#pragma once
// Orders that wait for a server: who is next, and who gives up when. Without patience of their own
// they give up in the order in which they came, and a ring is enough; else deadlines are in a heap.
// One thread at a time.

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
  /// Discipline fifo or lifo. `patient`: deadlines are those of order.until, which rise in the
  /// order of push().
  WaitingLine(scenario::Discipline discipline, bool patient)
      : lifo_(discipline == scenario::Discipline::lifo), patient_(patient) {}

  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return patient_ ? queue_.size() : size_; }

  /// The order waits until `deadline` at most.
  void push(const Order& order, Instant deadline) {
    if (patient_) {
      queue_.push(order);
    } else {
      push_impatient(order, deadline);
    }
  }

  // The following need an order that waits.

  /// Takes out who is served next.
  Order pop() {
    if (!patient_) return pop_impatient();
    return lifo_ ? queue_.pop_last() : queue_.pop();
  }

  struct Deadline {
    Instant at;
    OrderId id;
  };
  /// The first one; of simultaneous ones that of the smaller id.
  [[nodiscard]] Deadline first_deadline() const {
    if (!patient_) return {heap_.front().at, heap_.front().id};
    return {queue_.front().until, queue_.front().id};
  }
  /// Takes out whose deadline is first.
  Order pop_first_deadline() { return patient_ ? queue_.pop() : pop_overdue(); }

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

  void push_impatient(const Order& order, Instant deadline);
  Order pop_impatient();
  Order pop_overdue();
  Order take(std::uint32_t place);
  void forget_served();

  bool lifo_;
  bool patient_;
  OrderQueue queue_;  // of patient ones

  // Of the others. Entries of the heap stay when their order is served, but never at the front.
  std::vector<Order> orders_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> unused_;
  std::vector<Entry> heap_;
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kNone;
  std::size_t size_ = 0;
  std::uint64_t stamp_ = 0;
};

}  // namespace double11::stages
