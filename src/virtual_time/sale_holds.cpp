// The holds of the sale: its timing wheel, a tick of it in exact order, and ticks that suit the
// rate.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "virtual_time/sale.hpp"

namespace double11::virtual_time {
namespace {

// The wheel's ticks change only when others would be four times as long or as short, at most once
// in so many frames, and when at most so many orders must be moved: a few percent of the time of
// these frames at the worst.
constexpr unsigned kTickBitsApart = 2;
constexpr std::uint64_t kFramesBetween = 64;
constexpr std::size_t kMovedMost = 65'536;

}  // namespace

// The rate of a day's quiet hours is a hundredth of its peak's. With ticks for the peak nearly
// every order would have a chunk of the wheel to itself.
void Sale::suit_tick(const Frame& frame) {
  const double frame_s = seconds_of(frame.end - frame_begin_);
  frame_begin_ = frame.end;
  if (frame_s <= 0 || frame.number < tick_chosen_ + kFramesBetween) return;
  const auto holds = static_cast<double>(std::max(frame.arrivals.size(), frame.ended.size()));
  const unsigned bits = tick_bits_for(holds / frame_s);
  const unsigned apart =
      bits > holds_.tick_bits() ? bits - holds_.tick_bits() : holds_.tick_bits() - bits;
  if (apart < kTickBitsApart) return;
  tick_bits_ = bits;
  tick_chosen_ = frame.number;
}

// Makes due_[next_due_] the next hold that ends; false when there is none up to the tick of
// `limit`.
bool Sale::fetch_due(Instant limit) {
  if (next_due_ < due_.size()) return true;
  hold_pending();
  due_.clear();
  taken_.clear();
  late_.clear();
  next_due_ = 0;
  if (tick_bits_ != holds_.tick_bits() && holds_.held() <= kMovedMost) [[unlikely]] {
    holds_.change_tick(tick_bits_);
    portion_ = portion_for(holds_.tick());
  }
  if (!holds_.take_ticks(limit, portion_, taken_)) return false;
  put_in_order(taken_, due_);
  return true;
}

void Sale::hold(const Order& order, Instant due) {
  if (due >= holds_.reached()) {
    holds_.hold(order, due);
    return;
  }
  // Within the tick that is being worked through: among those that are still to come.
  Order& late = late_.emplace_back(order);
  late.at = due;
  const Due entry{nanoseconds_of(due), order.id.value, &late};
  due_.insert(
      std::upper_bound(due_.begin() + static_cast<std::ptrdiff_t>(next_due_), due_.end(), entry),
      entry);
}

// The same a little later, before the next tick is taken. An order that is copied while the fields
// just written are still on their way to the cache stalls the core. `order` must stay where it is
// until hold_pending().
void Sale::hold_soon(const Order& order, Instant due) {
  if (due >= holds_.reached()) {
    pending_.emplace_back(&order, due);
  } else {
    hold(order, due);
  }
}

void Sale::hold_pending() {
  for (const auto& [order, due] : pending_) holds_.expect(due);
  for (const auto& [order, due] : pending_) holds_.hold(*order, due);
  pending_.clear();
  served_.clear();
}

}  // namespace double11::virtual_time
