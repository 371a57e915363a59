#pragma once
// A payment shard of its own, and orders for it.

#include <double11/stages/payment.hpp>

#include <string>
#include <utility>
#include <vector>

#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {

// Every payment takes 20 ms; nothing is declined unless a test says so.
inline scenario::Scenario constant_payments(std::vector<std::string> overrides = {}) {
  overrides.insert(overrides.begin(),
                   {R"(payment.latency={"distribution":"constant","mean":"20ms"})",
                    "payment.decline_probability=0", "payment.timeout=1s"});
  return scenario::small_scenario(overrides);
}

struct Desk {
  explicit Desk(scenario::Scenario s, std::int64_t queue_limit = 10)
      : scenario(std::move(s)), laws(scenario), payment(scenario, laws, queue_limit) {}
  scenario::Scenario scenario;
  PaymentLaws laws;
  Payment payment;
};

inline Order reserved(std::uint64_t id, Instant at, Instant until) {
  Order order = order_of(id);
  order.mark_reserved(0);
  order.step = Step::pay;
  order.at = at;
  order.until = until;
  order.amount_fen = 700;
  return order;
}

}  // namespace double11::stages
