#pragma once
// The sale once more, as slow and as plain as can be: a sorted set of events, a map of stock, a
// list of who waits. It shares with the simulator what an order is and what it draws, and nothing
// of how time moves, so that the two can be held against each other order by order.

#include <double11/measure/fingerprints.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/stages/work_clock.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace double11::virtual_time {

struct Reference {
  measure::Fingerprints fingerprints;
  std::map<Outcome, std::int64_t> outcomes;
  std::map<std::uint32_t, std::int64_t> stock;
  std::int64_t in_flight_most = 0;
};

class ReferenceSale {
 public:
  explicit ReferenceSale(const scenario::Scenario& scenario)
      : scenario_(scenario),
        latency_(stages::service_time(scenario.payment.latency)),
        patience_(stages::service_time(scenario.payment.patience)),
        clock_(stages::WorkClock::of_payment(scenario)),
        logistics_(scenario, 1),
        free_servers_(scenario.payment.servers) {
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
    while (!events_.empty() || (!waiting_.empty() && !changes_.empty())) {
      if (!changes_.empty() &&
          (events_.empty() || changes_.begin()->first <= std::get<0>(*events_.begin()))) {
        const auto [change_ns, by] = *changes_.begin();
        changes_.erase(changes_.begin());
        free_servers_ += by;
        follow_up(Instant(Duration(change_ns)));
        continue;
      }
      const auto [at_ns, id, what] = *events_.begin();
      events_.erase(events_.begin());
      happen(Instant(Duration(at_ns)), orders_[id], what);
    }
    return result_;
  }

 private:
  enum class What { arrives, concludes, refund_arrives, gives_up };

  void happen(Instant now, Order& order, What what) {
    switch (what) {
      case What::arrives:
        if (in_flight_ < scenario_.admission.in_flight_limit && door_.empty()) {
          admit(now, order);
        } else if (static_cast<std::int64_t>(door_.size()) < scenario_.admission.queue_limit) {
          door_.push_back(order.id.value);
        } else {
          end(now, order, Outcome::shed, Stage::admission);
        }
        break;
      case What::concludes:
        ++free_servers_;
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
      case What::refund_arrives:
        leave(now, order, Outcome::refunded);
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
      const auto turn = next_turn();
      Order& next = orders_[*turn];
      waiting_.erase(turn);
      events_.erase({gives_up_ns_[next.id.value], next.id.value, What::gives_up});
      start_payment(now, next);
    }
    while (in_flight_ < scenario_.admission.in_flight_limit && !door_.empty()) {
      Order& next = orders_[door_.front()];
      door_.pop_front();
      admit(now, next);
    }
  }

  std::deque<std::uint64_t>::iterator next_turn() {
    switch (scenario_.payment.discipline) {
      case scenario::Discipline::lifo:
        return waiting_.end() - 1;
      case scenario::Discipline::priority:
        return std::max_element(waiting_.begin(), waiting_.end(), [&](auto a, auto b) {
          return orders_[a].amount_fen < orders_[b].amount_fen;
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
      --in_flight_;
      end(now, order, Outcome::sold_out, Stage::inventory);
      return;
    }
    order.until = now + scenario_.inventory.reservation_ttl;
    if (free_servers_ > 0) {
      start_payment(now, order);
    } else if (static_cast<std::int64_t>(waiting_.size()) < scenario_.payment.queue_limit) {
      waiting_.push_back(order.id.value);
      gives_up_ns_[order.id.value] = nanoseconds_of(order.until);
      if (scenario_.payment.patience.distribution != scenario::Distribution::none) {
        const RandomBlock random = random_block(static_cast<std::uint64_t>(scenario_.seed),
                                                Purpose::payment_patience, order.id.value);
        gives_up_ns_[order.id.value] =
            std::min(gives_up_ns_[order.id.value], nanoseconds_of(now) + patience_(random.wide(0)));
      }
      events_.insert({gives_up_ns_[order.id.value], order.id.value, What::gives_up});
    } else {
      give_back(order);
      leave(now, order, Outcome::shed);
    }
  }

  void start_payment(Instant now, Order& order) {
    --free_servers_;
    const RandomBlock random =
        random_block(static_cast<std::uint64_t>(scenario_.seed), Purpose::payment, order.id.value);
    const bool approved = random.word[2] >= threshold_of(scenario_.payment.decline_probability);
    const Instant answer = clock_.finish(now, Duration(latency_(random.wide(0))));
    const Instant patience = std::max(now, std::min(now + scenario_.payment.timeout, order.until));
    const bool in_time = answer <= patience;
    order.answer = in_time
                       ? (approved ? PaymentAnswer::approved : PaymentAnswer::declined)
                       : (approved ? PaymentAnswer::late_approval : PaymentAnswer::late_decline);
    order.until = answer;
    events_.insert({nanoseconds_of(in_time ? answer : patience), order.id.value, What::concludes});
  }

  void give_back(const Order& order) {
    for (std::size_t line = 0; line < order.lines; ++line) {
      result_.stock[order.sku[line].value] += order.quantity[line];
    }
  }

  void leave(Instant now, const Order& order, Outcome outcome) {
    --in_flight_;
    end(now, order, outcome, Stage::payment);
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
  QuantileTable patience_;
  stages::WorkClock clock_;
  stages::Logistics logistics_;
  std::int64_t free_servers_;
  std::int64_t in_flight_ = 0;
  std::map<std::uint64_t, Order> orders_;
  std::set<std::tuple<std::int64_t, std::uint64_t, What>> events_;
  std::deque<std::uint64_t> door_;                     // wait for a credit
  std::deque<std::uint64_t> waiting_;                  // wait for a payment server
  std::map<std::uint64_t, std::int64_t> gives_up_ns_;  // by order
  std::map<std::int64_t, std::int64_t> changes_;       // of the number of servers, by instant
  Reference result_;
};

}  // namespace double11::virtual_time
