#pragma once
// The sale once more, as slow and as plain as can be: a sorted set of events, a map of stock, a
// list of who waits. It shares with the simulator what an order is and what it draws, and nothing
// of how time moves, so that the two can be held against each other order by order.

#include <double11/measure/fingerprints.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/segments.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "traffic/all_orders.hpp"
#include "virtual_time/reference_channels.hpp"
#include "virtual_time/reference_door.hpp"
#include "virtual_time/reference_result.hpp"
#include "virtual_time/reference_rows.hpp"

namespace double11::virtual_time {

class ReferenceSale {
 public:
  explicit ReferenceSale(const scenario::Scenario& scenario)
      : scenario_(scenario),
        patience_(stages::service_time(scenario.payment.patience)),
        retry_delay_(scenario.payment.retry_delay, scenario.payment.retry_backoff,
                     scenario.payment.retry_jitter),
        rows_(scenario),
        segments_(scenario.traffic),
        logistics_(scenario, 1),
        channels_(PlainChannel::all_of(scenario)) {
    if (has_door(scenario)) further_door_.emplace(scenario);
    result_.reasons.resize(scenario.payment.reasons.size());
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus; ++sku) {
      result_.stock[sku] = scenario::initial_stock(scenario.catalogue, SkuId{sku});
    }
  }

  Reference run() {
    for (const Order& order : traffic::all_orders(traffic::Arrivals(scenario_))) {
      orders_[order.id.value] = order;
      events_.insert({nanoseconds_of(order.planned), order.id.value, What::arrives});
    }
    changes_ = changes_of_servers(scenario_.payment);
    while (happens_next()) {
    }
    if (further_door_) {
      result_.door = further_door_->counts();
      result_.clients = further_door_->clients();
    }
    for (const PlainChannel& channel : channels_) {
      result_.started.push_back(channel.started);
      result_.opened.push_back(channel.breaker ? channel.breaker->opened : 0);
    }
    return result_;
  }

 private:
  enum class What {
    arrives,
    concludes,
    comes_back,
    refund_arrives,
    repayment_arrives,
    gives_up,
    reaches_row,
    is_durable
  };

  // False when nothing does. A change of servers goes before the door, and that before orders.
  bool happens_next() {
    const std::int64_t order_ns = events_.empty() ? INT64_MAX : std::get<0>(*events_.begin());
    const std::int64_t change_ns = changes_.empty() ? INT64_MAX : changes_.begin()->first;
    const Instant at_door = further_door_ ? further_door_->next_event() : kNever;
    const std::int64_t next_ns = std::min(order_ns, nanoseconds_of(at_door));
    if (next_ns == INT64_MAX && (channels_[0].waiting.empty() || changes_.empty())) return false;
    if (change_ns <= next_ns) {
      channels_[0].free_servers += changes_.begin()->second;
      changes_.erase(changes_.begin());
      follow_up(Instant(Duration(change_ns)));
    } else if (nanoseconds_of(at_door) <= order_ns) {
      further_door_->advance(at_door);
      follow_up(at_door);
    } else {
      const auto [at_ns, id, what] = *events_.begin();
      events_.erase(events_.begin());
      happen(Instant(Duration(at_ns)), orders_[id], what);
    }
    return true;
  }

  void happen(Instant now, Order& order, What what) {
    switch (what) {
      case What::arrives:
        if (further_door_) {
          further_door_->click(order);
        } else if (in_flight_ < scenario_.admission.in_flight_limit && door_.empty()) {
          admit(now, order);
        } else if (static_cast<std::int64_t>(door_.size()) < scenario_.admission.queue_limit) {
          door_.push_back(order.id.value);
        } else {
          end(now, order, Outcome::shed, Stage::admission);
        }
        break;
      case What::concludes:
        channels_[order.channel()].free_servers += frees_server_[order.id.value] ? 1 : 0;
        if (order.answer == PaymentAnswer::again) {
          const RandomBlock random = draw(Purpose::payment_retry, order);
          order.attempt = (order.attempt + 1U) & 15U;
          ++result_.repeated;
          events_.insert({nanoseconds_of(now + retry_delay_(order.attempt, random.word[0])),
                          order.id.value, What::comes_back});
          break;
        }
        if (order.answer == PaymentAnswer::approved && further_door_ &&
            !further_door_->accept(now, order)) {
          order.answer = PaymentAnswer::late_approval;
        }
        if (order.answer == PaymentAnswer::approved) {
          const stages::Parcel parcel = logistics_.dispatch(at(now, order));
          result_.fingerprints.add(Stage::logistics, order.id, now, parcel.warehouse);
          leave(now, order, Outcome::dispatched);
        } else {
          give_back(order);
          if (order.answer == PaymentAnswer::late_approval) {
            events_.insert({std::max(nanoseconds_of(order.until), nanoseconds_of(now)),
                            order.id.value, What::refund_arrives});
          } else {
            leave(now, order,
                  order.answer == PaymentAnswer::declined ? Outcome::declined : Outcome::expired);
          }
        }
        break;
      case What::comes_back:
        go_to_payment(now, order);
        break;
      case What::refund_arrives:
        leave(now, order, Outcome::refunded);
        break;
      case What::repayment_arrives:
        ++result_.returned;
        break;
      case What::reaches_row: {
        const std::uint32_t sku = order.sku[line_of_[order.id.value]].value;
        if (rows_.comes(sku, order.id.value)) note_group(sku, rows_.begin_group(now, sku));
        break;
      }
      case What::is_durable:
        leave_row(now, order.sku[line_of_[order.id.value]].value);
        break;
      case What::gives_up: {
        PlainChannel& channel = channels_[order.channel()];
        channel.waiting.erase(
            std::find(channel.waiting.begin(), channel.waiting.end(), order.id.value));
        if (channel.breaker) channel.breaker->was_not_used();
        give_back(order);
        leave(now, order, now < order.until ? Outcome::abandoned : Outcome::expired);
        break;
      }
    }
    follow_up(now);
  }

  void follow_up(Instant now) {
    for (PlainChannel& channel : channels_) {
      while (channel.free_servers > 0 && !channel.waiting.empty()) {
        std::vector<std::uint64_t> together;
        while (!channel.waiting.empty() &&
               static_cast<std::int64_t>(together.size()) < scenario_.payment.batch_most) {
          const auto turn = next_turn(
              scenario_.payment.discipline, channel.waiting,
              [&](std::uint64_t id) { return orders_[id].amount_fen; },
              [&](std::uint64_t id) { return segment_of(orders_[id]).priority; });
          together.push_back(*turn);
          events_.erase({gives_up_ns_[*turn], *turn, What::gives_up});
          channel.waiting.erase(turn);
        }
        start_payments(now, channel, together);
      }
    }
    if (further_door_) return follow_door(now);
    while (in_flight_ < scenario_.admission.in_flight_limit && !door_.empty()) {
      Order& next = orders_[door_.front()];
      door_.pop_front();
      admit(now, next);
    }
  }

  void follow_door(Instant now) {
    while (!further_door_->admitted.empty()) {
      const Order order = further_door_->admitted.front();
      further_door_->admitted.pop_front();
      admit(now, orders_[order.id.value] = order);
    }
    for (const auto& [order, outcome] : further_door_->ended) {
      end(now, order, outcome, Stage::admission);
    }
    further_door_->ended.clear();
  }

  void admit(Instant now, Order& order) {
    ++in_flight_;
    result_.in_flight_most = std::max(result_.in_flight_most, in_flight_);
    std::size_t got = 0;
    while (got < order.lines && result_.stock[order.sku[got].value] >= order.quantity[got]) {
      result_.stock[order.sku[got].value] -= order.quantity[got];
      ++got;
    }
    const bool reserved = got == order.lines;
    result_.fingerprints.add(Stage::inventory, order.id, now, reserved ? 1 : 0);
    if (!reserved) {
      for (std::size_t line = 0; line < got; ++line) {
        result_.stock[order.sku[line].value] += order.quantity[line];
      }
      leave(now, order, Outcome::sold_out, Stage::inventory);
      return;
    }
    order.until = now + scenario_.inventory.reservation_ttl;
    if (scenario_.inventory.row.model == scenario::RowModel::none) return go_to_payment(now, order);
    line_of_[order.id.value] = 0;
    go_to_row(now, order.id.value);
  }

  void go_to_row(Instant now, std::uint64_t id) {
    events_.insert(
        {nanoseconds_of(now + scenario_.inventory.row.round_trip), id, What::reaches_row});
  }

  // The group that is under way at the row has an end.
  void note_group(std::uint32_t sku, Instant end) {
    events_.insert({nanoseconds_of(end), rows_.first_of_group(sku), What::is_durable});
  }

  void leave_row(Instant now, std::uint32_t sku) {
    const std::vector<std::uint64_t> group = rows_.end_group(sku);
    if (rows_.anybody_waits(sku)) note_group(sku, rows_.begin_group(now, sku));
    for (const std::uint64_t id : group) {
      if (++line_of_[id] < orders_[id].lines) {
        go_to_row(now, id);
      } else {
        result_.fingerprints.add(Stage::inventory, orders_[id].id, now, 2);
        go_to_payment(now, orders_[id]);
      }
    }
  }

  void go_to_payment(Instant now, Order& order) {
    if (!choose_channel(scenario_, channels_, now, order)) return turn_away(now, order);
    PlainChannel& channel = channels_[order.channel()];
    if (channel.free_servers > 0) {
      start_payments(now, channel, {order.id.value});
    } else if (static_cast<std::int64_t>(channel.waiting.size()) < channel.queue_limit) {
      channel.waiting.push_back(order.id.value);
      gives_up_ns_[order.id.value] = nanoseconds_of(order.until);
      if (scenario_.payment.patience.distribution != scenario::Distribution::none) {
        const auto bits = draw(Purpose::payment_patience, order).wide(0);
        const auto patience_ns = static_cast<std::int64_t>(static_cast<double>(patience_(bits)) *
                                                           segment_of(order).patience_factor);
        gives_up_ns_[order.id.value] =
            std::min(gives_up_ns_[order.id.value], nanoseconds_of(now) + patience_ns);
      }
      // Its reservation may have ended at a row.
      gives_up_ns_[order.id.value] = std::max(gives_up_ns_[order.id.value], nanoseconds_of(now));
      events_.insert({gives_up_ns_[order.id.value], order.id.value, What::gives_up});
    } else {
      if (channel.breaker) channel.breaker->was_not_used();
      give_back(order);
      leave(now, order, Outcome::shed);
    }
  }

  // Declined at once, without a server.
  void turn_away(Instant now, Order& order) {
    ++result_.unrouted;
    frees_server_[order.id.value] = false;
    events_.insert({nanoseconds_of(now), order.id.value, What::concludes});
    if (has_another_attempt(now, order)) {
      order.answer = PaymentAnswer::again;
    } else {
      order.answer = PaymentAnswer::declined;
      order.until = now;
    }
  }

  // They share a server, and the time at the channel that the first of them draws.
  void start_payments(Instant now, PlainChannel& channel,
                      const std::vector<std::uint64_t>& together) {
    --channel.free_servers;
    const auto bits = draw(Purpose::payment, orders_[together[0]]).wide(0);
    const Duration work(channel.measured ? (*channel.measured)(bits) : channel.latency(bits));
    std::pair<std::int64_t, std::uint64_t> last{};
    for (const std::uint64_t id : together) {
      frees_server_[id] = false;
      last = std::max(last, {start_payment(now, channel, orders_[id], work), id});
    }
    frees_server_[last.second] = true;
  }

  // Returns when it concludes.
  std::int64_t start_payment(Instant now, PlainChannel& channel, Order& order, Duration work) {
    const RandomBlock random = draw(Purpose::payment, order);
    const bool approved = random.word[2] >= threshold_of(channel.decline_probability);
    const Instant answer = channel.clock.finish(now, work);
    const Instant patience = std::max(now, std::min(now + channel.timeout, order.until));
    const bool in_time = answer <= patience;
    const Instant concludes = in_time ? answer : patience;
    events_.insert({nanoseconds_of(concludes), order.id.value, What::concludes});
    ++channel.started;
    const scenario::DeclineReason* const reason =
        in_time && !approved ? reason_at(scenario_.payment, random.word[3]) : nullptr;
    if (reason != nullptr) {
      ++result_.reasons[static_cast<std::size_t>(reason - scenario_.payment.reasons.data())];
    }
    if (channel.breaker) {
      const bool by_buyer = reason != nullptr && reason->fault == scenario::Blame::buyer;
      channel.breaker->ends(nanoseconds_of(concludes), order.id.value,
                            !in_time || (!approved && !by_buyer),
                            concludes - now > scenario_.payment.breaker.slow_call);
    }
    const bool is_final = reason != nullptr && reason->retryable == scenario::Switch::off;
    if (!(in_time && approved) && !is_final && has_another_attempt(concludes, order)) {
      order.answer = PaymentAnswer::again;
      if (approved) {
        events_.insert({nanoseconds_of(answer), order.id.value, What::repayment_arrives});
      }
      return nanoseconds_of(concludes);
    }
    order.answer = in_time
                       ? (approved ? PaymentAnswer::approved : PaymentAnswer::declined)
                       : (approved ? PaymentAnswer::late_approval : PaymentAnswer::late_decline);
    order.until = answer;
    return nanoseconds_of(concludes);
  }

  bool has_another_attempt(Instant failed, const Order& order) const {
    const Duration delay =
        retry_delay_(order.attempt + 1U, draw(Purpose::payment_retry, order).word[0]);
    return order.attempt + 1 < scenario_.payment.attempts && failed + delay < order.until;
  }

  RandomBlock draw(Purpose purpose, const Order& order) const {
    return random_block(static_cast<std::uint64_t>(scenario_.seed), purpose, order.id.value,
                        order.attempt);
  }

  const scenario::Segment& segment_of(const Order& order) const {
    return scenario_.traffic.segments[segments_.of(order.buyer)];
  }

  void give_back(const Order& order) {
    for (std::size_t line = 0; line < order.lines; ++line) {
      result_.stock[order.sku[line].value] += order.quantity[line];
    }
  }

  void leave(Instant now, const Order& order, Outcome outcome, Stage stage = Stage::payment) {
    --in_flight_;
    end(now, order, outcome, stage);
    if (further_door_) further_door_->finish(now, order, outcome);
  }

  void end(Instant now, const Order& order, Outcome outcome, Stage stage) {
    ++result_.outcomes[outcome];
    result_.fingerprints.add(stage, order.id, now, index_of(outcome));
  }

  static Order at(Instant now, Order order) {
    order.at = now;
    return order;
  }

  const scenario::Scenario& scenario_;
  QuantileTable patience_;
  stages::RetryDelay retry_delay_;
  PlainRows rows_;
  scenario::Segments segments_;
  stages::Logistics logistics_;
  std::vector<PlainChannel> channels_;
  std::int64_t in_flight_ = 0;
  std::map<std::uint64_t, Order> orders_;
  std::multiset<std::tuple<std::int64_t, std::uint64_t, What>> events_;
  std::optional<ReferenceDoor> further_door_;          // where there is more than credits
  std::deque<std::uint64_t> door_;                     // wait for a credit
  std::map<std::uint64_t, std::int64_t> gives_up_ns_;  // by order
  std::map<std::uint64_t, bool> frees_server_;         // by order
  std::map<std::uint64_t, std::size_t> line_of_;       // that is written, by order
  std::map<std::int64_t, std::int64_t> changes_;       // of the number of servers, by instant
  Reference result_;
};

}  // namespace double11::virtual_time
