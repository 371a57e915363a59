// Rows of the groups `traffic.double_clicks` and `traffic.retry`.
#include <double11/core/ids.hpp>

#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

void add_budget(Table& table) {
  table.add(
      "traffic.retry.budget.share", Kind::share, {0, 1},
      "Retries that are paid for by each request, or success; those without a token are not made. "
      "100%: no budget.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.budget.share; });
  table.add(
      "traffic.retry.budget.least", Kind::rate, {0, 1e6},
      "Retries that are paid for whatever comes.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.budget.least_per_s; });
  table.add(
      "traffic.retry.budget.ttl", Kind::duration, {1e6, kDay}, "How long a token can be used.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.budget.ttl; });
  table.add_choice(
      "traffic.retry.budget.of", {"requests", "successes"}, "What brings tokens in.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.budget.of; });
}

}  // namespace

void add_clients(Table& table) {
  table.add(
      "traffic.double_clicks.share", Kind::share, {0, 1},
      "Share of the orders whose buyers click a second time.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.double_clicks.share; });
  table.add(
      "traffic.double_clicks.delay", Kind::duration, {0, kDay}, "How much later they do.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.double_clicks.delay; });
  table.add(
      "traffic.retry.attempts", Kind::count, {1, OrderId::kTriesEnd},
      "Most clicks of a buyer for one order, the first one included. Each is an arrival.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.attempts; });
  table.add_list(
      "traffic.retry.after", {0, 5}, "After what a buyer tries again.",
      [](Scenario & s) -> auto& { return s.traffic.retry.after; });
  table.add_choice(
      "traffic.retry.after[]", {"throttled", "shed", "timed_out", "declined", "sold_out"},
      "An outcome; timed_out: no answer within traffic.retry.timeout, or the outcomes expired and "
      "abandoned.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.retry.after[i]; });
  table.add(
      "traffic.retry.timeout", Kind::duration, {0, 30 * kDay},
      "How long a buyer waits for the answer to a click; what comes later is in vain, and a "
      "payment "
      "is refunded. 0s: for ever.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.timeout; });
  table.add(
      "traffic.retry.delay", Kind::duration, {1e3, 30 * kDay},
      "From a failure until the next click.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.delay; });
  table.add(
      "traffic.retry.backoff", Kind::number, {1, 1000},
      "Each further delay of an order is this many times as long.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.backoff; });
  table.add(
      "traffic.retry.jitter", Kind::share, {0, 1},
      "Each delay is shortened by a random part of it, up to this share.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.retry.jitter; });
  add_budget(table);
}

}  // namespace double11::scenario
