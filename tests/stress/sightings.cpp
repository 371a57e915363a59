#include "stress/sightings.hpp"

#include <double11/core/outcome.hpp>
#include <double11/live/placement.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>

#include <fmt/format.h>

#include "stress/judge.hpp"

namespace double11::stress {
namespace {

using scenario::Scenario;

std::int64_t count_of(const Rehearsed& run, Outcome outcome) {
  return run.record.books.outcomes(outcome).count;
}

// One worker turns everything itself: its inboxes are always empty between two turns. Who is past
// the door then is at payment, with a server or in the queue for those that are all taken.
bool stopped_with_holds(const Trial& trial, const Rehearsed& run) {
  return run.stopped && trial.workers == 1 &&
         run.in_flight_at_stop > count_of(run, Outcome::abandoned);
}

// Whether some basket gets lines of one shard and is refused by another. Only asked where no
// schedule can change that: everybody is let in, and a SKU is out of stock for all or for nobody.
bool refused_in_part(const Trial& trial, const Scenario& scenario) {
  const std::uint32_t shards = live::Placement(scenario, trial.workers).shards(Stage::inventory);
  const traffic::Arrivals arrivals(scenario);
  std::vector<Order> orders;
  traffic::ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    const auto is_out = [&](std::size_t line) {
      return scenario::initial_stock(scenario.catalogue, order.sku[line]) == 0;
    };
    const std::uint32_t first = order.sku[0].value % shards;
    bool out_elsewhere = false;
    for (std::size_t line = 0; line < order.lines; ++line) {
      const bool elsewhere = order.sku[line].value % shards != first;
      if (!elsewhere && is_out(line)) return false;
      out_elsewhere = out_elsewhere || (elsewhere && is_out(line));
    }
    return out_elsewhere;
  });
}

bool timed_out(const Scenario& scenario, const Rehearsed& run, bool independent) {
  return independent && scenario.payment.timeout < scenario.inventory.reservation_ttl &&
         run.record.payments.given_up > 0;
}

// Beyond the search's own machinery, what the search is for.
std::string outcome_text(Outcome outcome) {
  return fmt::format("outcome {}", name_of(outcome));
}

}  // namespace

Sightings::Sightings() {
  for (const Outcome outcome : kAllOutcomes) counts_[outcome_text(outcome)] = 0;
}

void Sightings::look_at(const Trial& trial, const Scenario& scenario, const Rehearsed& run) {
  const measure::RunRecord& record = run.record;
  const std::int64_t credits = scenario.admission.in_flight_limit;
  const std::int64_t servers = scenario.payment.servers;
  const Agreement agreement = agreement_of(scenario, run, trial.real);
  for (auto& [what, seen] : counts_) {
    for (const Outcome outcome : kAllOutcomes) {
      if (what == outcome_text(outcome) && count_of(run, outcome) > 0) ++seen;
    }
  }
  note("payment timed out", timed_out(scenario, run, agreement == Agreement::fates));
  // Nobody is declined, so no answer can be late and negative.
  note("reservation ended in the payment queue", scenario.payment.channels.empty() &&
                                                     scenario.payment.decline_probability == 0 &&
                                                     count_of(run, Outcome::expired) > 0);
  note("late payment refunded", record.payments.refunds > 0);
  const auto& channels = record.payments.channels;
  note("circuit breaker opened",
       std::any_of(channels.begin(), channels.end(), [](const auto& c) { return c.opened > 0; }));
  note("payment that no channel took", record.payments.unrouted > 0);
  note("shed at a plain door",
       !has_door(scenario) && count_of(run, Outcome::shed) > record.payments.refused);
  note("shed at payment", record.payments.refused > 0);
  note("stop with holds", stopped_with_holds(trial, run));
  note("basket over several shards refused in part",
       !run.stopped && no_competition(scenario, record.books.arrivals().count) &&
           scenario.inventory.strategy == scenario::Strategy::owner_shard &&
           scenario.inventory.row.model == scenario::RowModel::none &&
           refused_in_part(trial, scenario));
  note("all of several credits used", credits > 1 && record.in_flight_most == credits);
  // Below two lots for shards of their own, payment is one shard: no server can lie idle elsewhere
  // when somebody is refused.
  note("all of several servers used", servers > 1 && servers < 128 && record.payments.refused > 0);
  note("bot caught", record.door.bots_caught > 0);
  note("person taken for a bot", record.door.false_alarms > 0);
  note("too many clicks of a buyer", record.door.over_buyer_rate > 0);
  note("too many units of a buyer", record.door.over_buyer_units > 0);
  note("told sold out at the door", record.door.told_sold_out > 0);
  note("over the rate limit", record.door.over_rate > 0);
  note("waiting room full", record.door.room_full > 0);
  note("gone or dropped from the queue at the door", record.door.expired + record.door.dropped > 0);
  note("tried again", record.clients.retries > 0);
  note("retry over budget", record.clients.over_budget > 0);
  note("answered late", record.clients.answered_late > 0);
  note("stopped with people in the waiting room or queue of a door",
       run.stopped && has_door(scenario) && record.sent_home > record.door.expired);
  note("every fate as in virtual time, with further clicks",
       has_further_clicks(scenario) && agreement == Agreement::fates &&
           record.clients.retries + record.clients.second_clicks > 10);
  note("one credit for many orders", credits == 1 && record.books.arrivals().count > 10);
  note("reservation of a millisecond",
       scenario.inventory.reservation_ttl == std::chrono::milliseconds(1) &&
           record.reservations.granted > 0);
  note("batches of one", trial.batch == 1 && record.books.arrivals().count > 10);
  note("eight workers", trial.workers == 8);
  note("clock stalled", run.stalls > 0);
  note("worker put aside in the middle of a turn", run.nested > 0);
  note("stopped at pace real", trial.real && run.stopped);
  note("every fate as in virtual time, at pace max",
       !trial.real && agreement == Agreement::fates && record.books.arrivals().count > 10);
  note("every fate as in virtual time, at pace real",
       trial.real && agreement == Agreement::fates && record.books.arrivals().count > 10);
  note("scarce stock sold as in virtual time",
       agreement == Agreement::totals && count_of(run, Outcome::sold_out) > 0);
  for (std::size_t family = 0; family < kFamilyNames.size(); ++family) {
    note(fmt::format("schedule {}", kFamilyNames[family]),
         static_cast<std::size_t>(trial.family) == family);
  }
}

std::vector<std::string> Sightings::missing() const {
  std::vector<std::string> never;
  for (const auto& [what, seen] : counts_) {
    if (seen == 0) never.push_back(what);
  }
  return never;
}

}  // namespace double11::stress
