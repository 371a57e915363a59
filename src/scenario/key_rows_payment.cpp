// Rows of the group `payment`.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

void add_capacity(Table& table) {
  table.add(
      "payment.servers", Kind::count, {1, 100e6},
      "Payments that can be under way at once at the channel; the others queue.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.servers; });
  table.add_list(
      "payment.calendar", {0, 10000},
      "Steps of the number of payment servers; payments under way are finished.",
      [](Scenario & s) -> auto& { return s.payment.calendar; });
  table
      .add(
          "payment.calendar[].at", Kind::duration, {0, kLongest}, "When the step is.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.calendar[i].at; })
      .required = true;
  table
      .add(
          "payment.calendar[].servers", Kind::count, {0, 100e6}, "Servers from then on.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.calendar[i].servers; })
      .required = true;
  table.add_list(
      "payment.slowdowns", {0, 10000},
      "Times at which the channel works slower, faster or not at all.",
      [](Scenario & s) -> auto& { return s.payment.slowdowns; });
  table.add(
      "payment.slowdowns[].channel", Kind::text, {0, 60},
      "Which of payment.channels; left out: all.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.slowdowns[i].channel; });
  table
      .add(
          "payment.slowdowns[].at", Kind::duration, {0, kLongest}, "When it begins.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.slowdowns[i].at; })
      .required = true;
  table
      .add(
          "payment.slowdowns[].duration", Kind::duration, {1, kLongest}, "How long it lasts.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.slowdowns[i].duration; })
      .required = true;
  table.add(
      "payment.slowdowns[].factor", Kind::number, {0, 1000},
      "Times the usual speed; 0 is an outage.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.slowdowns[i].factor; });
  table.add(
      "payment.breakdown.up", Kind::duration, {0, kLongest},
      "Mean exponential time until the channel fails, while orders arrive. 0s: never.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breakdown.up; });
  table.add(
      "payment.breakdown.down", Kind::duration, {0, kLongest},
      "Mean exponential time of repair; interrupted payments are resumed.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.breakdown.down; });
}

void add_latency(Table& table) {
  std::vector<Distribution> laws = kDrawn;
  laws.push_back(Distribution::empirical);
  add_random_duration(
      table, "payment.latency", "How long the channel takes", laws, {1e3, kDay},
      [](Scenario& s, std::size_t) -> RandomDuration& { return s.payment.latency; });
  table.add_list(
      "payment.histogram", {0, 100'000},
      "Measured latencies of the channel; used while payment.latency.distribution is empirical.",
      [](Scenario & s) -> auto& { return s.payment.histogram; });
  table
      .add(
          "payment.histogram[].value", Kind::duration, {1e3, kDay}, "A latency.",
          [](Scenario & s, std::size_t i) -> auto& { return s.payment.histogram[i].value; })
      .required = true;
  table.add(
      "payment.histogram[].weight", Kind::number, {0, 1e12}, "How often it was measured.",
      [](Scenario & s, std::size_t i) -> auto& { return s.payment.histogram[i].weight; });
}

void add_attempts(Table& table) {
  table.add(
      "payment.attempts", Kind::count, {1, 15},
      "Most payments tried for one order: one that was declined or timed out is tried again "
      "while the reservation holds.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.attempts; });
  table.add(
      "payment.retry_delay", Kind::duration, {0, kLongest},
      "With payment.attempts above 1: from a payment that failed until the order queues for the "
      "next one.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.retry_delay; });
  table.add(
      "payment.retry_backoff", Kind::number, {1, 1000},
      "Each further retry_delay of an order is this many times as long, up to 400d.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.retry_backoff; });
  table.add(
      "payment.retry_jitter", Kind::share, {0, 1},
      "Each retry_delay is shortened by a random part of it, up to this share.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.retry_jitter; });
}

}  // namespace

void add_payment(Table& table) {
  add_capacity(table);
  table.add(
      "payment.queue_limit", Kind::count, {0, 100e6},
      "Most orders that wait for a payment server; beyond it they are shed.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.queue_limit; });
  table.add_choice(
      "payment.discipline", {"fifo", "lifo", "priority", "dearest"},
      "Who of the queue is served next: first or last come, the first of the segments of the "
      "smallest priority, or the dearest basket.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.discipline; });
  table.add(
      "payment.batch_most", Kind::count, {1, 100'000},
      "Most waiting orders that a free server takes at once; they share one latency.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.batch_most; });
  std::vector<Distribution> patience = kDrawn;
  patience.push_back(Distribution::none);
  add_random_duration(
      table, "payment.patience", "Time in the queue after which a buyer leaves, abandoned",
      patience, {0, kLongest},
      [](Scenario& s, std::size_t) -> RandomDuration& { return s.payment.patience; });
  add_latency(table);
  table.add(
      "payment.decline_probability", Kind::share, {0, 1},
      "Share of payments that the channel declines.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.decline_probability; });
  table.add(
      "payment.timeout", Kind::duration, {1e6, kDay},
      "The shop gives a payment up after this long; a later success is refunded.",
      [](Scenario & s, std::size_t) -> auto& { return s.payment.timeout; });
  add_attempts(table);
  add_channels(table);
}

}  // namespace double11::scenario
