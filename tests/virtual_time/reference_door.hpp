#pragma once
// The door and the buyers behind it once more, as plain as can be: maps and lists that are searched
// from end to end. It shares with the door what is a class of its own there (the token bucket, the
// queue with its disciplines, the limits, the budget and delay of retries), and nothing of what
// holds them together.

#include <double11/core/random.hpp>
#include <double11/measure/client_counts.hpp>
#include <double11/measure/door_counts.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/stages/retry_budget.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/stages/token_bucket.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "virtual_time/reference_controls.hpp"

namespace double11::virtual_time {

inline std::int64_t units_of(const Order& order) {
  std::int64_t units = 0;
  for (std::size_t line = 0; line < order.lines; ++line) units += order.quantity[line];
  return units;
}

// The way in.

class ReferenceDoor {
 public:
  explicit ReferenceDoor(const scenario::Scenario& scenario)
      : scenario_(scenario),
        admission_(scenario.admission),
        retry_(scenario.traffic.retry),
        seed_(static_cast<std::uint64_t>(scenario.seed)),
        queue_(queue_settings(admission_)),
        delay_(retry_.delay, retry_.backoff, retry_.jitter) {
    if (const auto& limit = admission_.rate_limit; limit.rate_per_s > 0) {
      bucket_.emplace(stages::TokenBucket::Settings{limit.rate_per_s,
                                                    limit.warm_up.count() > 0 ? 1 : limit.burst,
                                                    limit.warm_up, limit.cold_factor},
                      stages::WorkClock::of_faults(scenario, "admission"));
    }
    if (const double rate = admission_.waiting_room.rate_per_s; rate > 0) {
      entries_.emplace(stages::TokenBucket::Settings{rate},
                       stages::WorkClock::of_faults(scenario, "admission"));
    }
    if (retry_.budget.share < 1) {
      budget_.emplace(stages::RetryBudget::Settings{
          retry_.budget.share, retry_.budget.least_per_s, retry_.budget.ttl,
          retry_.budget.of == scenario::RetryBudget::Of::successes});
    }
    limit_ = plain_limit(admission_.control, seed_);
  }

  struct Ended {
    Order order;
    Outcome outcome;
  };
  // What follows from the calls; who uses the door takes things out.
  std::deque<Order> admitted;
  std::vector<Ended> ended;

  // A click at order.planned.
  void click(const Order& order) {
    const Instant now = order.planned;
    last_click_ = now;
    note_click(order);
    if (order.id.is_second_click() &&
        admission_.second_clicks == scenario::SecondClicks::suppress) {
      ++counts_.duplicates;
      return turn_away(now, order, Outcome::duplicate);
    }
    const bool is_bot = scenario::is_bot(scenario_.traffic, order.buyer);
    const double caught = is_bot ? admission_.bot_filter.hit : admission_.bot_filter.false_alarm;
    if (random_block(seed_, Purpose::bot_filter, order.id.value).word[0] < threshold_of(caught)) {
      ++(is_bot ? counts_.bots_caught : counts_.false_alarms);
      return turn_away(now, order, Outcome::throttled);
    }
    if (admission_.buyer_rate.clicks_most > 0) {
      const std::int64_t window = now.time_since_epoch() / admission_.buyer_rate.window;
      if (++clicks_[{window, order.buyer.value}] > admission_.buyer_rate.clicks_most) {
        ++counts_.over_buyer_rate;
        return turn_away(now, order, Outcome::throttled);
      }
    }
    if (!entries_) return come_in(now, order);
    if (is_sold_out(order)) {
      ++counts_.told_sold_out;
      return turn_away(now, order, Outcome::sold_out);
    }
    if (static_cast<std::int64_t>(room_.size()) >= admission_.waiting_room.limit) {
      ++counts_.room_full;
      return turn_away(now, order, Outcome::shed);
    }
    room_.push_back(order);
  }

  Instant next_event() const { return std::min(next_in_room(), next_of_clients()); }

  // All that is due at `now`: first the waiting room, then who stops waiting, then who clicks.
  void advance(Instant now) {
    while (next_event() <= now && next_event() != kNever) {
      if (next_in_room() <= next_of_clients()) {
        leave_room(now);
      } else if (!timers_.empty() &&
                 (to_come_.empty() || timers_.begin()->first <= first_click())) {
        const Order order = awaited_.at(timers_.begin()->second.value);
        stop_waiting(order);
        ++clients_.timed_out;
        fail(now, order, scenario::RetryAfter::timed_out);
      } else {
        const Order next = to_come_.begin()->second;
        to_come_.erase(to_come_.begin());
        click(next);
      }
    }
  }

  // A payment succeeded: does the buyer still wait?
  bool accept(Instant now, const Order& order) {
    if (retry_.timeout.count() == 0) return true;
    if (order.id.is_second_click()) return now < order.planned + retry_.timeout;
    return stop_waiting(order);
  }

  // An order that was admitted is over.
  void finish(Instant now, const Order& order, Outcome outcome) {
    --in_flight_;
    if (outcome != Outcome::dispatched) units_[order.buyer.value] -= units_of(order);
    learn(now, order, outcome);
    if (limit_) {
      const bool lost =
          outcome == Outcome::shed || outcome == Outcome::expired || outcome == Outcome::abandoned;
      limit_->answered(now, now - order.planned, in_flight_ + 1, lost);
    }
    answer(now, order, outcome);
    while (in_flight_ < admission_.in_flight_limit && queue_.size() > 0) {
      std::vector<Order> dropped;
      Order next;
      const bool found = queue_.next(now, next, dropped);
      for (const Order& gone : dropped) {
        units_[gone.buyer.value] -= units_of(gone);
        const bool is_late = retry_.timeout.count() > 0 && gone.planned + retry_.timeout <= now;
        ++(is_late ? counts_.expired : counts_.dropped);
        turn_away(now, gone, is_late ? Outcome::abandoned : Outcome::shed);
      }
      if (found) admit(now, next);
    }
  }

  const measure::DoorCounts& counts() const { return counts_; }
  const measure::ClientCounts& clients() const { return clients_; }

 private:
  void come_in(Instant now, const Order& order) {
    if (is_sold_out(order)) {
      ++counts_.told_sold_out;
      return turn_away(now, order, Outcome::sold_out);
    }
    std::int64_t& units = units_[order.buyer.value];
    if (admission_.buyer_units_most > 0 && units + units_of(order) > admission_.buyer_units_most) {
      ++counts_.over_buyer_units;
      return turn_away(now, order, Outcome::throttled);
    }
    if (bucket_ && !bucket_->take(now)) {
      ++counts_.over_rate;
      return turn_away(now, order, Outcome::throttled);
    }
    if (limit_ && in_flight_ >= limit_->limit()) {
      ++counts_.over_limit;
      return turn_away(now, order, Outcome::shed);
    }
    if (in_flight_ < admission_.in_flight_limit && queue_.size() == 0) {
      admit(now, order);
    } else if (!queue_.push(order, deadline_of(order), now)) {
      ++counts_.over_limit;
      return turn_away(now, order, Outcome::shed);
    }
    units += units_of(order);
  }

  void admit(Instant now, Order order) {
    ++in_flight_;
    counts_.in_flight_most = std::max(counts_.in_flight_most, in_flight_);
    order.at = now;
    order.until = kNever;
    admitted.push_back(order);
  }

  void turn_away(Instant now, const Order& order, Outcome outcome) {
    ended.push_back({order, outcome});
    answer(now, order, outcome);
  }

  // The waiting room.

  Instant next_in_room() const {
    Instant next = kNever;
    const Instant opening(admission_.waiting_room.opens);
    for (const Order& order : room_) {
      next = std::min({next, deadline_of(order), entries_->next(std::max(opening, last_click_))});
    }
    return next;
  }

  void leave_room(Instant now) {
    const bool enters = now >= Instant(admission_.waiting_room.opens) && entries_->take(now);
    using Next = scenario::WaitingRoom::Next;
    const Next next = admission_.waiting_room.next;
    const bool by_lot = next != Next::arrival;
    const auto lot = [&](const Order& order) {
      const bool late = order.planned >= Instant(admission_.waiting_room.opens);
      if (next == Next::opening_lot && late) return UINT32_MAX;
      return random_block(seed_, Purpose::waiting_lot, order.id.value).word[0];
    };
    // Of equals the first who came; of those who leave by lot's list the smaller id.
    const auto goes =
        std::min_element(room_.begin(), room_.end(), [&](const auto& a, const auto& b) {
          if (enters) return by_lot && lot(a) < lot(b);
          if (deadline_of(a) != deadline_of(b)) return deadline_of(a) < deadline_of(b);
          return by_lot && a.id < b.id;
        });
    const Order order = *goes;
    room_.erase(goes);
    if (const Duration period = admission_.waiting_room.poll_period; period.count() > 0) {
      counts_.polls += (now - order.planned) / period;
    }
    if (enters) return come_in(now, order);
    ++counts_.expired;
    turn_away(now, order, Outcome::abandoned);
  }

  // What is known to be sold out.

  bool is_sold_out(const Order& order) const {
    if (!admission_.sold_out_short_cut) return false;
    for (std::size_t line = 0; line < order.lines; ++line) {
      const auto found = refused_from_.find(order.sku[line].value);
      if (found != refused_from_.end() && order.quantity[line] >= found->second) return true;
    }
    return false;
  }

  void learn(Instant, const Order& order, Outcome outcome) {
    if (outcome == Outcome::dispatched) return;
    if (outcome == Outcome::sold_out && order.lines == 1) {
      const auto [known, is_new] = refused_from_.emplace(order.sku[0].value, order.quantity[0]);
      if (!is_new) known->second = std::min(known->second, order.quantity[0]);
      return;
    }
    for (std::size_t line = 0; line < order.lines; ++line) {
      refused_from_.erase(order.sku[line].value);
    }
  }

  // The buyers.

  Instant first_click() const { return Instant(Duration(to_come_.begin()->first.first)); }

  Instant next_of_clients() const {
    Instant next = to_come_.empty() ? kNever : first_click();
    return timers_.empty() ? next : std::min(next, timers_.begin()->first);
  }

  Instant deadline_of(const Order& order) const {
    return retry_.timeout.count() > 0 ? order.planned + retry_.timeout : kNever;
  }

  void note_click(const Order& order) {
    if (order.id.is_second_click()) {
      ++clients_.second_clicks;
      return;
    }
    if (order.id.tries() > 0) {
      ++clients_.retries;
    } else {
      ++clients_.first_clicks;
      if (budget_) budget_->requested(order.planned);
      const std::uint64_t below = threshold_of(scenario_.traffic.double_clicks.share);
      if (random_block(seed_, Purpose::second_click, order.id.value).word[0] < below) {
        come_again(order, order.id.second_click(),
                   order.planned + scenario_.traffic.double_clicks.delay);
      }
    }
    if (retry_.timeout.count() > 0) {
      awaited_[order.id.value] = order;
      timers_.emplace(deadline_of(order), order.id);
    }
  }

  void come_again(const Order& order, OrderId id, Instant at) {
    Order next;
    next.id = id;
    next.planned = next.at = at;
    next.sku = order.sku;
    next.quantity = order.quantity;
    next.buyer = order.buyer;
    next.amount_fen = order.amount_fen;
    next.region = order.region;
    next.lines = order.lines;
    to_come_[{nanoseconds_of(at), id.value}] = next;
  }

  bool stop_waiting(const Order& order) {
    if (awaited_.erase(order.id.value) == 0) return false;
    timers_.erase(std::find_if(timers_.begin(), timers_.end(),
                               [&](const auto& timer) { return timer.second == order.id; }));
    return true;
  }

  void answer(Instant now, const Order& order, Outcome outcome) {
    using scenario::RetryAfter;
    if (outcome == Outcome::dispatched) ++clients_.goodput;
    if (order.id.is_second_click()) return;
    if (outcome == Outcome::dispatched) {
      ++clients_.served;
      if (budget_) budget_->succeeded(now);
      return;
    }
    if (retry_.timeout.count() > 0 && !stop_waiting(order)) {
      ++clients_.answered_late;
      return;
    }
    const std::map<Outcome, RetryAfter> reasons{
        {Outcome::throttled, RetryAfter::throttled}, {Outcome::shed, RetryAfter::shed},
        {Outcome::declined, RetryAfter::declined},   {Outcome::sold_out, RetryAfter::sold_out},
        {Outcome::expired, RetryAfter::timed_out},   {Outcome::refunded, RetryAfter::timed_out},
        {Outcome::abandoned, RetryAfter::timed_out}};
    fail(now, order, reasons.at(outcome));
  }

  void fail(Instant now, const Order& order, scenario::RetryAfter reason) {
    const unsigned next_try = order.id.tries() + 1;
    const bool wants = std::count(retry_.after.begin(), retry_.after.end(), reason) > 0 &&
                       next_try < retry_.attempts;
    const bool may = wants && (!budget_ || budget_->take(now));
    clients_.over_budget += wants && !may ? 1 : 0;
    clients_.given_up += may ? 0 : 1;
    if (!may) return;
    const RandomBlock random =
        random_block(seed_, Purpose::client_retry, order.id.first_click().value, next_try);
    std::int64_t delay_ns = delay_(next_try, random.word[0]).count();
    if (scenario::is_bot(scenario_.traffic, order.buyer)) {
      const double quick = static_cast<double>(delay_ns) / scenario_.traffic.bots.speed;
      delay_ns = std::max<std::int64_t>(1, static_cast<std::int64_t>(quick));
    }
    come_again(order, order.id.next_try(), now + Duration(delay_ns));
  }

  const scenario::Scenario& scenario_;
  const scenario::Admission& admission_;
  const scenario::Retry& retry_;
  std::uint64_t seed_;
  stages::DoorQueue queue_;
  stages::RetryDelay delay_;
  std::optional<stages::TokenBucket> bucket_;
  std::optional<stages::TokenBucket> entries_;  // of the waiting room
  std::optional<stages::RetryBudget> budget_;
  std::unique_ptr<stages::ConcurrencyLimit> limit_;
  std::int64_t in_flight_ = 0;
  Instant last_click_;
  std::vector<Order> room_;                                                // as they came
  std::map<std::pair<std::int64_t, std::uint32_t>, std::int64_t> clicks_;  // by window and buyer
  std::map<std::uint32_t, std::int64_t> units_;                            // by buyer
  std::map<std::uint32_t, std::uint8_t> refused_from_;  // by SKU: so many are not to be had
  std::map<std::pair<std::int64_t, std::uint64_t>, Order> to_come_;  // further clicks
  std::map<std::uint64_t, Order> awaited_;  // clicks whose buyers wait with a timeout
  std::multimap<Instant, OrderId> timers_;  // of these
  measure::DoorCounts counts_;
  measure::ClientCounts clients_;
};

}  // namespace double11::virtual_time
