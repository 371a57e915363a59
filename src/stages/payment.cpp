#include <double11/core/random.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace double11::stages {
namespace {

// Orders whose random numbers are drawn together.
constexpr std::size_t kGroup = 64;

}  // namespace

PaymentLaws::PaymentLaws(const scenario::Scenario& scenario)
    : latency(service_time(scenario.payment.latency)), clock(WorkClock::of_payment(scenario)) {
  if (scenario.payment.patience.distribution != scenario::Distribution::none) {
    patience.emplace(service_time(scenario.payment.patience));
  }
}

Payment::Payment(const scenario::Scenario& scenario, const PaymentLaws& laws,
                 std::int64_t queue_limit)
    : seed_(static_cast<std::uint64_t>(scenario.seed)),
      decline_below_(threshold_of(scenario.payment.decline_probability)),
      timeout_(scenario.payment.timeout),
      laws_(laws),
      station_(queue_limit, scenario.payment.discipline, laws.patience.has_value()) {}

Station::Entry Payment::enter(Order& order) {
  const Station::Entry entry =
      laws_.patience ? station_.enter(order, leaves_at(order)) : station_.enter(order);
  if (entry == Station::Entry::refused) {
    ++counts_.refused;
    order.will_end_as(Outcome::shed);
    order.step = Step::release;
  }
  return entry;
}

// When the buyer of an order that queues now gives up.
Instant Payment::leaves_at(const Order& order) const {
  if (station_.free_servers() > 0) return order.until;
  const RandomBlock random = random_block(seed_, Purpose::payment_patience, order.id.value);
  return std::min(order.until, order.at + Duration((*laws_.patience)(random.wide(0))));
}

ChannelAnswer Payment::answer_of(const RandomBlock& random) const {
  return {Duration(laws_.latency(random.wide(0))), random.word[2] >= decline_below_};
}

void Payment::draw(std::span<const Order> orders, std::span<ChannelAnswer> into) const {
  std::array<RandomBlock, kGroup> random;
  for (std::size_t done = 0; done < orders.size(); done += kGroup) {
    const auto group = orders.subspan(done, std::min(kGroup, orders.size() - done));
    for (std::size_t i = 0; i < group.size(); ++i) {
      random[i] = counter_block(Purpose::payment, group[i].id.value);
    }
    randomize(seed_, std::span(random).first(group.size()));
    for (std::size_t i = 0; i < group.size(); ++i) into[done + i] = answer_of(random[i]);
  }
}

Instant Payment::start(Order& order, Instant at) {
  return start(order, at, answer_of(random_block(seed_, Purpose::payment, order.id.value)));
}

Instant Payment::start(Order& order, Instant at, const ChannelAnswer& answer) {
  const bool approved = answer.approved;
  const Instant answer_at = laws_.clock.finish(at, answer.work);
  // A stall can let a payment start after its reservation ended; then it ends at once.
  const Instant give_up_at = std::max(at, std::min(at + timeout_, order.until));
  const bool in_time = answer_at <= give_up_at;
  if (in_time) {
    order.answer = approved ? PaymentAnswer::approved : PaymentAnswer::declined;
  } else {
    order.answer = approved ? PaymentAnswer::late_approval : PaymentAnswer::late_decline;
  }
  order.step = Step::answer;
  order.until = answer_at;
  const Instant due = in_time ? answer_at : give_up_at;
  station_.occupy(due - at);
  return due;
}

void Payment::conclude(Order& order) {
  station_.leave();
  if (order.answer == PaymentAnswer::approved) {
    ++counts_.paid;
    counts_.captured += {order.amount_fen};
    order.step = Step::dispatch;
    return;
  }
  order.step = Step::release;
  if (order.answer == PaymentAnswer::declined) {
    ++counts_.declined;
    order.will_end_as(Outcome::declined);
  } else {
    ++counts_.given_up;
    order.will_end_as(order.answer == PaymentAnswer::late_approval ? Outcome::refunded
                                                                   : Outcome::expired);
  }
}

bool Payment::expire_next(Instant now, Order& order) {
  if (!station_.expire_next(now, order)) return false;
  if (order.at < order.until) {
    ++counts_.abandoned;
    order.will_end_as(Outcome::abandoned);
  } else {
    ++counts_.given_up;
    order.will_end_as(Outcome::expired);
  }
  order.step = Step::release;
  return true;
}

bool Payment::send_home(Instant at, Order& order) {
  if (!station_.expire_next(kNever, order)) return false;
  ++counts_.abandoned;
  order.at = at;
  order.will_end_as(Outcome::abandoned);
  order.step = Step::release;
  return true;
}

void Payment::refund(const Order& order) {
  ++counts_.refunds;
  counts_.captured += {order.amount_fen};
  counts_.refunded += {order.amount_fen};
}

}  // namespace double11::stages
