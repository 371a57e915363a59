#include "stress/judge.hpp"

#include <double11/report/audit.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace double11::stress {
namespace {

using measure::RunRecord;
using scenario::Scenario;

class Faults {
 public:
  void expect(bool holds, std::string text) {
    if (!holds) found_.push_back(std::move(text));
  }
  template <typename Value>
  void at_most(std::string_view what, Value value, Value limit) {
    expect(value <= limit, fmt::format("{}: {}, but at most {}", what, value, limit));
  }
  template <typename Value>
  void as_in_virtual_time(std::string_view what, const Value& live, const Value& simulated) {
    expect(live == simulated, fmt::format("{} not as in virtual time", what));
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

std::int64_t queue_most(const RunRecord& record, Stage stage) {
  return record.stages[index_of(stage)].queue_most;
}

void check_audit(Faults& faults, const Scenario& scenario, const RunRecord& record) {
  for (const report::Law& law : report::audit(scenario, record).laws) {
    faults.expect(law.violations == 0,
                  fmt::format("law broken: {}: {}; {}", law.name, law.measured, law.offender));
  }
  faults.expect(record.still_in_flight == 0,
                fmt::format("{} orders still in flight", record.still_in_flight));
}

std::int64_t most_servers(const scenario::Payment& payment) {
  std::int64_t most = payment.channels.empty() ? payment.servers : 0;
  for (const scenario::PaymentChannel& channel : payment.channels) most += channel.servers;
  for (const scenario::ServerStep& step : payment.calendar) most = std::max(most, step.servers);
  return most;
}

std::int64_t queue_limit(const scenario::Payment& payment) {
  std::int64_t limit = payment.channels.empty() ? payment.queue_limit : 0;
  for (const scenario::PaymentChannel& channel : payment.channels) limit += channel.queue_limit;
  return limit;
}

void check_limits(Faults& faults, const Scenario& scenario, const Rehearsed& run, bool real) {
  const RunRecord& record = run.record;
  const std::int64_t credits = scenario.admission.in_flight_limit;
  faults.at_most("credits in use", record.in_flight_most, credits);
  faults.at_most("queue at the door",
                 has_door(scenario) ? record.door.queue_most : queue_most(record, Stage::admission),
                 scenario.admission.queue_limit);
  faults.at_most("waiting room", record.door.room_most, scenario.admission.waiting_room.limit);
  // Every order behind the door has a credit, in whichever inbox it is; each worker saw at most
  // all of them there.
  const std::int64_t in_inboxes = record.workers * credits;
  faults.at_most("inboxes of inventory", queue_most(record, Stage::inventory), in_inboxes);
  faults.at_most("queue of payment", queue_most(record, Stage::payment),
                 in_inboxes + std::min(credits, queue_limit(scenario.payment)));
  faults.at_most("inboxes of logistics", queue_most(record, Stage::logistics), in_inboxes);
  faults.expect(record.payment_busy >= Duration(0), "negative service time");
  // A stop ends services before their time, so that later ones overlap them in scenario time.
  if (real && !run.stopped) {
    faults.at_most("service time", record.payment_busy.count(),
                   most_servers(scenario.payment) * nanoseconds_of(run.clock_end));
  }
  for (const Outcome outcome : {Outcome::throttled, Outcome::duplicate}) {
    faults.expect(has_door(scenario) || record.books.outcomes(outcome).count == 0,
                  fmt::format("an order is {}", name_of(outcome)));
  }
  const measure::ClientCounts& clients = record.clients;
  faults.expect(run.stopped || clients.served + clients.given_up == clients.first_clicks,
                fmt::format("of {} buyers {} are served and {} give up", clients.first_clicks,
                            clients.served, clients.given_up));
  faults.expect(run.stopped || has_door(scenario) ||
                    record.books.outcomes(Outcome::abandoned).count == 0 ||
                    scenario.payment.patience.distribution != scenario::Distribution::none,
                "abandoned without a stop, although all are patient");
}

// Credits and servers for everybody at once, and as many again for what lies idle in purses.
bool ample_places(const Scenario& scenario, std::int64_t orders) {
  const std::int64_t enough = 2 * orders + 64;
  return scenario.admission.in_flight_limit >= enough && scenario.payment.servers >= enough &&
         scenario.payment.calendar.empty() && scenario.payment.channels.empty();
}

bool ample_or_no_stock(const Scenario& scenario, std::int64_t orders) {
  const std::int64_t enough =
      orders * static_cast<std::int64_t>(kMaxLines) * scenario.traffic.quantity_max;
  const auto fine = [&](std::int64_t stock) { return stock == 0 || stock >= enough; };
  return fine(scenario.catalogue.stock) &&
         (scenario.catalogue.hot_skus == 0 || fine(scenario.catalogue.hot_stock));
}

// Nothing at the door depends on who comes when: every click is let in, or is caught by its draw.
bool door_by_draws(const Scenario& scenario) {
  const scenario::Admission& admission = scenario.admission;
  const scenario::Retry& retry = scenario.traffic.retry;
  return retry.timeout.count() == 0 && (retry.attempts == 1 || retry.budget.share >= 1) &&
         admission.buyer_rate.clicks_most == 0 && admission.buyer_units_most == 0 &&
         !admission.sold_out_short_cut && admission.waiting_room.rate_per_s == 0 &&
         admission.rate_limit.rate_per_s == 0 &&
         admission.control == scenario::OverloadControl::none;
}

bool one_unit_each(const Scenario& scenario) {
  return scenario.traffic.quantity_max == 1 && scenario.traffic.basket.size() == 1;
}

}  // namespace

bool no_competition(const Scenario& scenario, std::int64_t orders) {
  return ample_places(scenario, orders) && ample_or_no_stock(scenario, orders);
}

std::optional<RunRecord> in_virtual_time(const Scenario& scenario, const Rehearsed& run) {
  if (run.stopped) return std::nullopt;
  return virtual_time::simulate(scenario, {});
}

// Arrivals are a function of the seed alone. Beyond them a result depends on the schedule as soon
// as orders compete: who comes first gets the credit, the server or the last unit, and at pace max
// the live engine does not even claim that the first in scenario time does. So:
//
// - Without competition every order has its own fate. Credits and servers suffice for all orders at
//   once, and each SKU is out of stock from the beginning or suffices for all baskets. An answer is
//   late or not by its draw, against the timeout and against the end of the reservation. The latter
//   counts from the reservation, at pace real a while before the payment begins; it must not bind
//   there, even if all of the run lay in between.
// - When only stock is scarce, buyers want one unit each and no reservation ever goes back, then as
//   many are sold of each SKU as there are or as are wanted, whoever gets them. As soon as one unit
//   can come back, it matters who was refused in the meantime.
// - A door keeps all that as long as it decides by draws. Buyers who try again come a while later
//   in the live engine, and may meet another speed of the channel.
// - A stop cuts off arrivals where the schedule has come to; then even those differ.
Agreement agreement_of(const Scenario& scenario, const Rehearsed& run, bool real) {
  if (run.stopped) return Agreement::none;
  const std::int64_t orders = run.record.books.arrivals().count;
  if (!door_by_draws(scenario)) return Agreement::arrivals;
  const scenario::Payment& payment = scenario.payment;
  const Duration elapsed = real ? run.clock_end.time_since_epoch() : Duration(0);
  const Duration ttl = scenario.inventory.reservation_ttl;
  if (!ample_places(scenario, orders)) return Agreement::arrivals;
  if (real && ttl < payment.timeout + elapsed) return Agreement::arrivals;
  // At pace real a payment begins a while later, and may meet another speed of the channel.
  const bool steady =
      payment.slowdowns.empty() && payment.breakdown.up.count() == 0 && scenario.faults.empty();
  // Orders wait for each other at the rows of a database.
  if (scenario.inventory.row.model != scenario::RowModel::none) return Agreement::arrivals;
  if ((real || has_further_clicks(scenario)) && !steady) return Agreement::arrivals;
  if (no_competition(scenario, orders)) return Agreement::fates;
  const bool always_paid = payment.decline_probability == 0 &&
                           payment.latency.distribution == scenario::Distribution::constant &&
                           steady && payment.latency.mean < std::min(payment.timeout, ttl);
  const bool once = scenario.traffic.retry.attempts == 1;
  return one_unit_each(scenario) && always_paid && once ? Agreement::totals : Agreement::arrivals;
}

std::vector<std::string> faults_of(const Trial& trial, const Scenario& scenario,
                                   const Rehearsed& run) {
  Faults faults;
  if (!run.ended) {
    faults.expect(false,
                  fmt::format("not over after {} turns: {} offered, {} ended", run.turns,
                              run.last.funnel[index_of(Funnel::offered)],
                              run.last.funnel[index_of(Funnel::offered)] - run.last.in_flight()));
    return faults.take();
  }
  const RunRecord& live = run.record;
  check_audit(faults, scenario, live);
  check_limits(faults, scenario, run, trial.real);
  const std::optional<RunRecord> simulated = in_virtual_time(scenario, run);
  if (!simulated) return faults.take();
  const Agreement agreement = agreement_of(scenario, run, trial.real);
  // How often somebody tries again is part of his fate.
  if (scenario.traffic.retry.attempts == 1 || agreement == Agreement::fates) {
    faults.as_in_virtual_time("arrivals", live.books.arrivals(), simulated->books.arrivals());
  }
  faults.as_in_virtual_time("first clicks", live.clients.first_clicks,
                            simulated->clients.first_clicks);
  faults.as_in_virtual_time("stream", live.books.stream_print(), simulated->books.stream_print());
  if (agreement == Agreement::arrivals) return faults.take();
  for (const Outcome outcome : kAllOutcomes) {
    const auto& orders = live.books.outcomes(outcome);
    const auto& expected = simulated->books.outcomes(outcome);
    faults.expect(orders.count == expected.count,
                  fmt::format("{}: {} orders, {} in virtual time", name_of(outcome), orders.count,
                              expected.count));
    if (agreement == Agreement::fates) {
      faults.as_in_virtual_time(name_of(outcome), orders, expected);
    }
  }
  faults.as_in_virtual_time("stock", live.available, simulated->available);
  // Of a basket with two SKUs that are out of stock, the shard that comes first refuses one.
  if (agreement == Agreement::totals) {
    faults.as_in_virtual_time("refused SKUs", live.refused, simulated->refused);
  }
  faults.as_in_virtual_time("turnover", live.books.turnover(), simulated->books.turnover());
  faults.as_in_virtual_time("service time", live.payment_busy, simulated->payment_busy);
  return faults.take();
}

std::vector<std::string> differences(const Rehearsed& one, const Rehearsed& other) {
  Faults faults;
  faults.expect(one.turns == other.turns, "another number of turns in the second run");
  faults.expect(one.clock_end == other.clock_end, "another end of the clock in the second run");
  for (const Outcome outcome : kAllOutcomes) {
    faults.expect(one.record.books.outcomes(outcome) == other.record.books.outcomes(outcome),
                  fmt::format("other orders {} in the second run", name_of(outcome)));
  }
  return faults.take();
}

}  // namespace double11::stress
