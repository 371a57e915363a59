// Payment by several channels.
#include <double11/core/random.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <bit>
#include <numeric>

namespace double11::stages {
namespace {

Duration timeout_of(const scenario::Payment& payment, std::size_t channel) {
  const Duration own = payment.channels[channel].timeout;
  return own > Duration(0) ? own : payment.timeout;
}

}  // namespace

ChannelLaws::ChannelLaws(const scenario::Scenario& scenario, std::size_t channel)
    : latency(service_time(scenario.payment.channels[channel].latency)),
      clock(WorkClock::of_channel(scenario, channel)),
      decline_below(threshold_of(scenario.payment.channels[channel].decline_probability)),
      timeout(timeout_of(scenario.payment, channel)),
      weight(threshold_of(scenario.payment.channels[channel].share)) {}

double mean_latency_ns(const scenario::PaymentChannel& channel) {
  return service_time(channel.latency).mean();
}

void Payment::open_channels(WaitingLine::Next next, WaitingLine::Deadlines deadlines) {
  const scenario::Payment& payment = scenario_.payment;
  for (const scenario::PaymentChannel& channel : payment.channels) {
    Channel& made =
        channels_.emplace_back(Channel{Station(channel.queue_limit, next, deadlines), {}});
    made.station.add_servers(channel.servers);
    if (channel.breaker == scenario::Switch::on) made.breaker.emplace(payment.breaker);
    counts_.channels.emplace_back().reasons.resize(payment.reasons.size());
  }
}

bool Payment::lacks_servers() const {
  if (channels_.empty()) return station_.free_servers() <= 0;
  return std::any_of(channels_.begin(), channels_.end(),
                     [](const Channel& channel) { return channel.station.free_servers() <= 0; });
}

Duration Payment::busy() const {
  return std::accumulate(
      channels_.begin(), channels_.end(), station_.busy(),
      [](Duration sum, const Channel& channel) { return sum + channel.station.busy(); });
}

std::int64_t Payment::busy_servers() const {
  return std::accumulate(channels_.begin(), channels_.end(), station_.busy_servers(),
                         [](std::int64_t sum, const Channel& channel) {
                           return sum + channel.station.busy_servers();
                         });
}

// Takes the first channel in line that lets the order in; false when there is none. Then the order
// keeps the channel of its payment before, or that where it would have gone.
bool Payment::choose_channel(Order& order) {
  const RandomBlock random =
      random_block(seed_, Purpose::payment_channel, order.id.value, order.attempt);
  const unsigned all = (1U << channels_.size()) - 1U;
  if (order.attempt == 0) return choose_among(all, order, random.wide(0));
  const unsigned last = 1U << order.channel();
  const bool elsewhere = scenario_.payment.retry_elsewhere == scenario::Switch::on;
  const unsigned first = elsewhere ? all & ~last : last;
  return choose_among(first, order, random.wide(0)) ||
         choose_among(all & ~first, order, random.wide(1));
}

// One of a set, by the shares of those whose breakers let the order through.
bool Payment::choose_among(unsigned channels, Order& order, std::uint64_t bits) {
  for (bool is_first = true; channels != 0; is_first = false) {
    std::uint64_t total = 0;
    for (unsigned rest = channels; rest != 0; rest &= rest - 1) {
      total += laws_.channels[static_cast<std::size_t>(std::countr_zero(rest))].weight;
    }
    if (total == 0) return false;
    std::uint64_t drawn = below(bits, total);
    std::size_t index = 0;
    for (unsigned rest = channels;; rest &= rest - 1) {
      index = static_cast<std::size_t>(std::countr_zero(rest));
      if (drawn < laws_.channels[index].weight) break;
      drawn -= laws_.channels[index].weight;
    }
    const bool is_let_in = is_permitted(index, order.at);
    if (is_let_in || (is_first && order.attempt == 0)) {
      order.set_channel(static_cast<unsigned>(index));
    }
    if (is_let_in) return true;
    ++counts_.channels[index].avoided;
    channels &= ~(1U << index);
    bits = mix(bits);
  }
  return false;
}

bool Payment::is_permitted(std::size_t channel, Instant now) {
  auto& breaker = channels_[channel].breaker;
  if (!breaker) return true;
  const bool permitted = breaker->permits(now);
  counts_.channels[channel].opened = breaker->opened();
  return permitted;
}

Station::Entry Payment::enter_channel(Order& order) {
  if (!choose_channel(order)) {
    ++counts_.unrouted;
    // It has no server to give back.
    order.shares_server = true;
    return Station::Entry::served;
  }
  Channel& channel = channels_[order.channel()];
  measure::ChannelCounts& counts = counts_.channels[order.channel()];
  const Station::Entry entry = enter_at(channel.station, order);
  if (entry == Station::Entry::queued) {
    queued_most_ = std::max(queued_most_, ++queued_at_channels_);
    counts.queue_most = static_cast<std::int64_t>(channel.station.queue_most());
  } else if (entry == Station::Entry::refused) {
    ++counts.refused;
    if (channel.breaker) channel.breaker->withdraw();
  }
  return entry;
}

ChannelAnswer Payment::answer_of_channel(const Order& order) const {
  const ChannelLaws& laws = laws_.channels[order.channel()];
  const RandomBlock random = random_block(seed_, Purpose::payment, order.id.value, order.attempt);
  return {Duration(laws.latency(random.wide(0))), random.word[2] >= laws.decline_below};
}

Instant Payment::start_at_channel(Order& order, Instant at) {
  if (order.shares_server) return turn_away(order, at);
  const Instant due = begin_at_channel(order, at, answer_of_channel(order));
  occupy(order, due - at);
  return due;
}

// The payment that begins keeps its server for so long.
void Payment::occupy(const Order& order, Duration service) {
  channels_[order.channel()].station.occupy(service);
  counts_.channels[order.channel()].busy += service;
}

// No channel takes it: a payment that is declined at once.
Instant Payment::turn_away(Order& order, Instant at) {
  order.step = Step::answer;
  if (attempts_ > 1 && tries_again(order, at, false, at)) return at;
  order.answer = PaymentAnswer::declined;
  order.until = at;
  return at;
}

Instant Payment::begin_at_channel(Order& order, Instant at, const ChannelAnswer& answer) {
  const ChannelLaws& laws = laws_.channels[order.channel()];
  measure::ChannelCounts& counts = counts_.channels[order.channel()];
  const Instant answer_at = laws.clock.finish(at, answer.work);
  const Instant due = run_course(order, at, answer.approved, answer_at, laws.timeout);
  const bool in_time = answer_at == due;
  bool failed = !in_time;
  ++counts.started;
  if (!in_time) {
    ++counts.timed_out;
  } else if (answer.approved) {
    ++counts.paid;
  } else {
    ++counts.declined;
    failed = true;
    if (!laws_.reasons.empty()) {
      const std::size_t reason = reason_for(order);
      ++counts.reasons[reason];
      failed = laws_.reasons.by_channel(reason);
    }
  }
  if (auto& breaker = channels_[order.channel()].breaker) {
    breaker->expect({due, order.id, failed, due - at > scenario_.payment.breaker.slow_call});
  }
  return due;
}

const Payment::Channel* Payment::channel_to_serve() const {
  for (const Channel& channel : channels_) {
    if (channel.station.queued() > 0 && channel.station.free_servers() > 0) return &channel;
  }
  return nullptr;
}

// Of those with a queue, the one that an order leaves first.
const Payment::Channel& Payment::first_to_leave() const {
  const Channel* first = nullptr;
  for (const Channel& channel : channels_) {
    if (channel.station.queued() == 0) continue;
    if (first == nullptr) first = &channel;
    const WaitingLine::Deadline best = first->station.first_deadline();
    const WaitingLine::Deadline other = channel.station.first_deadline();
    if (other.at < best.at || (other.at == best.at && other.id < best.id)) first = &channel;
  }
  return *first;
}

// Takes the order out of its queue that gives up first, if it does by `now`.
bool Payment::take_first_to_leave(Instant now, Order& order) {
  if (channels_.empty()) return station_.expire_next(now, order);
  if (queued_at_channels_ == 0) return false;
  const auto index = static_cast<std::size_t>(&first_to_leave() - channels_.data());
  Channel& channel = channels_[index];
  if (!channel.station.expire_next(now, order)) return false;
  --queued_at_channels_;
  ++counts_.channels[index].left;
  if (channel.breaker) channel.breaker->withdraw();
  return true;
}

}  // namespace double11::stages
