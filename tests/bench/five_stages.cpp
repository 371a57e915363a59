#include "bench/five_stages.hpp"

#include <cmath>
#include <functional>
#include <queue>
#include <random>
#include <vector>

namespace double11::bench {
namespace {

constexpr std::array<int, kStations.size()> kServers = {16, 8, 1024, 64, 32};
constexpr std::size_t kPayment = 2;
constexpr double kPaymentP50 = 60;
constexpr double kPaymentP99 = 250;
constexpr double kNormalP99 = 2.3263478740408408;
constexpr double kFailing = 0.1;
constexpr int kAttempts = 3;
/// The station of an event that is an arrival from outside.
constexpr std::size_t kOutside = kStations.size();

struct Order {
  double arrived;
  double in_line_since;
  int failed_payments;
};

struct Event {
  double time;
  std::size_t station;
  Order order;

  bool operator>(const Event& other) const { return time > other.time; }
};

struct Station {
  int busy = 0;
  std::queue<Order> line;
};

class Sale {
 public:
  explicit Sale(const FiveStages& model)
      : model_(model),
        random_(model.seed),
        until_next_(model.orders_per_s / 1000),
        result_(model.orders / kBatches) {}

  FiveStagesResult run() {
    expect_arrival(0);
    while (!events_.empty()) {
      const Event event = events_.top();
      events_.pop();
      if (event.station == kOutside) {
        if (++arrivals_ < model_.orders) expect_arrival(event.time);
        enter(0, event.time, {event.time, event.time, 0});
      } else {
        free_server(event.station, event.time);
        leave(event.station, event.time, event.order);
      }
    }
    return result_;
  }

 private:
  void expect_arrival(double now) { events_.push({now + until_next_(random_), kOutside, {}}); }

  void enter(std::size_t index, double now, Order order) {
    order.in_line_since = now;
    Station& station = stations_[index];
    if (station.busy < kServers[index]) {
      ++station.busy;
      serve(index, now, order);
    } else {
      station.line.push(order);
    }
  }

  void serve(std::size_t index, double now, const Order& order) {
    result_.wait[index].add(now - order.in_line_since);
    events_.push({now + service_time(index), index, order});
  }

  void free_server(std::size_t index, double now) {
    Station& station = stations_[index];
    if (station.line.empty()) {
      --station.busy;
    } else {
      serve(index, now, station.line.front());
      station.line.pop();
    }
  }

  /// The order has been served: it goes on, tries again, or is done.
  void leave(std::size_t index, double now, Order order) {
    if (index == kPayment && fails_(random_)) {
      if (++order.failed_payments < kAttempts) {
        enter(kPayment, now, order);
      } else {
        result_.lost.add(1);
      }
    } else if (index + 1 < kStations.size()) {
      enter(index + 1, now, order);
    } else {
      result_.lost.add(0);
      result_.sojourn.add(now - order.arrived);
    }
  }

  double service_time(std::size_t index) {
    switch (index) {
      case 0:
        return admission_(random_);
      case 1:
        return inventory_(random_);
      case kPayment:
        return payment_(random_);
      case 3:
        return picking_(random_);
      default:
        return 2;
    }
  }

  FiveStages model_;
  std::mt19937_64 random_;
  std::exponential_distribution<double> until_next_;
  std::exponential_distribution<double> admission_{1 / 1.0};
  std::exponential_distribution<double> inventory_{1 / 0.5};
  std::lognormal_distribution<double> payment_{std::log(kPaymentP50),
                                               std::log(kPaymentP99 / kPaymentP50) / kNormalP99};
  std::bernoulli_distribution fails_{kFailing};
  std::gamma_distribution<double> picking_{2, 2.0};
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::array<Station, kStations.size()> stations_;
  std::int64_t arrivals_ = 0;
  FiveStagesResult result_;
};

}  // namespace

FiveStagesResult simulate(const FiveStages& model) {
  return Sale(model).run();
}

}  // namespace double11::bench
