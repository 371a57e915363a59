#include "live/gate.hpp"

#include <double11/scenario/limits.hpp>

#include <algorithm>

namespace double11::live {
namespace {

// At pace max, how far claimed slices may run ahead of the slowest worker. Wide enough that a
// worker that lost its core for a few milliseconds does not stop the others, short against what
// orders wait for in the modelled world.
constexpr Duration kWindow = 64 * scenario::kSlice;

// Where time is kept close: so many orders, or slices, may be ahead.
constexpr double kCloseOrders = 0.1;
constexpr std::uint64_t kCloseMost = 16;

// Slices are claimed together as long as so few orders come in them.
constexpr double kOrdersAtOnce = 0.25;
constexpr std::uint64_t kSlicesAtOnce = 16;

// At pace real, how long before its time a slice is made.
constexpr Duration kLead = 2 * scenario::kSlice;

Instant time_of(std::uint64_t slice) {
  return Instant(scenario::kSlice * static_cast<std::int64_t>(slice));
}

}  // namespace

Gate::Gate(Wiring& wiring, std::uint32_t worker)
    : wiring_(wiring),
      clock_(wiring.options.clock),
      worker_(worker),
      makes_(wiring.placement.shard_of(Stage::admission, worker) >= 0),
      has_door_(has_door(wiring.scenario)),
      own_next_(static_cast<std::uint64_t>(
          std::max(0, wiring.placement.shard_of(Stage::admission, worker)))),
      own_step_(wiring.placement.shards(Stage::admission)) {
  if (!makes_) wiring_.state.set_progress(worker_, kNever);
}

// How many slices there are before so many orders come, on average: 1 to `most`. Where few orders
// come, whole days else pass a slice at a time.
std::uint64_t Gate::slices_until(double orders, std::uint64_t most) const {
  const std::uint64_t next = wiring_.state.next_slice();
  if (next >= wiring_.arrivals.slices() || !wiring_.arrivals.can_expect()) return 1;
  const double expected = wiring_.arrivals.expected_in(next, most);
  const double slices = orders * static_cast<double>(most) / std::max(expected, 1e-9);
  return static_cast<std::uint64_t>(std::clamp(slices, 1.0, static_cast<double>(most)));
}

bool Gate::may_claim(bool starved) const {
  const Steering* const steering = wiring_.options.steering;
  if (steering != nullptr && time_of(wiring_.state.next_slice()) > steering->allowed())
    return false;
  // What comes back through a door decides who is let in next.
  const bool close = starved || has_door_ || wiring_.state.anybody_waits_for_servers();
  const Duration ahead =
      close ? scenario::kSlice * static_cast<std::int64_t>(slices_until(kCloseOrders, kCloseMost))
            : kWindow;
  return time_of(wiring_.state.next_slice()) <= wiring_.state.served() + ahead;
}

// Past the last slice the claims go on: empty slices move scenario time until all is done, in steps
// that grow with the time since the end; unless orders wait for credits, here or at another worker,
// and not beyond an instant at which the number of servers changes, or `next_event`.
std::uint64_t Gate::slices_to_claim(bool starved, Instant next_event) const {
  const std::uint64_t next = wiring_.state.next_slice();
  const std::uint64_t past = next - std::min(next, wiring_.arrivals.slices());
  if (past == 0) return slices_until(kOrdersAtOnce, kSlicesAtOnce);
  if (past < 64 || starved || wiring_.state.anybody_starved()) return 1;
  const Duration until_change =
      std::min(wiring_.calendar.next_change(), next_event) - time_of(next);
  const auto most =
      static_cast<std::uint64_t>(std::max<std::int64_t>(1, until_change / scenario::kSlice));
  return std::min(1 + past / 64, most);
}

bool Gate::make_due(Instant now, bool starved, Instant next_event) {
  if (!makes_ || stopped_ || released_ < made_.size()) return false;
  made_.clear();
  released_ = 0;
  if (clock_ == nullptr) {
    if (!may_claim(starved)) return false;
    const std::uint64_t count = slices_to_claim(starved, next_event);
    const std::uint64_t first = wiring_.state.claim_slices(count);
    wiring_.state.set_progress(worker_, time_of(first));
    const std::uint64_t end = std::min(first + count, wiring_.arrivals.slices());
    if (first < end) wiring_.arrivals.make(first, end, cursor_, made_);
    return true;
  }
  while (made_.empty() && own_next_ < wiring_.arrivals.slices() &&
         wiring_.arrivals.start_of(own_next_) <= now + kLead) {
    wiring_.arrivals.make(own_next_, cursor_, made_);
    own_next_ += own_step_;
  }
  return !made_.empty();
}

std::span<Order> Gate::release(Instant now) {
  std::size_t end = std::min(released_ + wiring_.options.batch, made_.size());
  if (clock_ != nullptr) {
    std::size_t due = released_;
    while (due < end && made_[due].planned <= now) ++due;
    end = due;
  }
  const std::span<Order> due{made_.data() + released_, end - released_};
  released_ = end;
  return due;
}

Instant Gate::next_click() const {
  if (released_ < made_.size()) return made_[released_].planned;
  const bool any_left = real() && makes_ && own_next_ < wiring_.arrivals.slices();
  return any_left ? wiring_.arrivals.start_of(own_next_) : kNever;
}

void Gate::report(Instant now, bool idle) {
  if (clock_ != nullptr || stopped_) return;
  if (idle) wiring_.state.set_served(worker_, now);
  // With nothing left of its slice a worker is as far as the next slice anyone can claim.
  if (makes_ && released_ == made_.size()) {
    wiring_.state.set_progress(worker_, time_of(wiring_.state.next_slice()));
  }
}

void Gate::stop() {
  stopped_ = true;
  made_.clear();
  released_ = 0;
  wiring_.state.set_progress(worker_, kNever);
  wiring_.state.set_served(worker_, kNever);
}

bool Gate::traffic_over() const {
  const std::uint64_t slices = wiring_.arrivals.slices();
  return stopped_ || (clock_ == nullptr ? wiring_.state.next_slice() >= slices
                                        : clock_->now() >= wiring_.arrivals.start_of(slices));
}

bool Gate::over() const {
  if (!makes_ || stopped_) return true;
  const std::uint64_t next = clock_ == nullptr ? wiring_.state.next_slice() : own_next_;
  return released_ == made_.size() && next >= wiring_.arrivals.slices();
}

}  // namespace double11::live
