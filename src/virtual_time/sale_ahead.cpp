// What the sale does ahead of its turn, and all at once, while nobody waits for anything. Arrivals
// of a frame go first, each as long as it finds a server, a credit and its stock; then the payments
// that end meanwhile conclude. Only the largest number in flight depends on how the two alternate;
// it is looked at when it may have become larger.
//
// A payment that is tried again takes a server, and may do so before an arrival that ran ahead. For
// those that are held until then a server each is left free. One that fails meanwhile gives back
// the server that it will take, unless it was in a batch: then several give back one. So where
// there are batches and further attempts nobody runs ahead.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "virtual_time/sale.hpp"

namespace double11::virtual_time {

// Brings closer the stock of as many arrivals from the `first` on.
void Sale::expect_arrivals(std::size_t first) const {
  const std::span<const Order> orders(frame_->arrivals);
  const std::size_t from = std::min(first, orders.size());
  inventory_.prefetch(0, orders.subspan(from, std::min(kAhead, orders.size() - from)));
}

// Arrivals from the `first` on that need nothing that an end of a payment could give; returns the
// first that might, or that comes after servers changed.
std::size_t Sale::arrive_ahead(std::size_t first) {
  if (!runs_ahead_ || !nobody_waits()) return first;
  const std::int64_t servers = payment_.station().free_servers() - retrying_;
  const std::int64_t room = std::min(servers, credits_);
  if (room <= 0) return first;
  const std::span<Order> orders(frame_->arrivals);
  const std::size_t end = first + std::min(static_cast<std::size_t>(room), orders.size() - first);
  std::size_t i = first;
  for (; i < end && orders[i].planned < next_change_; ++i) {
    if ((i - first) % kAhead == 0) {
      hold_pending();
      expect_arrivals(i + kAhead);
    }
    Order& order = orders[i];
    if (!inventory_.reserve_whole(order)) [[unlikely]]
      break;
    change_in_flight(1, order.at);
    payment_.station().take_server();
    hold_soon(order, payment_.start(order, order.at, frame_->payments[i]));
    if (payment_.expects_repayments()) [[unlikely]]
      hold_repayments();
  }
  if (i == first) return first;
  note_straight(first, i);
  if (ahead_.first == ahead_.end) ahead_.first = first;
  ahead_.end = i;
  return i;
}

// The stock alone, where arrivals have to wait their turn at payment: of a few from the `first` on.
// Returns the first that has none yet.
std::size_t Sale::reserve_ahead(std::size_t first) {
  const std::span<Order> orders(frame_->arrivals);
  if (!is_plain_ || admission_.waiting() > 0 || credits_ < std::ssize(orders)) return first;
  const std::size_t end = std::min(first + kAhead, orders.size());
  std::size_t i = first;
  while (i < end && inventory_.reserve_whole(orders[i])) ++i;
  if (i > first) note_straight(first, i);
  return i;
}

void Sale::note_straight(std::size_t first, std::size_t end) {
  std::vector<ArrivalRange>& runs = frame_->straight;
  if (!runs.empty() && runs.back().end == first) {
    runs.back().end = end;
  } else {
    runs.push_back({first, end});
  }
}

// Payments that end before `limit`, while there is no line but the one at payment.
void Sale::conclude_before(const Due& limit) {
  const bool may_be_peak = credits_ < credits_least_;
  // Of simultaneous events the change of servers goes first.
  const Due until = std::min(limit, Due{nanoseconds_of(next_change_), 0, nullptr});
  while (fetch_due(Instant(Duration(limit.at_ns))) && due_[next_due_] < until) {
    if (may_be_peak) follow_peak(due_[next_due_]);
    if (payment_.queued() > 0) {
      const stages::WaitingLine::Deadline first = payment_.first_deadline();
      if (Due{nanoseconds_of(first.at), first.id.value, nullptr} < due_[next_due_]) return;
    }
    const Order& due = *due_[next_due_++].order;
    if (due.step != Step::answer || due.answer != PaymentAnswer::approved) [[unlikely]] {
      conclude(due);
      continue;
    }
    Order& order = frame_->ended.emplace_back(due);
    frame_->outcomes.push_back(Outcome::dispatched);
    payment_.conclude(order);
    change_in_flight(-1, order.at);
    last_end_ = std::max(last_end_, order.at);
    if (payment_.queued() > 0) serve_line(order.at);
  }
}

// The most in flight: those that came before `due`, less those that have left by then.
void Sale::follow_peak(const Due& due) {
  const auto before = [&](const Order& order) {
    return Due{nanoseconds_of(order.planned), order.id.value, nullptr} < due;
  };
  while (ahead_.first < ahead_.end && before(frame_->arrivals[ahead_.first])) ++ahead_.first;
  const auto still_to_come = static_cast<std::int64_t>(ahead_.end - ahead_.first);
  credits_least_ = std::min(credits_least_, credits_ + still_to_come);
}

}  // namespace double11::virtual_time
