#include <double11/core/random.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/rows.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace double11::stages {
namespace {

// Orders whose random numbers are drawn together.
constexpr std::size_t kGroup = 64;

// Of those who wait, so many are drawn for with the one whose turn it is.
constexpr std::size_t kDrawnAhead = 31;

std::optional<EmpiricalLaw> measured(const scenario::Payment& payment) {
  if (payment.latency.distribution != scenario::Distribution::empirical) return std::nullopt;
  std::vector<EmpiricalLaw::Cell> cells;
  cells.reserve(payment.histogram.size());
  for (const auto& [value, weight] : payment.histogram) cells.emplace_back(value, weight);
  return EmpiricalLaw(cells);
}

std::vector<ChannelLaws> laws_of_channels(const scenario::Scenario& scenario) {
  std::vector<ChannelLaws> laws;
  for (std::size_t i = 0; i < scenario.payment.channels.size(); ++i) laws.emplace_back(scenario, i);
  return laws;
}

WaitingLine::Next next_of(scenario::QueueOrder order) {
  switch (order) {
    case scenario::QueueOrder::fifo:
      return WaitingLine::Next::first_come;
    case scenario::QueueOrder::lifo:
      return WaitingLine::Next::last_come;
    case scenario::QueueOrder::priority:
    case scenario::QueueOrder::dearest:
      break;
  }
  return WaitingLine::Next::smallest_rank;
}

// With attempts that come back, reservations do not end in the order in which orders enter; with
// rows before payment they may have ended before.
WaitingLine::Deadlines deadlines_of(const scenario::Scenario& scenario) {
  if (scenario.payment.patience.distribution != scenario::Distribution::none ||
      Rows::are_used(scenario)) {
    return WaitingLine::Deadlines::any;
  }
  return scenario.payment.attempts == 1 ? WaitingLine::Deadlines::rising_until
                                        : WaitingLine::Deadlines::until;
}

}  // namespace

PaymentLaws::PaymentLaws(const scenario::Scenario& scenario)
    : latency(service_time(scenario.payment.latency)),
      histogram(measured(scenario.payment)),
      clock(WorkClock::of_payment(scenario)),
      retry_delay(scenario.payment.retry_delay, scenario.payment.retry_backoff,
                  scenario.payment.retry_jitter),
      segments(scenario.traffic),
      reasons(scenario.payment),
      channels(laws_of_channels(scenario)) {
  if (scenario.payment.patience.distribution != scenario::Distribution::none) {
    patience.emplace(service_time(scenario.payment.patience));
  }
}

double mean_latency_ns(const scenario::Payment& payment) {
  const auto histogram = measured(payment);
  return histogram ? histogram->mean() : service_time(payment.latency).mean();
}

Payment::Payment(const scenario::Scenario& scenario, const PaymentLaws& laws,
                 std::int64_t queue_limit)
    : seed_(static_cast<std::uint64_t>(scenario.seed)),
      decline_below_(threshold_of(scenario.payment.decline_probability)),
      timeout_(scenario.payment.timeout),
      attempts_(static_cast<unsigned>(scenario.payment.attempts)),
      batch_most_(static_cast<std::size_t>(scenario.payment.batch_most)),
      scenario_(scenario),
      laws_(laws),
      station_(queue_limit, next_of(scenario.payment.discipline), deadlines_of(scenario)) {
  open_channels(next_of(scenario.payment.discipline), deadlines_of(scenario));
  counts_.reasons.resize(laws.reasons.size());
}

Station::Entry Payment::enter(Order& order) {
  if (!channels_.empty()) [[unlikely]] {
    return enter_channel(order);
  }
  return enter_at(station_, order);
}

Station::Entry Payment::enter_at(Station& station, Order& order) {
  return station.free_servers() > 0 ? station.enter(order) : queue_at(station, order);
}

Station::Entry Payment::queue_at(Station& station, Order& order) {
  const std::size_t segment = laws_.segments.of(order.buyer);
  const Station::Entry entry =
      station.enter(order, leaves_at(order, segment), rank_of(order, segment));
  if (entry == Station::Entry::refused) {
    ++counts_.refused;
    order.will_end_as(Outcome::shed);
    order.step = Step::release;
  }
  return entry;
}

// When the buyer of an order that queues now gives up.
Instant Payment::leaves_at(const Order& order, std::size_t segment) const {
  // A reservation may have ended while its order waited for a row.
  if (!laws_.patience) return std::max(order.at, order.until);
  const RandomBlock random =
      random_block(seed_, Purpose::payment_patience, order.id.value, order.attempt);
  // Nobody is more patient than a reservation can last.
  const double longest = 400.0 * 86400e9;
  const double patience = static_cast<double>((*laws_.patience)(random.wide(0))) *
                          scenario_.traffic.segments[segment].patience_factor;
  const auto patience_ns = static_cast<std::int64_t>(std::min(patience, longest));
  return std::max(order.at, std::min(order.until, order.at + Duration(patience_ns)));
}

// Smaller is next.
std::uint32_t Payment::rank_of(const Order& order, std::size_t segment) const {
  if (scenario_.payment.discipline == scenario::QueueOrder::dearest) return ~order.amount_fen;
  return static_cast<std::uint32_t>(scenario_.traffic.segments[segment].priority);
}

// `latency` is one of the two laws.
template <typename Law>
ChannelAnswer Payment::answer_of(const RandomBlock& random, const Law& latency) const {
  return {Duration(latency(random.wide(0))), random.word[2] >= decline_below_};
}

ChannelAnswer Payment::answer_to(const Order& order) const {
  if (!channels_.empty()) return answer_of_channel(order);
  const RandomBlock random = random_block(seed_, Purpose::payment, order.id.value, order.attempt);
  return laws_.histogram ? answer_of(random, *laws_.histogram) : answer_of(random, laws_.latency);
}

// Of an order that leaves the line. Draws for the line, too: together that takes a fraction.
ChannelAnswer Payment::next_answer(const Order& order) {
  for (; next_drawn_ < drawn_for_.size(); ++next_drawn_) {
    const auto& [id, attempt] = drawn_for_[next_drawn_];
    if (id == order.id && attempt == order.attempt) return drawn_[next_drawn_++];
  }
  drawn_for_.clear();
  std::array<RandomBlock, kDrawnAhead + 1> random;
  const auto draw_for = [&](const Order& other) {
    random[drawn_for_.size()] = counter_block(Purpose::payment, other.id.value, other.attempt);
    drawn_for_.emplace_back(other.id, other.attempt);
  };
  draw_for(order);
  station_.look_ahead(kDrawnAhead, draw_for);
  drawn_.resize(drawn_for_.size());
  answer_all(std::span(random).first(drawn_.size()), drawn_);
  next_drawn_ = 1;
  return drawn_.front();
}

void Payment::draw(std::span<const Order> orders, std::span<ChannelAnswer> into) const {
  // Which of several channels it will be is not known yet; start() draws.
  if (!channels_.empty()) return;
  std::array<RandomBlock, kGroup> random;
  for (std::size_t done = 0; done < orders.size(); done += kGroup) {
    const auto group = orders.subspan(done, std::min(kGroup, orders.size() - done));
    for (std::size_t i = 0; i < group.size(); ++i) {
      random[i] = counter_block(Purpose::payment, group[i].id.value, group[i].attempt);
    }
    answer_all(std::span(random).first(group.size()), into.subspan(done, group.size()));
  }
}

// To counter blocks, at most kGroup of them.
void Payment::answer_all(std::span<RandomBlock> random, std::span<ChannelAnswer> answers) const {
  randomize(seed_, random);
  if (laws_.histogram) {
    for (std::size_t i = 0; i < random.size(); ++i) {
      answers[i] = answer_of(random[i], *laws_.histogram);
    }
    return;
  }
  std::array<std::uint64_t, kGroup> drawn;
  std::array<std::int64_t, kGroup> work_ns;
  for (std::size_t i = 0; i < random.size(); ++i) drawn[i] = random[i].wide(0);
  laws_.latency.draw(std::span(drawn).first(random.size()), 0,
                     std::span(work_ns).first(random.size()));
  for (std::size_t i = 0; i < random.size(); ++i) {
    answers[i].work = Duration(work_ns[i]);
    answers[i].approved = random[i].word[2] >= decline_below_;
  }
}

Instant Payment::start(Order& order, Instant at) {
  return start(order, at, channels_.empty() ? answer_to(order) : ChannelAnswer{});
}

Instant Payment::finish_by_clock(Instant at, Duration work) {
  usual_stretch_ = laws_.clock.usual_speed_at(at);
  return laws_.clock.finish(at, work);
}

Instant Payment::start_otherwise(Order& order, Instant at, const ChannelAnswer& answer) {
  if (!channels_.empty()) [[unlikely]] {
    return start_at_channel(order, at);
  }
  const Instant due = begin(order, at, answer);
  station_.occupy(due - at);
  return due;
}

Instant Payment::begin(Order& order, Instant at, const ChannelAnswer& answer) {
  if (!channels_.empty()) [[unlikely]] {
    return begin_at_channel(order, at, answer);
  }
  return run_course(order, at, answer.approved, finish(at, answer.work), timeout_);
}

// What comes of a payment whose channel answers at `answer_at`.
Instant Payment::run_course(Order& order, Instant at, bool approved, Instant answer_at,
                            Duration timeout) {
  const Instant give_up_at = give_up_time(order, at, timeout);
  const bool in_time = answer_at <= give_up_at;
  const Instant due = in_time ? answer_at : give_up_at;
  order.step = Step::answer;
  bool retryable = attempts_ > 1;
  if (!laws_.reasons.empty() && in_time && !approved) [[unlikely]] {
    const std::size_t reason = reason_for(order);
    ++counts_.reasons[reason];
    retryable = retryable && laws_.reasons.retryable(reason);
  }
  if (retryable && !(in_time && approved)) [[unlikely]] {
    if (tries_again(order, due, approved, answer_at)) return due;
  }
  if (in_time) {
    order.answer = approved ? PaymentAnswer::approved : PaymentAnswer::declined;
  } else {
    order.answer = approved ? PaymentAnswer::late_approval : PaymentAnswer::late_decline;
  }
  order.until = answer_at;
  return due;
}

// Why the present attempt is declined, if it is.
std::size_t Payment::reason_for(const Order& order) const {
  return laws_.reasons.at(
      random_block(seed_, Purpose::payment, order.id.value, order.attempt).word[3]);
}

// From the failure of the present attempt until the next one.
Duration Payment::delay_after(const Order& order) const {
  if (!laws_.retry_delay.is_random()) return laws_.retry_delay(order.attempt + 1U, 0);
  const RandomBlock random =
      random_block(seed_, Purpose::payment_retry, order.id.value, order.attempt);
  return laws_.retry_delay(order.attempt + 1U, random.word[0]);
}

// Whether there is another attempt after the one that fails at `failed_at`, and the reservation
// will hold then. If the channel approves of the one that fails, at `answer_at`, that is expected.
bool Payment::tries_again(Order& order, Instant failed_at, bool approved, Instant answer_at) {
  if (order.attempt + 1U >= attempts_ || failed_at + delay_after(order) >= order.until) {
    return false;
  }
  order.answer = PaymentAnswer::again;
  if (approved) {
    ++counts_.superseded;
    Order& late = repayments_.emplace_back(order);
    late.step = Step::repay;
    late.at = answer_at;
  }
  return true;
}

std::span<const Order> Payment::serve(Instant at) {
  served_.clear();
  serve(at, served_);
  return served_;
}

void Payment::serve(Instant at, std::vector<Order>& into) {
  Station* station = &station_;
  if (!channels_.empty()) {
    const Channel* const channel = channel_to_serve();
    if (channel == nullptr) return;
    station = &channels_[static_cast<std::size_t>(channel - channels_.data())].station;
  }
  const std::size_t first = into.size();
  if (!station->serve_next(into)) return;
  const Instant begin_at = std::max(into.back().at, at);
  while (into.size() < first + batch_most_ && station->join_next(into, begin_at)) continue;
  const std::span<Order> served = std::span(into).subspan(first);
  if (!channels_.empty()) queued_at_channels_ -= served.size();
  if (served.size() > 1) {
    serve_together(served, begin_at);
  } else if (channels_.empty()) {
    served[0].at = start(served[0], begin_at, next_answer(served[0]));
  } else {
    served[0].at = start(served[0], begin_at);
  }
}

// All take as long as the channel takes for the first. Each is approved or declined, and given up,
// on its own; who concludes last frees the server.
void Payment::serve_together(std::span<Order> served, Instant begin_at) {
  const Duration work = answer_to(served[0]).work;
  for (Order& order : served) {
    order.at = begin(order, begin_at, {work, answer_to(order).approved});
    order.shares_server = true;
  }
  const auto earlier = [](const Order& a, const Order& b) {
    return a.at != b.at ? a.at < b.at : a.id < b.id;
  };
  Order& last = *std::max_element(served.begin(), served.end(), earlier);
  last.shares_server = false;
  if (channels_.empty()) {
    station_.occupy(last.at - begin_at);
  } else {
    occupy(last, last.at - begin_at);
  }
}

bool Payment::next_repayment(Order& order) {
  if (repayments_.empty()) return false;
  order = repayments_.back();
  repayments_.pop_back();
  return true;
}

void Payment::conclude_failed(Order& order) {
  switch (order.answer) {
    case PaymentAnswer::again:
      ++counts_.repeated;
      order.at += delay_after(order);
      order.attempt = (order.attempt + 1U) & kMaxAttempts;
      order.step = Step::pay;
      return;
    case PaymentAnswer::declined:
      ++counts_.declined;
      order.will_end_as(Outcome::declined);
      break;
    case PaymentAnswer::late_approval:
      ++counts_.given_up;
      order.will_end_as(Outcome::refunded);
      break;
    case PaymentAnswer::approved:  // did not fail, so it does not come here
    case PaymentAnswer::late_decline:
    case PaymentAnswer::none:
      ++counts_.given_up;
      order.will_end_as(Outcome::expired);
      break;
  }
  order.step = Step::release;
}

bool Payment::expire_next(Instant now, Order& order) {
  if (!take_first_to_leave(now, order)) return false;
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
  if (!take_first_to_leave(kNever, order)) return false;
  ++counts_.abandoned;
  order.at = at;
  order.will_end_as(Outcome::abandoned);
  order.step = Step::release;
  return true;
}

void Payment::refund(const Order& order) {
  ++counts_.refunds;
  if (!channels_.empty()) ++counts_.channels[order.channel()].refunds;
  counts_.captured += {order.amount_fen};
  counts_.refunded += {order.amount_fen};
}

}  // namespace double11::stages
