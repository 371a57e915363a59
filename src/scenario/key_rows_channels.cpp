// Rows of the group `payment` about several channels: the list, circuit breakers, reasons.
#include <double11/core/order.hpp>

#include <algorithm>

#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

bool has_channels(const Scenario& scenario) {
  return !scenario.payment.channels.empty();
}

void add_channel(Table& table) {
  table.add_list(
      "payment.channels", {0, kMaxChannels},
      "Ways to pay, each a station of its own; the shares add up to 1. With any, discipline, "
      "patience, batch_most, attempts and slowdowns are those of all, and the keys of a single "
      "channel (servers, calendar, queue_limit, latency, histogram, breakdown, "
      "decline_probability) are not used.",
      [](Scenario & s) -> auto& { return s.payment.channels; });
  table
      .add(
          "payment.channels[].name", Kind::text, {1, 60}, "Name of the channel.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].name; })
      .required = true;
  table
      .add(
          "payment.channels[].share", Kind::share, {0, 1},
          "Share of the orders that pay here first.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].share; })
      .required = true;
  table.add(
      "payment.channels[].servers", Kind::count, {1, 100e6},
      "Payments that can be under way at once here; the others queue.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].servers; });
  table.add(
      "payment.channels[].queue_limit", Kind::count, {0, 100e6},
      "Most orders that wait for a server here; beyond it they are shed.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].queue_limit; });
  add_random_duration(
      table, "payment.channels[].latency", "How long the channel takes", kDrawn, {1e3, kDay},
      [](Scenario& s, std::size_t i) -> RandomDuration& { return s.payment.channels[i].latency; });
  table.add(
      "payment.channels[].decline_probability", Kind::share, {0, 1},
      "Share of payments that it declines.", [](Scenario & s, std::size_t i) -> auto& {
        return s.payment.channels[i].decline_probability;
      });
  table.add(
      "payment.channels[].timeout", Kind::duration, {0, kDay},
      "The shop gives a payment up after this long. 0s: payment.timeout.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].timeout; });
  table.add_choice(
      "payment.channels[].breaker", {"off", "on"},
      "Whether payment.breaker guards it: while open, orders go to other channels; where there "
      "is none, the payment fails at once as declined.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.channels[i].breaker; });
}

void add_breaker(Table& table) {
  table.add(
      "payment.breaker.window", Kind::count, {1, 1e6},
      "Payments that the breaker of a channel looks at, the last ones that ended.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.window; });
  table.add(
      "payment.breaker.least_calls", Kind::count, {1, 1e6},
      "It stays closed before so many have ended, or as many as the window holds.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.least_calls; });
  table.add(
      "payment.breaker.failure_share", Kind::share, {1e-6, 1},
      "It opens when this share of them failed: no answer in time, or declined by fault of the "
      "channel.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.failure_share; });
  table.add(
      "payment.breaker.slow_share", Kind::share, {1e-6, 1},
      "It opens when this share of them took longer than slow_call.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.slow_share; });
  table.add(
      "payment.breaker.slow_call", Kind::duration, {0, kLongest}, "A longer payment is slow.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.slow_call; });
  table.add(
      "payment.breaker.open_time", Kind::duration, {0, kLongest},
      "How long it stays open before it lets probes through.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.open_time; });
  table.add(
      "payment.breaker.probes", Kind::count, {1, 1e6},
      "Payments let through then; when so many have ended, it closes or opens again by the same "
      "shares.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breaker.probes; });
  for (Key* const key : table.below("payment.breaker.")) {
    limit_to(*key, "payment.channels", "one of payment.channels has a breaker",
             [](const Scenario& s, std::size_t) {
               return std::any_of(s.payment.channels.begin(), s.payment.channels.end(),
                                  [](const PaymentChannel& c) { return c.breaker == Switch::on; });
             });
  }
}

void add_reasons(Table& table) {
  table.add_list(
      "payment.reasons", {0, 16},
      "Why payments are declined; the shares add up to 1. None: no reason is told.",
      [](Scenario & s) -> auto& { return s.payment.reasons; });
  table
      .add(
          "payment.reasons[].name", Kind::text, {1, 60}, "The reason.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.reasons[i].name; })
      .required = true;
  table
      .add(
          "payment.reasons[].share", Kind::share, {0, 1}, "Share of the declined payments.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.reasons[i].share; })
      .required = true;
  table.add_choice(
      "payment.reasons[].retryable", {"no", "yes"},
      "Whether such a payment may be tried again; no: it is final, such as suspected fraud.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.reasons[i].retryable; });
  table.add_choice(
      "payment.reasons[].fault", {"channel", "buyer"},
      "Whose fault it is; that of the buyer is no failure to a circuit breaker.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.reasons[i].fault; });
}

// What describes the one channel that there is without a list of them.
void limit_single_channel(Table& table) {
  for (const char* const path : {"payment.servers", "payment.queue_limit", "payment.latency.",
                                 "payment.decline_probability", "payment.breakdown."}) {
    for (Key* const key : table.below(path)) {
      const auto before = key->applies;
      const std::string more = before ? " and " + key->applies_when : "";
      limit_to(*key, before ? key->applies_by : "payment.channels",
               "payment.channels is empty" + more, [before](const Scenario& s, std::size_t i) {
                 return !has_channels(s) && (!before || before(s, i));
               });
    }
  }
}

}  // namespace

void add_channels(Table& table) {
  limit_single_channel(table);
  add_channel(table);
  Key& elsewhere = table.add(
      "payment.retry_elsewhere", Kind::choice, {0, 1},
      "Whether a payment is tried again at another channel, by the shares of the others; where "
      "none takes it, and when off, at the same one.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.retry_elsewhere; });
  elsewhere.choices = {"off", "on"};
  limit_to(elsewhere, "payment.channels", "payment.channels has two or more",
           [](const Scenario& s, std::size_t) { return s.payment.channels.size() > 1; });
  add_breaker(table);
  add_reasons(table);
}

}  // namespace double11::scenario
