#pragma once
// The sale once more, as slow and as plain as can be: a sorted set of events, a map of stock, a
// list of who waits. It shares with the simulator what an order is and what it draws, and nothing
// of how time moves, so that the two can be held against each other order by order.

#include <double11/measure/fingerprints.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/segments.hpp>
#include <double11/stages/empirical_law.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/stages/work_clock.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "virtual_time/reference_door.hpp"

namespace double11::virtual_time {

struct Reference {
  measure::Fingerprints fingerprints;
  std::map<Outcome, std::int64_t> outcomes;
  std::map<std::uint32_t, std::int64_t> stock;
  std::int64_t in_flight_most = 0;
  std::int64_t repeated = 0;  // payments that were tried again
  std::int64_t returned = 0;  // late successes of these
  measure::DoorCounts door;
  measure::ClientCounts clients;
};

class ReferenceSale {
 public:
  explicit ReferenceSale(const scenario::Scenario& scenario)
      : scenario_(scenario),
        latency_(stages::service_time(scenario.payment.latency)),
        patience_(stages::service_time(scenario.payment.patience)),
        retry_delay_(scenario.payment.retry_delay, scenario.payment.retry_backoff,
                     scenario.payment.retry_jitter),
        clock_(stages::WorkClock::of_payment(scenario)),
        segments_(scenario.traffic),
        logistics_(scenario, 1),
        free_servers_(scenario.payment.servers) {
    if (has_door(scenario)) further_door_.emplace(scenario);
    std::vector<stages::EmpiricalLaw::Cell> cells;
    for (const auto& [value, weight] : scenario.payment.histogram)
      cells.emplace_back(value, weight);
    if (!cells.empty()) measured_.emplace(cells);
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus; ++sku) {
      result_.stock[sku] = scenario::initial_stock(scenario.catalogue, SkuId{sku});
    }
  }

  Reference run() {
    const traffic::Arrivals arrivals(scenario_);
    std::vector<Order> orders;
    traffic::ArrivalCursor cursor;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      arrivals.make(slice, cursor, orders);
    }
    for (const Order& order : orders) {
      orders_[order.id.value] = order;
      events_.insert({nanoseconds_of(order.planned), order.id.value, What::arrives});
    }
    // Before all orders of their instants.
    const auto& calendar = scenario_.payment.calendar;
    for (std::size_t i = 0; i < calendar.size(); ++i) {
      changes_[calendar[i].at.count()] =
          calendar[i].servers - (i == 0 ? scenario_.payment.servers : calendar[i - 1].servers);
    }
    while (happens_next()) {
    }
    if (further_door_) {
      result_.door = further_door_->counts();
      result_.clients = further_door_->clients();
    }
    return result_;
  }

 private:
  enum class What { arrives, concludes, comes_back, refund_arrives, repayment_arrives, gives_up };

  // False when nothing does. A change of servers goes before the door, and that before orders.
  bool happens_next() {
    const std::int64_t order_ns = events_.empty() ? INT64_MAX : std::get<0>(*events_.begin());
    const std::int64_t change_ns = changes_.empty() ? INT64_MAX : changes_.begin()->first;
    const Instant at_door = further_door_ ? further_door_->next_event() : kNever;
    const std::int64_t next_ns = std::min(order_ns, nanoseconds_of(at_door));
    if (next_ns == INT64_MAX && (waiting_.empty() || changes_.empty())) return false;
    if (change_ns <= next_ns) {
      free_servers_ += changes_.begin()->second;
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
        free_servers_ += frees_server_[order.id.value] ? 1 : 0;
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
      case What::gives_up:
        waiting_.erase(std::find(waiting_.begin(), waiting_.end(), order.id.value));
        give_back(order);
        leave(now, order, now < order.until ? Outcome::abandoned : Outcome::expired);
        break;
    }
    follow_up(now);
  }

  void follow_up(Instant now) {
    while (free_servers_ > 0 && !waiting_.empty()) {
      std::vector<std::uint64_t> together;
      while (!waiting_.empty() &&
             static_cast<std::int64_t>(together.size()) < scenario_.payment.batch_most) {
        const auto turn = next_turn();
        together.push_back(*turn);
        events_.erase({gives_up_ns_[*turn], *turn, What::gives_up});
        waiting_.erase(turn);
      }
      start_payments(now, together);
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

  std::deque<std::uint64_t>::iterator next_turn() {
    switch (scenario_.payment.discipline) {
      case scenario::QueueOrder::lifo:
        return waiting_.end() - 1;
      case scenario::QueueOrder::dearest:
        return std::max_element(waiting_.begin(), waiting_.end(), [&](auto a, auto b) {
          return orders_[a].amount_fen < orders_[b].amount_fen;
        });
      case scenario::QueueOrder::priority:
        return std::min_element(waiting_.begin(), waiting_.end(), [&](auto a, auto b) {
          return segment_of(orders_[a]).priority < segment_of(orders_[b]).priority;
        });
      default:
        return waiting_.begin();
    }
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
    go_to_payment(now, order);
  }

  void go_to_payment(Instant now, Order& order) {
    if (free_servers_ > 0) {
      start_payments(now, {order.id.value});
    } else if (static_cast<std::int64_t>(waiting_.size()) < scenario_.payment.queue_limit) {
      waiting_.push_back(order.id.value);
      gives_up_ns_[order.id.value] = nanoseconds_of(order.until);
      if (scenario_.payment.patience.distribution != scenario::Distribution::none) {
        const auto bits = draw(Purpose::payment_patience, order).wide(0);
        const auto patience_ns = static_cast<std::int64_t>(static_cast<double>(patience_(bits)) *
                                                           segment_of(order).patience_factor);
        gives_up_ns_[order.id.value] =
            std::min(gives_up_ns_[order.id.value], nanoseconds_of(now) + patience_ns);
      }
      events_.insert({gives_up_ns_[order.id.value], order.id.value, What::gives_up});
    } else {
      give_back(order);
      leave(now, order, Outcome::shed);
    }
  }

  // They share a server, and the time at the channel that the first of them draws.
  void start_payments(Instant now, const std::vector<std::uint64_t>& together) {
    --free_servers_;
    const auto bits = draw(Purpose::payment, orders_[together[0]]).wide(0);
    const Duration work(measured_ ? (*measured_)(bits) : latency_(bits));
    std::pair<std::int64_t, std::uint64_t> last{};
    for (const std::uint64_t id : together) {
      frees_server_[id] = false;
      last = std::max(last, {start_payment(now, orders_[id], work), id});
    }
    frees_server_[last.second] = true;
  }

  // Returns when it concludes.
  std::int64_t start_payment(Instant now, Order& order, Duration work) {
    const bool approved = draw(Purpose::payment, order).word[2] >=
                          threshold_of(scenario_.payment.decline_probability);
    const Instant answer = clock_.finish(now, work);
    const Instant patience = std::max(now, std::min(now + scenario_.payment.timeout, order.until));
    const bool in_time = answer <= patience;
    const Instant concludes = in_time ? answer : patience;
    events_.insert({nanoseconds_of(concludes), order.id.value, What::concludes});
    const Duration delay =
        retry_delay_(order.attempt + 1U, draw(Purpose::payment_retry, order).word[0]);
    if (!(in_time && approved) && order.attempt + 1 < scenario_.payment.attempts &&
        concludes + delay < order.until) {
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
  QuantileTable latency_;
  std::optional<stages::EmpiricalLaw> measured_;  // instead of latency_
  QuantileTable patience_;
  stages::RetryDelay retry_delay_;
  stages::WorkClock clock_;
  scenario::Segments segments_;
  stages::Logistics logistics_;
  std::int64_t free_servers_;
  std::int64_t in_flight_ = 0;
  std::map<std::uint64_t, Order> orders_;
  std::multiset<std::tuple<std::int64_t, std::uint64_t, What>> events_;
  std::optional<ReferenceDoor> further_door_;          // where there is more than credits
  std::deque<std::uint64_t> door_;                     // wait for a credit
  std::deque<std::uint64_t> waiting_;                  // wait for a payment server
  std::map<std::uint64_t, std::int64_t> gives_up_ns_;  // by order
  std::map<std::uint64_t, bool> frees_server_;         // by order
  std::map<std::int64_t, std::int64_t> changes_;       // of the number of servers, by instant
  Reference result_;
};

}  // namespace double11::virtual_time
