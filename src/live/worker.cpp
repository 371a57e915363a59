// The way of an order through one worker, in order.
#include "live/worker.hpp"

#include <algorithm>
#include <bit>

namespace double11::live {
// Admission: a credit, a place in the queue, or shed.
void Worker::admit(std::span<Order> arrivals) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::admission));
  auto& load = load_[index_of(Stage::admission)];
  ++load.batches;
  load.orders += static_cast<std::int64_t>(arrivals.size());
  if (door_) return arrive(arrivals);
  // Whoever waits already goes first.
  std::int64_t credits =
      admission_.waiting() > 0 ? 0 : credits_.fill(static_cast<std::int64_t>(arrivals.size()));
  credits_.spend(credits);
  for (Order& order : arrivals) {
    if (credits > 0) {
      --credits;
      take(Funnel::admitted, order);
      order.step = Step::reserve;
    } else if (admission_.wait(order)) {
      order.step = Step::none;
    } else {
      end(order, Outcome::shed);
    }
  }
  hand_on(arrivals);
}

// Inventory: all lines or none; the reservation holds until Order::until.
void Worker::reserve(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::inventory));
  wiring_.inventory->reserve(static_cast<std::uint32_t>(shard_[index_of(Stage::inventory)]),
                             orders);
  refresh_now();
  for (Order& order : orders) {
    if (canary_ == Canary::oversold_unit && order.ends_as() == Outcome::sold_out &&
        plant(Canary::oversold_unit)) {
      order.marks = static_cast<std::uint8_t>(order.all_lines());
    }
    if (order.ends_as() == Outcome::sold_out) {
      order.at = event_at(order);
      order.step = Step::release;
      if (order.reserved_lines() == 0) leave(order, Outcome::sold_out);
    } else if (order.fully_reserved()) {
      if (canary_ == Canary::lost_order && !is_only_credit() && plant(Canary::lost_order)) {
        if (!has_door_) credits_.give(1);  // or with a single credit nobody else would get in
        order.step = Step::none;
        continue;
      }
      if (rows_) {
        order.at = event_at(order);
        rows_->enter(order);
        order.step = Step::none;
        continue;
      }
      take(Funnel::reserved, order);
      order.step = Step::pay;
    }
  }
  hand_on(orders);
}

// What has happened at the rows by now: who is durable goes on to pay. An interruption does not
// wait for them.
bool Worker::commit() {
  if (!rows_) return false;
  // Who was sent here comes to the rows before anything happens there that is later.
  flush(Step::reserve);
  if (!rows_hold_any() || (!emptied_ && !stopped_)) return false;
  const TimeSheet::Entry entry(sheet_, index_of(Stage::inventory));
  refresh_now();
  const Instant until = stopped_ ? kNever : now_;
  bool worked = false;
  while (rows_hold_any() && rows_->next().at <= until) {
    worked = true;
    for (Order order : rows_->advance()) {
      take(Funnel::reserved, order);
      forward(order);
    }
  }
  return worked;
}

// Payment: a server, a place in the queue, or shed. The answer comes out of the wheel.
void Worker::pay(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::payment));
  refresh_now();
  // Servers may come back from another worker: whoever waits goes first.
  if (payment_.queued() > 0) serve_waiting(stopped_ ? Instant{} : now_);
  if (payment_.queued() == 0) borrow_servers(std::ssize(orders));
  std::array<stages::ChannelAnswer, kBatch> answers;
  payment_.draw(orders, answers);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    orders[i].at = event_at(orders[i]);
    enter_payment(orders[i], answers[i]);
  }
  if (payment_.expects_repayments()) hold_repayments();
  hand_on(orders);
}

void Worker::enter_payment(Order& order, const stages::ChannelAnswer& answer) {
  switch (payment_.enter(order)) {
    case stages::Station::Entry::served:
      order.at = payment_.start(order, order.at, answer);
      break;
    case stages::Station::Entry::queued:
      order.step = Step::none;
      break;
    case stages::Station::Entry::refused:
      break;
  }
}

// A payment that failed: after its delay it is tried again. Without one at once, but after those
// who wait have taken what is free.
void Worker::try_again(Order& order, Instant failed_at) {
  if (order.at > failed_at) {
    holds_.hold(order, order.at);
    order.step = Step::none;
    return serve_waiting(failed_at);
  }
  serve_waiting(failed_at);
  if (payment_.queued() == 0) borrow_servers(1);
  stages::ChannelAnswer answer;
  payment_.draw({&order, 1}, {&answer, 1});
  enter_payment(order, answer);
  if (payment_.expects_repayments()) hold_repayments();
}

// What the channel will still say to payments that are tried again.
void Worker::hold_repayments() {
  Order late;
  while (payment_.next_repayment(late)) {
    holds_.hold(late, late.at);
    ++refunds_held_;
  }
}

// The payment channel's answers, or the end of the wait for them.
void Worker::answer(std::span<Order> orders) {
  for (Order& order : orders) {
    if (order.step == Step::pay) continue;  // its delay is over
    if (order.step == Step::refund || order.step == Step::repay) {
      take_refund(order);
      continue;
    }
    const Instant at = order.at;
    if (door_asks_ && order.answer == PaymentAnswer::approved) {
      payment_.free_server(order);
      order.step = Step::confirm;
    } else {
      conclude(order);
    }
    if (order.step == Step::pay) {
      try_again(order, at);
    } else if (payment_.queued() > 0) {
      serve_waiting(at);
    }
  }
  hand_on(orders);
}

void Worker::conclude(Order& order) {
  if (canary_ == Canary::wrong_amount && order.answer == PaymentAnswer::approved &&
      plant(Canary::wrong_amount)) {
    ++order.amount_fen;
  }
  payment_.conclude(order);
  if (canary_ == Canary::stranded_payment && order.step == Step::dispatch &&
      plant(Canary::stranded_payment)) {
    order.will_end_as(Outcome::declined);
    order.step = Step::release;
  }
  if (order.step == Step::dispatch) take(Funnel::paid, order);
}

// A late success arrives, and goes back.
void Worker::take_refund(Order& order) {
  --refunds_held_;
  if (!(canary_ == Canary::forgotten_refund && plant(Canary::forgotten_refund))) {
    payment_.refund(order);
  }
  if (order.step == Step::refund) {
    leave(order, Outcome::refunded);
  } else {
    order.step = Step::none;
  }
}

// Logistics: warehouse, parcel, ETA.
void Worker::dispatch(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::logistics));
  refresh_now();
  if (canary_ == Canary::double_dispatch && plant(Canary::double_dispatch)) {
    logistics_.dispatch(orders.front());
  }
  std::array<measure::DeliveryBooks::Delivery, kBatch> deliveries;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Order& order = orders[i];
    deliveries[i].set(order.at, logistics_.dispatch(order).eta, order.region);
    take(Funnel::dispatched, order);
    latency_series_.count(order.id, order.at, order.at - order.planned);
  }
  delivery_.dispatched_all(std::span(deliveries).first(orders.size()));
  if (has_door_) {
    for (Order& order : orders) leave(order, Outcome::dispatched);
    return hand_on(orders);
  }
  leave_dispatched(orders);
}

bool Worker::misfiles(const Order& order) {
  switch (canary_) {
    case Canary::misfiled_outcome:
      return order.ends_as() == Outcome::declined && plant(canary_);
    case Canary::misfiled_patience:
      return order.ends_as() == Outcome::abandoned && plant(canary_);
    default:
      return false;
  }
}

// The way back: stock returns shard by shard, then the order ends. Needs no credit.
void Worker::release(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::inventory));
  if (canary_ == Canary::leaked_reservation && plant(Canary::leaked_reservation)) {
    leave(orders.front(), orders.front().ends_as());
    if (has_door_) forward(orders.front());
    orders = orders.subspan(1);
  }
  if (canary_ == Canary::lost_unit) lose_unit(orders);
  wiring_.inventory->release(static_cast<std::uint32_t>(shard_[index_of(Stage::inventory)]),
                             orders);
  for (Order& order : orders) {
    if (order.reserved_lines() != 0) continue;
    if (order.ends_as() == Outcome::refunded) {
      order.step = Step::refund;
    } else {
      leave(order, misfiles(order) ? Outcome::sold_out : order.ends_as());
    }
  }
  hand_on(orders);
}

// The canary of that name, on the first order here whose reservation was complete.
void Worker::lose_unit(std::span<Order> orders) {
  for (Order& order : orders) {
    if (order.ends_as() == Outcome::sold_out || !plant(Canary::lost_unit)) continue;
    --order.quantity[static_cast<std::size_t>(std::countr_zero(order.reserved_lines()))];
    return;
  }
}

// An order that had a credit is over: the credit comes back, and the books are told; by the door
// where there is one.
void Worker::leave(Order& order, Outcome outcome) {
  if (has_door_) {
    order.will_end_as(outcome);
    order.step = Step::finish;
    return;
  }
  end(order, outcome);
  credits_.give(1);
}

// The same for a batch that was dispatched, without a door.
void Worker::leave_dispatched(std::span<Order> orders) {
  books_.dispatched_all(orders);
  for (Order& order : orders) {
    order.step = Step::none;
    last_end_ = std::max(last_end_, order.at);
  }
  ended_ += std::ssize(orders);
  credits_.give(std::ssize(orders));
}

// The one final state.
void Worker::end(Order& order, Outcome outcome) {
  order.step = Step::none;
  books_.ended(order, outcome);
  ++ended_;
  last_end_ = std::max(last_end_, order.at);
}

// A step of the funnel is taken.
void Worker::take(Funnel step, Order& order) {
  order.at = event_at(order);
  latency_[index_of(step)].record((order.at - order.planned).count());
  series_.count(step, order.at);
}

}  // namespace double11::live
