#include "virtual_time/sale.hpp"

#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <span>

namespace double11::virtual_time {
namespace {

// Arrivals whose stock is fetched ahead of their turn.
constexpr std::size_t kAhead = 16;

constexpr OrderId kLastId{UINT64_MAX};

// The wheel's ticks change only when others would be four times as long or as short, at most once
// in so many frames, and when at most so many orders must be moved: a few percent of the time of
// these frames at the worst.
constexpr unsigned kTickBitsApart = 2;
constexpr std::uint64_t kFramesBetween = 64;
constexpr std::size_t kMovedMost = 65'536;

}  // namespace

Sale::Sale(const scenario::Scenario& scenario)
    : scenario_(scenario),
      payment_laws_(scenario),
      admission_(scenario.admission.queue_limit),
      door_(has_door(scenario) ? std::make_unique<stages::Door>(scenario) : nullptr),
      inventory_(stages::Inventory::create(scenario, 1)),
      payment_(scenario, payment_laws_, scenario.payment.queue_limit),
      servers_(scenario.payment.servers),
      credits_(scenario.admission.in_flight_limit),
      credits_least_(credits_),
      holds_(tick_bits_for(
          traffic::RateCurve(scenario.traffic).peak_per_s(Instant(scenario.duration)))),
      portion_(portion_for(holds_.tick())),
      tick_bits_(holds_.tick_bits()) {
  if (stages::Rows::are_used(scenario)) rows_.emplace(scenario);
  payment_.station().add_servers(servers_);
  if (!scenario.payment.calendar.empty()) {
    next_change_ = Instant(scenario.payment.calendar.front().at);
  }
}

void Sale::work_through(Frame& frame) {
  frame_ = &frame;
  const std::span<const Order> all(frame.arrivals);
  for (std::size_t i = 0; i < frame.arrivals.size(); ++i) {
    if (i % kAhead == 0) {
      const std::size_t from = std::min(i + kAhead, all.size());
      inventory_->prefetch(0, all.subspan(from, std::min(kAhead, all.size() - from)));
    }
    Order& order = frame.arrivals[i];
    events_before(order.planned, order.id);
    arrive(order, frame.payments[i]);
  }
  events_before(frame.end, OrderId{});
  hold_pending();
  suit_tick(frame);
}

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

void Sale::drain(Frame& frame) {
  frame_ = &frame;
  while (!empty() && frame.ended.size() < kDrainOutcomes) {
    // Whatever comes next, and all that happens at the same instant.
    Instant next = kNever;
    if (payment_.queued() > 0) {
      next = std::min(payment_.first_deadline().at, next_change_);
    }
    next = std::min(next, next_at_door());
    if (rows_ && rows_->held() > 0) next = std::min(next, rows_->next().at);
    if (fetch_due(next)) next = std::min(next, Instant(Duration(due_[next_due_].at_ns)));
    events_before(next, kLastId);
  }
}

bool Sale::empty() const {
  return next_due_ == due_.size() && holds_.held() == 0 && payment_.queued() == 0 &&
         admission_.waiting() == 0 && (!door_ || door_->idle()) && (!rows_ || rows_->held() == 0);
}

// Everything that happens before (`end`, `id`).
void Sale::events_before(Instant end, OrderId id) {
  const Due limit{nanoseconds_of(end), id.value, 0};
  for (;;) {
    const bool any_due = fetch_due(end) && due_[next_due_] < limit;
    Due next = any_due ? due_[next_due_] : limit;
    bool gives_up = false;
    if (payment_.queued() > 0) [[unlikely]] {
      const stages::WaitingLine::Deadline first = payment_.first_deadline();
      const Due deadline{nanoseconds_of(first.at), first.id.value, 0};
      gives_up = deadline < next;
      if (gives_up) next = deadline;
    }
    bool commits = false;
    if (rows_ && rows_->held() > 0) [[unlikely]] {
      const stages::Rows::Due first = rows_->next();
      const Due at_row{nanoseconds_of(first.at), first.id.value, nullptr};
      commits = at_row < next;
      if (commits) next = at_row;
    }
    const Instant at_door = next_at_door();
    if (nanoseconds_of(std::min(next_change_, at_door)) <= next.at_ns) [[unlikely]] {
      if (next_change_ <= at_door) {
        change_servers();
      } else {
        door_->advance(at_door);
        settle(at_door);
      }
      continue;
    }
    if (commits) {
      commit();
      continue;
    }
    if (gives_up) {
      expire();
      continue;
    }
    if (!any_due) return;
    conclude(*due_[next_due_++].order);
  }
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
// until the end of the frame.
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
}

void Sale::arrive(Order& order, const stages::ChannelAnswer& payment) {
  if (door_) [[unlikely]] {
    door_->arrive(order);
    settle(order.at);
  } else if (credits_ > 0 && admission_.waiting() == 0) {
    change_in_flight(1, order.at);
    admit(order, &payment);
    settle(order.at);
  } else if (!admission_.wait(order)) {
    end_now(order, Outcome::shed);
  }
}

// A credit is taken: reserve all lines or none, then pay. With `payment` drawn already the order is
// one of the frame.
void Sale::admit(Order& order, const stages::ChannelAnswer* payment) {
  credits_least_ = std::min(credits_least_, credits_);
  inventory_->reserve(0, {&order, 1});
  const bool reserved = order.fully_reserved();
  frame_->admitted.push_back({order.id, order.planned, order.at, reserved});
  if (reserved) {
    if (rows_) [[unlikely]] {
      rows_->enter(order);
    } else {
      pay(order, payment);
    }
    return;
  }
  order.step = Step::reserve;
  if (release(order)) {
    end_now(order, Outcome::sold_out);
  }
}

void Sale::pay(Order& order, const stages::ChannelAnswer* payment) {
  order.step = Step::pay;
  switch (payment_.enter(order)) {
    case stages::Station::Entry::served:
      if (payment != nullptr) {
        hold_soon(order, payment_.start(order, order.at, *payment));
      } else {
        hold(order, payment_.start(order, order.at));
      }
      if (payment_.expects_repayments()) [[unlikely]] {
        hold_repayments();
      }
      break;
    case stages::Station::Entry::queued:
      break;
    case stages::Station::Entry::refused:
      if (release(order)) end_now(order, Outcome::shed);
      break;
  }
}

// The next thing at the rows happens; whoever is durable then goes on to pay.
void Sale::commit() {
  const Instant now = rows_->next().at;
  for (Order order : rows_->advance()) {
    frame_->durable.push_back({order.id, order.planned, order.at});
    pay(order, nullptr);
  }
  settle(now);
}

// The payment channel's answer, or the end of the wait for it; or a refund arrives. Most orders end
// here, so the order is worked on where the log will have it.
void Sale::conclude(const Order& due) {
  if (due.step == Step::pay || due.step == Step::repay) [[unlikely]] {
    return come_back(due);
  }
  const Instant now = due.at;
  Order& order = frame_->ended.emplace_back(due);
  Outcome outcome = Outcome::refunded;
  bool is_over = true;
  if (order.step == Step::refund) {
    payment_.refund(order);
    leave(order, Outcome::refunded);
  } else {
    if (door_ && order.answer == PaymentAnswer::approved && !door_->accept(order, now)) {
      // Nobody waits for it any more: the money goes back.
      order.answer = PaymentAnswer::late_approval;
    }
    payment_.conclude(order);
    if (order.step == Step::dispatch) {
      outcome = Outcome::dispatched;
      leave(order, Outcome::dispatched);
    } else if (order.step == Step::pay) {
      hold(order, order.at);
      is_over = false;
    } else {
      is_over = release(order);
      outcome = order.ends_as();
    }
  }
  if (is_over) {
    frame_->outcomes.push_back(outcome);
    last_end_ = std::max(last_end_, now);
  } else {
    frame_->ended.pop_back();
  }
  settle(now);
}

// An order whose payment failed tries again, or the late success of such a payment arrives.
void Sale::come_back(Order order) {
  if (order.step == Step::repay) return payment_.refund(order);
  const Instant now = order.at;
  pay(order, nullptr);
  settle(now);
}

void Sale::hold_repayments() {
  Order late;
  while (payment_.next_repayment(late)) hold(late, late.at);
}

// The number of payment servers changes as the calendar says.
void Sale::change_servers() {
  const Instant now = next_change_;
  const auto& calendar = scenario_.payment.calendar;
  const std::int64_t servers = calendar[changes_++].servers;
  payment_.station().add_servers(servers - servers_);
  servers_ = servers;
  next_change_ = changes_ < calendar.size() ? Instant(calendar[changes_].at) : kNever;
  settle(now);
}

// An order in the payment queue loses its reservation or its patience.
void Sale::expire() {
  Order order;
  payment_.expire_next(payment_.first_deadline().at, order);
  if (release(order)) end_now(order, order.ends_as());
  settle(order.at);
}

// The way back: what was reserved returns to the shelves, and the credit. False when the order is
// not over: its money is still to come, and to go back.
bool Sale::release(Order& order) {
  if (order.reserved_lines() != 0) inventory_->release(0, {&order, 1});
  if (order.ends_as() == Outcome::refunded) {
    order.step = Step::refund;
    hold(order, std::max(order.until, order.at));
    return false;
  }
  leave(order, order.ends_as());
  return true;
}

// An order that had a credit is over.
void Sale::leave(const Order& order, Outcome outcome) {
  change_in_flight(-1, order.at);
  if (door_) [[unlikely]] {
    door_->finish(order, outcome);
  }
}

void Sale::end_now(const Order& order, Outcome outcome) {
  frame_->ended.push_back(order);
  frame_->outcomes.push_back(outcome);
  last_end_ = std::max(last_end_, order.at);
}

// Freed servers and credits are taken at once, by those who waited longest.
void Sale::settle(Instant now) {
  while (payment_.can_serve()) {
    for (const Order& served : payment_.serve(now)) hold(served, served.at);
    hold_repayments();
  }
  if (door_) [[unlikely]] {
    return follow_door();
  }
  Order next;
  while (credits_ > 0 && admission_.waiting() > 0) {
    admission_.admit_waiting({&next, 1});
    change_in_flight(1, now);
    next.at = now;
    admit(next, nullptr);
  }
}

// What the door decided. Who is let in may end at once, and with it somebody else gets a credit.
void Sale::follow_door() {
  auto& admitted = door_->admitted();
  for (std::size_t i = 0; i < admitted.size(); ++i) {
    Order order = admitted[i];
    change_in_flight(1, order.at);
    admit(order, nullptr);
  }
  admitted.clear();
  auto& clicks = frame_->further_clicks;
  clicks.insert(clicks.end(), door_->further_clicks().begin(), door_->further_clicks().end());
  door_->further_clicks().clear();
  for (const auto& [order, outcome] : door_->ended()) end_now(order, outcome);
  door_->ended().clear();
}

void Sale::change_in_flight(std::int64_t by, Instant now) {
  const auto in_flight = static_cast<std::uint64_t>(scenario_.admission.in_flight_limit - credits_);
  in_flight_integral_ns_ +=
      Wide{in_flight} * static_cast<std::uint64_t>((now - in_flight_since_).count());
  in_flight_since_ = now;
  credits_ -= by;
}

}  // namespace double11::virtual_time
