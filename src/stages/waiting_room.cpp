#include <double11/core/random.hpp>
#include <double11/stages/waiting_room.hpp>

#include <algorithm>
#include <utility>

namespace double11::stages {
namespace {

TokenBucket::Settings entries(double rate_per_s) {
  TokenBucket::Settings settings;
  settings.rate_per_s = rate_per_s;
  return settings;
}

}  // namespace

WaitingRoom::WaitingRoom(const Settings& settings, std::uint64_t seed, WorkClock clock)
    : settings_(settings),
      seed_(seed),
      entries_(entries(settings.rate_per_s), std::move(clock)),
      line_(settings.next == Next::arrival ? WaitingLine::Next::first_come
                                           : WaitingLine::Next::smallest_rank,
            WaitingLine::Deadlines::rising_until) {}

std::uint32_t WaitingRoom::rank_of(OrderId id, Instant now) const {
  if (settings_.next == Next::arrival) return 0;
  // Equal ranks go by arrival, so that the last one of all is a queue.
  if (settings_.next == Next::opening_lot && now >= settings_.opening) return UINT32_MAX;
  return random_block(seed_, Purpose::waiting_lot, id.value).word[0];
}

bool WaitingRoom::push(const Order& order, Instant deadline, Instant now) {
  if (line_.size() >= static_cast<std::size_t>(settings_.capacity)) return false;
  Order waiting = order;
  waiting.until = deadline;
  line_.push(waiting, deadline, rank_of(order.id, now));
  most_ = std::max(most_, line_.size());
  return true;
}

Instant WaitingRoom::next_entry() const {
  return line_.empty() ? kNever : entries_.next(settings_.opening);
}

bool WaitingRoom::let_in(Instant now, Order& order) {
  if (line_.empty() || now < settings_.opening || !entries_.take(now)) return false;
  order = line_.pop();
  return true;
}

Instant WaitingRoom::first_deadline() const {
  return line_.empty() ? kNever : line_.first_deadline().at;
}

bool WaitingRoom::leaves_next(Instant now, Order& order) {
  if (first_deadline() > now || line_.empty()) return false;
  order = line_.pop_first_deadline();
  return true;
}

}  // namespace double11::stages
