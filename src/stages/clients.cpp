#include <double11/core/random.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/stages/clients.hpp>

#include <algorithm>

namespace double11::stages {
namespace {

// The click as its buyer makes it, whatever the stages have written into the record since.
Order fresh(const Order& order, OrderId id, Instant at) {
  Order click;
  click.id = id;
  click.planned = at;
  click.at = at;
  click.sku = order.sku;
  click.quantity = order.quantity;
  click.buyer = order.buyer;
  click.amount_fen = order.amount_fen;
  click.region = order.region;
  click.lines = order.lines;
  return click;
}

std::optional<RetryBudget> budget_of(const scenario::RetryBudget& budget) {
  if (budget.share >= 1) return std::nullopt;
  return RetryBudget({budget.share, budget.least_per_s, budget.ttl,
                      budget.of == scenario::RetryBudget::Of::successes});
}

}  // namespace

Clients::Clients(const scenario::Scenario& scenario)
    : scenario_(scenario),
      seed_(static_cast<std::uint64_t>(scenario.seed)),
      second_below_(threshold_of(scenario.traffic.double_clicks.share)),
      timeout_(scenario.traffic.retry.timeout),
      delay_(scenario.traffic.retry.delay, scenario.traffic.retry.backoff,
             scenario.traffic.retry.jitter),
      budget_(budget_of(scenario.traffic.retry.budget)) {
  for (const scenario::RetryAfter what : scenario.traffic.retry.after) {
    tries_after_.at(static_cast<std::size_t>(what)) = true;
  }
}

void Clients::clicked(const Order& order) {
  if (order.id.is_second_click()) {
    ++counts_.second_clicks;
    return;
  }
  if (order.id.tries() > 0) {
    ++counts_.retries;
  } else {
    ++counts_.first_clicks;
    if (budget_) budget_->requested(order.planned);
    if (second_below_ > 0 && !closed_) {
      const RandomBlock random = random_block(seed_, Purpose::second_click, order.id.value);
      const Instant at = order.planned + scenario_.traffic.double_clicks.delay;
      if (random.word[0] < second_below_) come_again(fresh(order, order.id.second_click(), at), at);
    }
  }
  if (timeout_.count() > 0 && !closed_) {
    waiting_[order.id.value] = order;
    timers_.push_back({order.planned + timeout_, order.id});
  }
}

void Clients::come_again(const Order& click, Instant at) {
  std::uint32_t place = 0;
  if (free_places_.empty()) {
    place = static_cast<std::uint32_t>(clicks_.size());
    clicks_.push_back(click);
  } else {
    place = free_places_.back();
    free_places_.pop_back();
    clicks_[place] = click;
  }
  pending_.push_back({at, click.id, place});
  std::push_heap(pending_.begin(), pending_.end(), later);
}

Instant Clients::next_event() const {
  Instant next = pending_.empty() ? kNever : pending_.front().at;
  if (!timers_.empty()) next = std::min(next, timers_.front().at);
  return next;
}

bool Clients::next_click(Instant now, Order& click) {
  // Who stops waiting at an instant may click again at once, so timers go first.
  while (!timers_.empty() && timers_.front().at <= now &&
         (pending_.empty() || timers_.front().at <= pending_.front().at)) {
    time_out(timers_.front().at);
  }
  if (pending_.empty() || pending_.front().at > now) return false;
  std::pop_heap(pending_.begin(), pending_.end(), later);
  const std::uint32_t place = pending_.back().place;
  pending_.pop_back();
  click = clicks_[place];
  free_places_.push_back(place);
  return true;
}

void Clients::time_out(Instant now) {
  const OrderId id = timers_.front().id;
  timers_.pop_front();
  if (const Order* const found = waiting_.find(id.value)) {
    const Order order = *found;
    waiting_.erase(id.value);
    ++counts_.timed_out;
    fail(order, scenario::RetryAfter::timed_out, now);
  }
  skip_answered();
}

// So that next_event() names no instant at which nothing happens.
void Clients::skip_answered() {
  while (!timers_.empty() && waiting_.find(timers_.front().id.value) == nullptr) {
    timers_.pop_front();
  }
}

bool Clients::accept(const Order& order, Instant now) {
  if (timeout_.count() == 0) return true;
  // The timer of this instant, or of one before, may not have been looked at yet.
  if (!closed_ && now >= deadline_of(order)) return false;
  if (order.id.is_second_click()) return true;
  if (!waiting_.erase(order.id.value)) return false;
  skip_answered();
  return true;
}

void Clients::answered(const Order& order, Outcome outcome, Instant now) {
  if (outcome == Outcome::dispatched) ++counts_.goodput;
  if (order.id.is_second_click()) return;
  if (outcome == Outcome::dispatched) {
    ++counts_.served;
    if (budget_) budget_->succeeded(now);
    return;
  }
  if (closed_) return;
  if (timeout_.count() > 0) {
    if (!waiting_.erase(order.id.value)) {
      ++counts_.answered_late;
      return;
    }
    skip_answered();
  }
  switch (outcome) {
    case Outcome::throttled:
      return fail(order, scenario::RetryAfter::throttled, now);
    case Outcome::shed:
      return fail(order, scenario::RetryAfter::shed, now);
    case Outcome::declined:
      return fail(order, scenario::RetryAfter::declined, now);
    case Outcome::sold_out:
      return fail(order, scenario::RetryAfter::sold_out, now);
    case Outcome::expired:
    case Outcome::refunded:
    case Outcome::abandoned:
      return fail(order, scenario::RetryAfter::timed_out, now);
    case Outcome::duplicate:
    case Outcome::dispatched:
      break;
  }
}

// A try failed at `now`: the next one, or none.
void Clients::fail(const Order& order, scenario::RetryAfter what, Instant now) {
  const unsigned tries = order.id.tries() + 1;
  if (!tries_after_.at(static_cast<std::size_t>(what)) ||
      tries >= static_cast<unsigned>(scenario_.traffic.retry.attempts)) {
    ++counts_.given_up;
    return;
  }
  if (budget_ && !budget_->take(now)) {
    ++counts_.over_budget;
    ++counts_.given_up;
    return;
  }
  const RandomBlock random =
      random_block(seed_, Purpose::client_retry, order.id.first_click().value, tries);
  Duration delay = delay_(tries, random.word[0]);
  if (scenario::is_bot(scenario_.traffic, order.buyer)) {
    // A slow one is no slower than anybody may be.
    const double quick = std::min(static_cast<double>(delay.count()) / scenario_.traffic.bots.speed,
                                  static_cast<double>(RetryDelay::kLongest.count()));
    delay = Duration(std::max<std::int64_t>(1, static_cast<std::int64_t>(quick)));
  }
  const Instant at = now + delay;
  come_again(fresh(order, order.id.next_try(), at), at);
}

// Who had stopped waiting before does not wait again: he may have another click under way.
void Clients::close() {
  closed_ = true;
  pending_.clear();
  clicks_.clear();
  free_places_.clear();
  timers_.clear();
}

}  // namespace double11::stages
