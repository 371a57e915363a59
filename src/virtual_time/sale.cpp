#include "virtual_time/sale.hpp"

#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <span>

namespace double11::virtual_time {
namespace {

constexpr OrderId kLastId{UINT64_MAX};

}  // namespace

Sale::Sale(const scenario::Scenario& scenario)
    : scenario_(scenario),
      payment_laws_(scenario),
      admission_(scenario.admission.queue_limit),
      door_(has_door(scenario) ? std::make_unique<stages::Door>(scenario) : nullptr),
      inventory_(scenario, 1),
      payment_(scenario, payment_laws_, scenario.payment.queue_limit),
      is_plain_(!door_ && !stages::Rows::are_used(scenario) && !payment_.has_channels()),
      runs_ahead_(is_plain_ &&
                  (scenario.payment.attempts == 1 || scenario.payment.batch_most == 1)),
      servers_(scenario.payment.servers),
      credits_(scenario.admission.in_flight_limit),
      credits_least_(credits_),
      holds_(tick_bits_for(
          traffic::RateCurve(scenario.traffic).peak_per_s(Instant(scenario.duration)))),
      portion_(portion_for(holds_.tick())),
      tick_bits_(holds_.tick_bits()) {
  served_.reserve(kAhead + static_cast<std::size_t>(scenario.payment.batch_most));
  if (stages::Rows::are_used(scenario)) rows_.emplace(scenario);
  payment_.station().add_servers(servers_);
  if (!scenario.payment.calendar.empty()) {
    next_change_ = Instant(scenario.payment.calendar.front().at);
  }
}

void Sale::work_through(Frame& frame) {
  frame_ = &frame;
  std::size_t reserved = 0;  // arrivals that have their stock already
  for (std::size_t i = 0; i < frame.arrivals.size(); ++i) {
    if (i >= reserved) {
      i = arrive_ahead(i);
      if (i == frame.arrivals.size()) break;
      reserved = reserve_ahead(i);
      if (reserved > i || i % kAhead == 0) expect_arrivals(i + kAhead);
    }
    Order& order = frame.arrivals[i];
    events_before(order.planned, order.id);
    if (i < reserved) {
      let_in(order);
      pay(order, &frame.payments[i]);
    } else {
      arrive(order, frame.payments[i]);
    }
  }
  events_before(frame.end, OrderId{});
  hold_pending();
  suit_tick(frame);
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
  return next_due_ == due_.size() && pending_.empty() && holds_.held() == 0 &&
         payment_.queued() == 0 && admission_.waiting() == 0 && (!door_ || door_->idle()) &&
         (!rows_ || rows_->held() == 0);
}

// Everything that happens before (`end`, `id`).
void Sale::events_before(Instant end, OrderId id) {
  const Due limit{nanoseconds_of(end), id.value, nullptr};
  for (;;) {
    if (is_plain_ && admission_.waiting() == 0) conclude_before(limit);
    const bool any_due = fetch_due(end) && due_[next_due_] < limit;
    Due next = any_due ? due_[next_due_] : limit;
    bool gives_up = false;
    if (payment_.queued() > 0) [[unlikely]] {
      const stages::WaitingLine::Deadline first = payment_.first_deadline();
      const Due deadline{nanoseconds_of(first.at), first.id.value, nullptr};
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
    if (!any_due) break;
    conclude(*due_[next_due_++].order);
  }
  // All of them came before the limit.
  ahead_ = {};
  credits_least_ = std::min(credits_least_, credits_);
}

void Sale::arrive(Order& order, const stages::ChannelAnswer& payment) {
  if (door_) [[unlikely]] {
    door_->arrive(order);
    settle(order.at);
  } else if (credits_ > 0 && admission_.waiting() == 0) {
    let_in(order);
    admit(order, &payment);
    settle(order.at);
  } else if (!admission_.wait(order)) {
    end_now(order, Outcome::shed);
  }
}

// A credit is taken.
void Sale::let_in(const Order& order) {
  change_in_flight(1, order.at);
  credits_least_ = std::min(credits_least_, credits_);
}

// Whoever was let in: reserve all lines or none, then pay. With `payment` drawn already the order
// is one of the frame.
void Sale::admit(Order& order, const stages::ChannelAnswer* payment) {
  inventory_.reserve(0, {&order, 1});
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
      ++retrying_;
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
  --retrying_;
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
  if (order.reserved_lines() != 0) inventory_.release(0, {&order, 1});
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
  if (nobody_waits()) return;
  serve_line(now);
  if (door_) [[unlikely]] {
    return follow_door();
  }
  Order next;
  while (credits_ > 0 && admission_.waiting() > 0) {
    admission_.admit_waiting({&next, 1});
    next.at = now;
    let_in(next);
    admit(next, nullptr);
  }
}

void Sale::serve_line(Instant now) {
  const auto most = static_cast<std::size_t>(scenario_.payment.batch_most);
  while (payment_.can_serve()) {
    // They stay where they are until they are held.
    if (served_.size() + most > served_.capacity()) hold_pending();
    const std::size_t first = served_.size();
    payment_.serve(now, served_);
    for (std::size_t i = first; i < served_.size(); ++i) hold_soon(served_[i], served_[i].at);
    hold_repayments();
  }
}

// What the door decided. Who is let in may end at once, and with it somebody else gets a credit.
void Sale::follow_door() {
  auto& admitted = door_->admitted();
  for (std::size_t i = 0; i < admitted.size(); ++i) {
    Order order = admitted[i];
    let_in(order);
    admit(order, nullptr);
  }
  admitted.clear();
  auto& clicks = frame_->further_clicks;
  clicks.insert(clicks.end(), door_->further_clicks().begin(), door_->further_clicks().end());
  door_->further_clicks().clear();
  for (const auto& [order, outcome] : door_->ended()) end_now(order, outcome);
  door_->ended().clear();
}

}  // namespace double11::virtual_time
