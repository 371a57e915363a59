#include <double11/core/random.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/stages/concurrency_limit.hpp>
#include <double11/stages/door.hpp>
#include <double11/stages/door_queue.hpp>
#include <double11/stages/token_bucket.hpp>
#include <double11/stages/waiting_room.hpp>

#include <algorithm>
#include <optional>

namespace double11::stages {
namespace {

using scenario::OverloadControl;

DoorQueue queue_of(const scenario::Admission& admission) {
  DoorQueue::Settings settings;
  settings.limit = admission.queue_limit;
  settings.margin = admission.expiry_margin;
  switch (admission.control) {
    case OverloadControl::drop_expired:
      settings.discipline = DoorQueue::Discipline::drop_expired;
      break;
    case OverloadControl::lifo:
      settings.discipline = DoorQueue::Discipline::lifo;
      break;
    case OverloadControl::codel:
      settings.discipline = DoorQueue::Discipline::codel;
      break;
    case OverloadControl::adaptive_lifo:
      settings.discipline = DoorQueue::Discipline::adaptive_lifo;
      break;
    case OverloadControl::none:
    case OverloadControl::vegas:
    case OverloadControl::gradient2:
    case OverloadControl::sentinel:
      break;
  }
  return DoorQueue(settings);
}

std::unique_ptr<ConcurrencyLimit> limit_of(const scenario::Scenario& scenario) {
  switch (scenario.admission.control) {
    case OverloadControl::vegas:
      return std::make_unique<Vegas>(Vegas::Settings{}, static_cast<std::uint64_t>(scenario.seed));
    case OverloadControl::gradient2:
      return std::make_unique<Gradient2>(Gradient2::Settings{});
    case OverloadControl::sentinel:
      return std::make_unique<SentinelRule>();
    case OverloadControl::none:
    case OverloadControl::drop_expired:
    case OverloadControl::lifo:
    case OverloadControl::codel:
    case OverloadControl::adaptive_lifo:
      break;
  }
  return nullptr;
}

std::optional<WaitingRoom> room_of(const scenario::Scenario& scenario) {
  const scenario::WaitingRoom& room = scenario.admission.waiting_room;
  if (room.rate_per_s == 0) return std::nullopt;
  WaitingRoom::Settings settings;
  settings.next = room.next;
  settings.rate_per_s = room.rate_per_s;
  settings.opening = Instant(room.opens);
  settings.capacity = room.limit;
  return std::make_optional<WaitingRoom>(settings, static_cast<std::uint64_t>(scenario.seed),
                                         WorkClock::of_faults(scenario, "admission"));
}

std::optional<TokenBucket> bucket_of(const scenario::Scenario& scenario) {
  const scenario::RateLimit& limit = scenario.admission.rate_limit;
  if (limit.rate_per_s == 0) return std::nullopt;
  // A cold system gets no burst: that is what would overload it.
  const std::int64_t burst = limit.warm_up.count() > 0 ? 1 : limit.burst;
  return std::make_optional<TokenBucket>(
      TokenBucket::Settings{limit.rate_per_s, burst, limit.warm_up, limit.cold_factor},
      WorkClock::of_faults(scenario, "admission"));
}

}  // namespace

struct Door::Queues {
  explicit Queues(const scenario::Scenario& scenario)
      : room(room_of(scenario)),
        bucket(bucket_of(scenario)),
        queue(queue_of(scenario.admission)),
        limit(limit_of(scenario)) {}

  std::optional<WaitingRoom> room;
  std::optional<TokenBucket> bucket;
  DoorQueue queue;
  std::unique_ptr<ConcurrencyLimit> limit;  // none: the credits are the limit
  std::vector<Order> dropped;

  [[nodiscard]] Instant next_of_room() const {
    return room ? std::min(room->next_entry(), room->first_deadline()) : kNever;
  }
};

Door::Door(const scenario::Scenario& scenario)
    : scenario_(scenario),
      clients_(scenario),
      limits_(scenario),
      queues_(std::make_unique<Queues>(scenario)) {}

Door::~Door() = default;

Instant Door::advance_clock(Instant now) {
  now_ = std::max(now_, now);
  return now_;
}

void Door::arrive(const Order& order) {
  advance_clock(order.planned);
  click(order);
}

Instant Door::next_event() const {
  // The room may have been ready to let somebody in before anybody came.
  return std::max(now_, std::min(clients_.next_event(), queues_->next_of_room()));
}

// The waiting room goes before the clicks of its instant.
void Door::advance(Instant now) {
  while (next_event() <= now && next_event() != kNever) {
    const Instant room = queues_->next_of_room();
    if (room <= clients_.next_event()) {
      leave_room(advance_clock(room));
      continue;
    }
    Order next;
    if (!clients_.next_click(advance_clock(clients_.next_event()), next)) continue;
    next.planned = next.at = std::max(next.planned, now_);
    further_clicks_.push_back(next);
    click(next);
  }
  advance_clock(now);
}

// Somebody is let in, or leaves.
void Door::leave_room(Instant now) {
  Order order;
  const bool enters = queues_->room->let_in(now, order);
  if (!enters && !queues_->room->leaves_next(now, order)) return;
  order.until = kNever;
  if (const Duration period = scenario_.admission.waiting_room.poll_period; period.count() > 0) {
    counts_.polls += (now - order.at) / period;
  }
  if (enters) return come_in(order, now);
  ++counts_.expired;
  turn_away(order, Outcome::abandoned, now);
}

void Door::click(const Order& order) {
  const Instant now = now_;
  clients_.clicked(order);
  if (order.id.is_second_click() &&
      scenario_.admission.second_clicks == scenario::SecondClicks::suppress) {
    ++counts_.duplicates;
    return turn_away(order, Outcome::duplicate, now);
  }
  if (is_caught(order)) return turn_away(order, Outcome::throttled, now);
  if (!limits_.count_click(order, now)) {
    ++counts_.over_buyer_rate;
    return turn_away(order, Outcome::throttled, now);
  }
  if (!queues_->room) return come_in(order, now);
  if (limits_.is_sold_out(order)) {
    ++counts_.told_sold_out;
    return turn_away(order, Outcome::sold_out, now);
  }
  if (!queues_->room->push(order, clients_.deadline_of(order), now)) {
    ++counts_.room_full;
    return turn_away(order, Outcome::shed, now);
  }
}

bool Door::is_caught(const Order& order) {
  const scenario::BotFilter& filter = scenario_.admission.bot_filter;
  if (filter.hit == 0 && filter.false_alarm == 0) return false;
  const RandomBlock random =
      random_block(static_cast<std::uint64_t>(scenario_.seed), Purpose::bot_filter, order.id.value);
  const bool is_bot = scenario::is_bot(scenario_.traffic, order.buyer);
  if (random.word[0] >= threshold_of(is_bot ? filter.hit : filter.false_alarm)) return false;
  ++(is_bot ? counts_.bots_caught : counts_.false_alarms);
  return true;
}

// Past the waiting room.
void Door::come_in(Order order, Instant now) {
  if (limits_.is_sold_out(order)) {
    ++counts_.told_sold_out;
    return turn_away(order, Outcome::sold_out, now);
  }
  if (!limits_.take_units(order)) {
    ++counts_.over_buyer_units;
    return turn_away(order, Outcome::throttled, now);
  }
  if (queues_->bucket && !queues_->bucket->take(now)) {
    ++counts_.over_rate;
    limits_.return_units(order);
    return turn_away(order, Outcome::throttled, now);
  }
  const std::int64_t credits = scenario_.admission.in_flight_limit;
  if (queues_->limit && in_flight_ >= queues_->limit->limit()) {
    ++counts_.over_limit;
    limits_.return_units(order);
    return turn_away(order, Outcome::shed, now);
  }
  if (in_flight_ < credits && queues_->queue.size() == 0) return admit(order, now);
  if (!queues_->queue.push(order, clients_.deadline_of(order), now)) {
    ++counts_.over_limit;
    limits_.return_units(order);
    return turn_away(order, Outcome::shed, now);
  }
}

void Door::admit(Order order, Instant now) {
  ++in_flight_;
  counts_.in_flight_most = std::max(counts_.in_flight_most, in_flight_);
  order.at = now;
  order.until = kNever;
  admitted_.push_back(order);
}

// It is over before it had a credit. Its buyer sees that.
void Door::turn_away(const Order& order, Outcome outcome, Instant now) {
  if (outcome == Outcome::abandoned) ++abandoned_;
  Ended& ended = ended_.emplace_back(Ended{order, outcome});
  ended.order.at = now;
  ended.order.step = Step::admit;
  clients_.answered(order, outcome, now);
}

bool Door::accept(const Order& order, Instant now) {
  return clients_.accept(order, advance_clock(now));
}

void Door::finish(const Order& order, Outcome outcome) {
  const Instant now = advance_clock(order.at);
  --in_flight_;
  if (outcome != Outcome::dispatched) limits_.return_units(order);
  limits_.learn(order, outcome);
  if (queues_->limit) {
    // A buyer who stopped waiting is not told of by the stages: his answer came all the same.
    const bool dropped =
        outcome == Outcome::shed || outcome == Outcome::expired || outcome == Outcome::abandoned;
    queues_->limit->answered(now, now - order.planned, in_flight_ + 1, dropped);
  }
  clients_.answered(order, outcome, now);
  admit_waiting(now);
}

void Door::admit_waiting(Instant now) {
  const std::int64_t credits = scenario_.admission.in_flight_limit;
  Order next;
  while (in_flight_ < credits && queues_->queue.size() > 0) {
    const bool any = queues_->queue.next(now, next, queues_->dropped);
    for (const Order& order : queues_->dropped) {
      const bool expired = clients_.deadline_of(order) <= now;
      ++(expired ? counts_.expired : counts_.dropped);
      limits_.return_units(order);
      turn_away(order, expired ? Outcome::abandoned : Outcome::shed, now);
    }
    queues_->dropped.clear();
    if (!any) return;
    admit(next, now);
  }
}

void Door::close(Instant now) {
  clients_.close();
  const Instant then = advance_clock(now);
  const auto send_home = [&](const Order& order) { turn_away(order, Outcome::abandoned, then); };
  Order order;
  while (queues_->room && queues_->room->leaves_next(kNever, order)) send_home(order);
  while (queues_->queue.size() > 0) {
    if (queues_->queue.next(then, order, queues_->dropped)) queues_->dropped.push_back(order);
  }
  for (const Order& waiting : queues_->dropped) {
    limits_.return_units(waiting);
    send_home(waiting);
  }
  queues_->dropped.clear();
}

bool Door::idle() const {
  return waiting() == 0 && clients_.idle();
}

std::size_t Door::waiting() const {
  return waiting_for_credits() + (queues_->room ? queues_->room->size() : 0);
}

std::size_t Door::waiting_for_credits() const {
  return queues_->queue.size();
}

measure::DoorCounts Door::counts() const {
  measure::DoorCounts counts = counts_;
  counts.queue_most = static_cast<std::int64_t>(queues_->queue.most());
  if (queues_->room) {
    counts.room_most = static_cast<std::int64_t>(queues_->room->most());
  }
  return counts;
}

}  // namespace double11::stages
