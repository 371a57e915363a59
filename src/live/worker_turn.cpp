// The turn of a worker: what it does between two looks at the clock.
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <chrono>

#include "live/worker.hpp"

namespace double11::live {
namespace {

// The share of a bounded total that falls to part `index` of `parts`; the parts add up exactly.
std::int64_t part_of(std::int64_t total, int index, std::uint32_t parts) {
  if (index < 0) return 0;
  const auto n = static_cast<std::int64_t>(parts);
  return total * (index + 1) / n - total * index / n;
}

// How long after the last server was taken it may soon be so again.
constexpr Duration kShortOfServers = std::chrono::seconds(1);

}  // namespace

Worker::Worker(Wiring& wiring, std::uint32_t worker)
    : wiring_(wiring),
      worker_(worker),
      shard_{wiring.placement.shard_of(Stage::admission, worker),
             wiring.placement.shard_of(Stage::inventory, worker),
             wiring.placement.shard_of(Stage::payment, worker),
             wiring.placement.shard_of(Stage::logistics, worker)},
      stock_is_owned_(wiring.inventory->owned()),
      gate_(wiring, worker),
      mail_(wiring, worker),
      credits_(wiring.in_flight, wiring.options.workers),
      server_chunk_(
          std::clamp<std::int64_t>(fewest_servers(wiring.scenario.payment) /
                                       (std::int64_t{16} * wiring.placement.shards(Stage::payment)),
                                   1, static_cast<std::int64_t>(kBatch))),
      admission_(part_of(wiring.scenario.admission.queue_limit, shard_[0],
                         wiring.placement.shards(Stage::admission))),
      has_door_(has_door(wiring.scenario)),
      door_asks_(has_door_ && wiring.scenario.traffic.retry.timeout.count() > 0),
      door_(has_door_ && shard_[0] >= 0 ? std::make_unique<stages::Door>(wiring.scenario)
                                        : nullptr),
      payment_(wiring.scenario, wiring.payment_laws,
               part_of(wiring.scenario.payment.queue_limit, shard_[2],
                       wiring.placement.shards(Stage::payment))),
      logistics_(wiring.scenario, wiring.placement.shards(Stage::logistics), shard_[3] >= 0),
      canary_(wiring.options.canary),
      books_(wiring.scenario),
      delivery_(wiring.scenario),
      series_(wiring.scenario),
      latency_series_(wiring.scenario) {
  if (stages::Rows::are_used(wiring.scenario) && shard_[index_of(Stage::inventory)] >= 0) {
    rows_.emplace(wiring.scenario);
  }
}

bool Worker::turn() {
  if (wiring_.state.stop_requested() && !stopped_) stop();
  now_ = gate_.now();
  if (!wiring_.calendar.empty() && !stopped_) {
    wiring_.servers.give(wiring_.calendar.change_by(now_));
  }
  bool worked = receive();
  worked |= wake();
  worked |= commit();
  worked |= let_in();
  do {
    for (const Step step : {Step::reserve, Step::answer, Step::pay, Step::dispatch, Step::release,
                            Step::refund, Step::confirm, Step::finish}) {
      flush(step);
    }
    // Whoever leaves through the door lets others in.
  } while (has_door_ && (follow_door() || has_batches()));
  mail_.flush();
  publish(worked);
  return worked || time_moved_;
}

bool Worker::receive() {
  bool worked = false;
  bool emptied = true;
  const std::size_t batch = wiring_.options.batch;
  for (const Stage stage : kAllStages) {
    const std::span<Order> orders = mail_.receive(stage, received_.room().first(batch));
    if (orders.empty()) continue;
    worked = true;
    emptied = emptied && orders.size() < batch;
    auto& load = load_[index_of(stage)];
    load.queue_most =
        std::max(load.queue_most, static_cast<std::int64_t>(orders.size() + mail_.depth(stage)));
    for (const Order& order : orders) gather(order);
  }
  emptied_ = emptied;
  return worked;
}

bool Worker::has_batches() const {
  return std::any_of(local_.begin(), local_.end(),
                     [](const Batch& batch) { return !batch.empty(); });
}

bool Worker::wake() {
  if (only_refunds_left()) {
    // Nothing more can happen here but money going back; no need to sit through the wait for it.
    holds_.drain([&](std::span<Order> orders) { answer(orders); });
    return true;
  }
  if (holds_.settled(now_) && payment_.queued() == 0) return false;
  const TimeSheet::Entry entry(sheet_, index_of(Stage::payment));
  refresh_now();
  bool worked = false;
  const auto on_due = [&](std::span<Order> orders) {
    worked = true;
    for (Order& order : orders) order.at = event_at(order);
    answer(orders);
  };
  if (stopped_) {
    holds_.drain(on_due);
  } else {
    holds_.advance(now_, on_due);
  }
  Order order;
  // After an interruption time stands still for the queue: it is served, not expired; unless there
  // may be no servers, then it goes home.
  while (stopped_ && !wiring_.calendar.empty() && payment_.send_home(stopped_at_, order)) {
    worked = true;
    forward(order);
  }
  const Instant until = stopped_ ? Instant{} : now_;
  while (payment_.expire_next(until, order)) {
    worked = true;
    forward(order);
  }
  serve_waiting(until);
  return worked;
}

bool Worker::let_in() {
  bool worked = advance_door();
  if (const auto waiting = static_cast<std::int64_t>(admission_.waiting()); waiting > 0) {
    const std::int64_t credits =
        credits_.fill(std::min(waiting, static_cast<std::int64_t>(wiring_.options.batch)));
    const std::size_t count =
        admission_.admit_waiting(received_.room().first(static_cast<std::size_t>(credits)));
    credits_.spend(credits);
    const std::span<Order> admitted = received_.room().first(count);
    worked = count > 0;
    for (Order& order : admitted) {
      // At pace max the frontier is the earliest that a credit can have come back.
      order.at = std::max(order.at, now_);
      take(Funnel::admitted, order);
      order.step = Step::reserve;
    }
    hand_on(admitted);
  }
  {
    const TimeSheet::Entry entry(sheet_, TimeSheet::kTraffic);
    // Booked as planned, before the gate: what the gate or anything after it loses is missed.
    time_moved_ =
        gate_.make_due(now_, waiting_for_credits() > 0, door_ ? door_->next_event() : kNever);
    if (time_moved_) {
      worked |= !gate_.unreleased().empty();
      std::uint64_t prints = 0;
      for (const Order& order : gate_.unreleased()) prints += traffic::fingerprint_of(order);
      books_.arrived_all(gate_.unreleased(), prints);
    }
  }
  refresh_now();
  std::span<Order> arrivals = gate_.release(now_);
  if (arrivals.empty()) return worked;
  if (canary_ == Canary::lost_arrival && plant(Canary::lost_arrival))
    arrivals = arrivals.subspan(1);
  {
    const TimeSheet::Entry entry(sheet_, TimeSheet::kTraffic);
    for (const Order& order : arrivals) {
      series_.count(Funnel::offered, order.planned);
      if (gate_.real()) lag_.record((now_ - order.planned).count());
    }
    offered_ += static_cast<std::int64_t>(arrivals.size());
  }
  admit(arrivals);
  return true;
}

void Worker::serve_waiting(Instant at) {
  Order next;
  while (payment_.queued() > 0) {
    if (payment_.expire_next(at, next)) {
      forward(next);
      continue;
    }
    if (payment_.station().free_servers() == 0 || owed_servers() > 0) borrow_servers(1);
    const std::span<const Order> served = payment_.serve(gate_.real() ? now_ : at);
    if (served.empty()) return;
    for (const Order& order : served) holds_.hold(order, order.at);
    hold_repayments();
  }
}

void Worker::borrow_servers(std::int64_t wanted) {
  // Those of several channels are here already.
  if (payment_.has_channels()) return;
  if (const std::int64_t owed = owed_servers(); owed > 0) {
    return return_servers(std::min(owed, payment_.station().free_servers()));
  }
  const std::int64_t missing = wanted - payment_.station().free_servers();
  if (missing > 0) {
    payment_.station().add_servers(wiring_.servers.take(std::max(missing, server_chunk_)));
  }
}

// How many have to go because there are fewer now.
std::int64_t Worker::owed_servers() const {
  return wiring_.calendar.empty() ? 0 : -wiring_.servers.free();
}

void Worker::return_servers(std::int64_t count) {
  if (count <= 0) return;
  payment_.station().remove_servers(count);
  wiring_.servers.give(count);
}

// The run was interrupted: no more arrivals, the queue at the door goes home, holds end at once.
void Worker::stop() {
  stopped_ = true;
  stopped_at_ = now_;
  for (const Order& order : gate_.unreleased()) {
    books_.withdrawn(order, traffic::fingerprint_of(order));
  }
  gate_.stop();
  if (door_) {
    door_->close(stopped_at_);
    follow_door();
  }
  std::array<Order, 1> waiting;
  while (admission_.admit_waiting(waiting) > 0) {
    end(waiting[0], Outcome::abandoned);
    ++sent_home_;
  }
}

void Worker::publish(bool worked) {
  const bool generates = shard_[index_of(Stage::admission)] >= 0;
  if (!worked || !generates) credits_.give_back_to(0);
  const std::int64_t keep = worked ? 2 * server_chunk_ : 0;
  return_servers(payment_.station().free_servers() - keep);
  gate_.report(now_, emptied_);
  wiring_.state.set_waiting(worker_, waiting_for_credits() > 0, lacks_servers());
  const bool idle = passive();
  wiring_.state.publish(worker_, mail_.sent(), mail_.received(), idle);
  if (wiring_.state.wants_snapshot(worker_)) {
    look(wiring_.state.snapshot_of(worker_));
    wiring_.state.answer(worker_);
  }
  if (idle) wiring_.state.check_over();
}

// Whether orders wait for servers, or would have to, or had to a short time ago: who is ahead then
// takes servers that belong to who is behind.
bool Worker::lacks_servers() {
  const bool none_to_borrow = payment_.has_channels() || wiring_.servers.free() <= 0;
  if (payment_.queued() > 0 ||
      (shard_[index_of(Stage::payment)] >= 0 && payment_.lacks_servers() && none_to_borrow)) {
    lacked_servers_ = now_;
    return true;
  }
  return lacked_servers_ && now_ - *lacked_servers_ < kShortOfServers;
}

bool Worker::passive() const {
  return gate_.over() && admission_.waiting() == 0 && (!door_ || door_->idle()) &&
         holds_.held() == 0 && payment_.queued() == 0 && !rows_hold_any();
}

bool Worker::only_refunds_left() const {
  // A door hears of refunds when they come: a buyer may try again.
  return !has_door_ && holds_.held() > 0 && holds_.held() == refunds_held_ && gate_.over() &&
         gate_.traffic_over() && admission_.waiting() == 0 && payment_.queued() == 0 &&
         !rows_hold_any();
}

bool Worker::plant(Canary canary) {
  if (canary_ != canary) return false;
  canary_ = Canary::none;
  return wiring_.state.first_to_plant();
}

void Worker::add_to(measure::RunRecord& record) const {
  record.books.merge(books_);
  record.delivery.merge(delivery_);
  record.payments += payment_.counts();
  record.parcels += logistics_.counts();
  record.fulfilment += logistics_.fulfilment_counts();
  for (std::size_t step = 0; step < kFunnelSteps; ++step) {
    record.latency[step].merge(latency_[step]);
  }
  record.generator_lag.merge(lag_);
  record.series.merge(series_);
  record.latency_series.merge(latency_series_);
  for (const Stage stage : kAllStages) {
    measure::StageLoad& sum = record.stages[index_of(stage)];
    const measure::StageLoad& own = load_[index_of(stage)];
    sum.workers += shard_[index_of(stage)] >= 0 ? 1 : 0;
    sum.busy += sheet_.spent(index_of(stage));
    sum.orders += own.orders;
    sum.batches += own.batches;
    sum.queue_most += own.queue_most;
  }
  record.stages[index_of(Stage::admission)].queue_most +=
      static_cast<std::int64_t>(admission_.queue_most());
  if (rows_) {
    auto& most = record.stages[index_of(Stage::inventory)].queue_most;
    most = std::max(most, static_cast<std::int64_t>(rows_->queue_most()));
  }
  record.stages[index_of(Stage::payment)].queue_most +=
      static_cast<std::int64_t>(payment_.queue_most());
  if (door_) {
    record.door = door_->counts();
    record.clients = door_->client_counts();
    record.sent_home += door_->abandoned();
    record.stages[index_of(Stage::admission)].queue_most += record.door.queue_most;
  }
  record.traffic_busy += sheet_.spent(TimeSheet::kTraffic);
  record.payment_busy += payment_.busy();
  record.scenario_end = std::max(record.scenario_end, last_end_);
  if (stopped_) record.traffic_end = std::max(record.traffic_end, stopped_at_);
  record.sent_home += sent_home_;
  record.still_in_flight += offered_ - ended_;
}

}  // namespace double11::live
