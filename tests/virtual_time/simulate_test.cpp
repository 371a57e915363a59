// The simulator against a plain one, against itself with other numbers of workers, and against the
// live engine.
#include <double11/live/run.hpp>
#include <double11/report/audit.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <atomic>
#include <chrono>
#include <cmath>
#include <random>
#include <string>

#include "catch.hpp"
#include "random_scenarios.hpp"
#include "virtual_time/reference.hpp"

namespace double11::virtual_time {
namespace {

measure::RunRecord simulated(const scenario::Scenario& scenario, std::uint32_t workers = 1) {
  SimulateOptions options;
  options.workers = workers;
  return simulate(scenario, options);
}

void require_clean(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  for (const report::Law& law : report::audit(scenario, record).laws) {
    INFO(law.name << ": " << law.measured << ": " << law.offender);
    REQUIRE(law.violations == 0);
  }
}

// All counts of door and clients but how long queue and room became.
std::vector<std::int64_t> counts_of(const measure::DoorCounts& door,
                                    const measure::ClientCounts& clients) {
  return {door.duplicates,       door.bots_caught,     door.false_alarms,     door.over_buyer_rate,
          door.over_buyer_units, door.told_sold_out,   door.over_rate,        door.room_full,
          door.over_limit,       door.dropped,         door.expired,          door.polls,
          door.in_flight_most,   clients.first_clicks, clients.second_clicks, clients.retries,
          clients.over_budget,   clients.timed_out,    clients.given_up,      clients.answered_late,
          clients.served,        clients.goodput};
}

// The plain simulator's result, with which the simulator's must agree to the nanosecond.
Reference agreed(const Draw& draw) {
  const auto scenario = scenario::small_scenario(draw.overrides);
  Reference expected = ReferenceSale(scenario).run();
  const measure::RunRecord record = simulated(scenario, draw.workers);
  require_clean(scenario, record);
  for (const Outcome outcome : kAllOutcomes) {
    const auto found = expected.outcomes.find(outcome);
    INFO(name_of(outcome));
    REQUIRE(record.books.outcomes(outcome).count ==
            (found == expected.outcomes.end() ? 0 : found->second));
  }
  for (const auto& [sku, units] : expected.stock) REQUIRE(record.available[sku] == units);
  REQUIRE(record.in_flight_most == expected.in_flight_most);
  REQUIRE(record.fingerprints == expected.fingerprints);
  REQUIRE(record.payments.repeated == expected.repeated);
  REQUIRE(record.payments.superseded == expected.returned);
  REQUIRE(record.payments.unrouted == expected.unrouted);
  REQUIRE(record.payments.reasons == expected.reasons);
  for (std::size_t i = 0; i < record.payments.channels.size(); ++i) {
    INFO("channel " << i);
    REQUIRE(record.payments.channels[i].started == expected.started[i]);
    REQUIRE(record.payments.channels[i].opened == expected.opened[i]);
  }
  REQUIRE(counts_of(record.door, record.clients) == counts_of(expected.door, expected.clients));
  return expected;
}

}  // namespace

TEST_CASE("simulate: agrees with a plain simulator to the nanosecond of every order") {
  std::map<Outcome, std::int64_t> seen;
  std::vector<std::int64_t> door_counts;
  std::int64_t repeated = 0;
  std::int64_t returned = 0;
  std::int64_t unrouted = 0;
  std::int64_t opened = 0;
  for (std::uint64_t seed = 2001; seed <= 2600; ++seed) {
    const Draw draw = draw_scenario(seed);
    INFO("seed " << seed << ", " << text_of(draw));
    const Reference expected = agreed(draw);
    const auto counts = counts_of(expected.door, expected.clients);
    door_counts.resize(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) door_counts[i] += counts[i];
    repeated += expected.repeated;
    returned += expected.returned;
    unrouted += expected.unrouted;
    for (const std::int64_t times : expected.opened) opened += times;
    for (const auto& [outcome, count] : expected.outcomes) seen[outcome] += count;
  }
  // The draws reach every fate.
  CHECK(repeated > 50);
  CHECK(returned > 20);
  CHECK(unrouted > 20);
  CHECK(opened > 50);
  for (const Outcome outcome : kAllOutcomes) {
    INFO(name_of(outcome));
    CHECK(seen[outcome] > 50);
  }
  for (std::size_t i = 0; i < door_counts.size(); ++i) {
    INFO("count " << i);
    CHECK(door_counts[i] > 20);
  }
}

TEST_CASE("simulate: second clicks that pass for orders are dispatched twice, and that is seen") {
  const auto scenario = scenario::small_scenario(
      {"duration=100ms", "traffic.double_clicks.share=0.5", "traffic.double_clicks.delay=1ms",
       "admission.second_clicks=pass", "traffic.retry.timeout=60ms", "traffic.retry.attempts=3",
       "admission.in_flight_limit=20"});
  const Reference expected = ReferenceSale(scenario).run();
  const measure::RunRecord record = simulated(scenario, 3);
  REQUIRE(record.fingerprints == expected.fingerprints);
  REQUIRE(counts_of(record.door, record.clients) == counts_of(expected.door, expected.clients));
  std::int64_t broken = 0;
  for (const report::Law& law : report::audit(scenario, record).laws) {
    if (law.violations == 0) continue;
    ++broken;
    CHECK(law.name == "no order dispatched twice through further clicks");
  }
  CHECK(broken == 1);
}

TEST_CASE("simulate: with a door, the result is the same for any number of workers") {
  const auto scenario = scenario::small_scenario(
      {"traffic.curve[0].rate=50k/s", "admission.in_flight_limit=300", "traffic.retry.attempts=4",
       "traffic.retry.timeout=80ms", "traffic.double_clicks.share=0.2",
       "admission.control=adaptive_lifo", "admission.queue_limit=5000",
       "admission.rate_limit.rate=30k/s", "admission.sold_out_short_cut=on", "catalogue.stock=20"});
  const measure::RunRecord one = simulated(scenario, 1);
  CHECK(one.clients.retries > 10'000);
  CHECK(one.door.dropped > 0);
  CHECK(one.door.told_sold_out > 0);
  for (const std::uint32_t workers : {2U, 3U, 8U}) {
    const measure::RunRecord many = simulated(scenario, workers);
    require_clean(scenario, many);
    REQUIRE(many.fingerprints == one.fingerprints);
    REQUIRE(many.books.all_outcomes() == one.books.all_outcomes());
    REQUIRE(many.series.rows() == one.series.rows());
    REQUIRE(counts_of(many.door, many.clients) == counts_of(one.door, one.clients));
  }
}

// Arrivals run ahead of the ends of payments where these cannot matter: close to where they can.
TEST_CASE("simulate: agrees with a plain simulator where servers, credits and stock just suffice") {
  std::map<Outcome, std::int64_t> seen;
  std::int64_t repeated = 0;
  for (std::uint64_t seed = 4001; seed <= 4240; ++seed) {
    std::mt19937_64 random(seed);
    // 100 orders are in service on average.
    const auto about = [&](std::uint64_t least, std::uint64_t most) {
      return std::to_string(least + random() % (most - least));
    };
    Draw draw;
    draw.overrides = {"duration=150ms",
                      "traffic.curve[0].rate=20k/s",
                      "payment.latency.p50=4500us",
                      "payment.latency.p99=13ms",
                      "payment.servers=" + about(seed % 2 == 0 ? 90 : 15, seed % 2 == 0 ? 160 : 60),
                      "payment.batch_most=" + (seed % 2 == 0 ? "1" : about(2, 8)),
                      "payment.attempts=" + about(1, 4),
                      "payment.decline_probability=" + about(0, 40) + "%",
                      "payment.retry_delay=" + about(0, 9) + "ms",
                      "admission.in_flight_limit=" + about(90, seed % 4 == 1 ? 2000 : 400),
                      "catalogue.skus=5",
                      "catalogue.hot.skus=0",
                      "catalogue.hot.share=0",
                      "catalogue.stock=" + about(500, 2000),
                      R"(payment.calendar=[{"at":"70ms","servers":)" + about(60, 200) + "}]"};
    INFO("seed " << seed << ", " << text_of(draw));
    const Reference expected = agreed(draw);
    repeated += expected.repeated;
    for (const auto& [outcome, count] : expected.outcomes) seen[outcome] += count;
  }
  CHECK(repeated > 1000);
  CHECK(seen[Outcome::sold_out] > 1000);
  CHECK(seen[Outcome::declined] > 1000);
}

TEST_CASE("simulate: agrees with a plain simulator when every order goes through rows") {
  std::map<Outcome, std::int64_t> seen;
  for (std::uint64_t seed = 3001; seed <= 3300; ++seed) {
    Draw draw = draw_scenario(seed);
    const auto& rows = kRowExtremes[seed % kRowExtremes.size()];
    draw.overrides.insert(draw.overrides.end(), rows.begin(), rows.end());
    // Baskets in which a SKU comes twice.
    if (seed % 2 == 0) draw.overrides.emplace_back("traffic.basket=[0,0.2,0,0.8]");
    INFO("seed " << seed << ", " << text_of(draw));
    for (const auto& [outcome, count] : agreed(draw).outcomes) seen[outcome] += count;
  }
  for (const Outcome outcome : {Outcome::dispatched, Outcome::sold_out, Outcome::expired,
                                Outcome::refunded, Outcome::shed}) {
    INFO(name_of(outcome));
    CHECK(seen[outcome] > 50);
  }
}

TEST_CASE("simulate: the result is the same for any number of workers") {
  const auto scenario = scenario::small_scenario(
      {"traffic.curve[0].rate=100k/s", "payment.servers=2500", "payment.timeout=90ms",
       "admission.in_flight_limit=1200", "admission.queue_limit=50", "catalogue.stock=200"});
  const measure::RunRecord one = simulated(scenario, 1);
  CHECK(one.books.outcomes(Outcome::shed).count > 0);
  CHECK(one.books.outcomes(Outcome::sold_out).count > 0);
  for (const std::uint32_t workers : {2U, 3U, 4U, 8U}) {
    const measure::RunRecord many = simulated(scenario, workers);
    REQUIRE(many.fingerprints == one.fingerprints);
    REQUIRE(many.books.all_outcomes() == one.books.all_outcomes());
    REQUIRE(many.books.stream_print() == one.books.stream_print());
    REQUIRE(many.available == one.available);
    REQUIRE(many.series.rows() == one.series.rows());
    for (std::size_t step = 0; step < kFunnelSteps; ++step) {
      REQUIRE(many.latency[step].mean() == one.latency[step].mean());
      REQUIRE(std::equal(many.latency[step].cells().begin(), many.latency[step].cells().end(),
                         one.latency[step].cells().begin()));
    }
    REQUIRE(many.delivery.time_s().mean() == one.delivery.time_s().mean());
  }
}

TEST_CASE("simulate: golden fingerprints, on every compiler") {
  CHECK(simulated(scenario::small_scenario()).fingerprints.total() == 0x89d826c787afaddc);
  CHECK(simulated(scenario::small_scenario({"payment.servers=60", "traffic.arrivals=constant"}))
            .fingerprints.total() == 0xbba2b9c5e0563b60);
}

TEST_CASE("simulate: a stop ends the traffic, and the books balance") {
  const auto scenario = scenario::small_scenario({"duration=1h"});
  std::atomic<bool> stop{false};
  SimulateOptions options;
  options.workers = 2;
  options.stop = &stop;
  options.on_snapshot = [&](const measure::Snapshot& snapshot) {
    if (snapshot.funnel[index_of(Funnel::offered)] > 10'000) stop = true;
  };
  const measure::RunRecord record = simulate(scenario, options);
  CHECK(record.interrupted);
  CHECK(record.traffic_end < Instant(scenario.duration));
  CHECK(record.books.arrivals().count > 10'000);
  require_clean(scenario, record);
}

TEST_CASE("simulate: with room for all, the live engine ends every order at the same nanosecond") {
  const auto scenario = scenario::small_scenario({"traffic.curve[0].rate=30k/s", "run.workers=2"});
  const measure::RunRecord live = live::run(scenario);
  const measure::RunRecord exact = simulated(scenario);
  for (const Outcome outcome : kAllOutcomes) {
    REQUIRE(live.books.outcomes(outcome) == exact.books.outcomes(outcome));
  }
  CHECK(live.available == exact.available);
  for (const Funnel step : {Funnel::admitted, Funnel::reserved, Funnel::paid}) {
    INFO(name_of(step));
    const auto& cells = exact.latency[index_of(step)].cells();
    CHECK(std::equal(cells.begin(), cells.end(), live.latency[index_of(step)].cells().begin()));
  }
}

TEST_CASE(
    "simulate: orders that queue for rows are durable at the same nanosecond in the live engine") {
  for (const char* const workers : {"run.workers=1", "run.workers=3"}) {
    const auto scenario = scenario::small_scenario(
        {"duration=500ms", "traffic.curve[0].rate=20k/s", workers,
         R"(inventory.row={"model":"group","lock":"300us","lock_crowded":"500us","crowd":50,)"
         R"("update":"30us","commit":"1ms","group_most":40,"round_trip":"200us"})",
         R"(faults=[{"at":"100ms","duration":"50ms","of":"inventory"}])"});
    const measure::RunRecord live = live::run(scenario);
    const measure::RunRecord exact = simulated(scenario);
    CHECK(exact.stages[index_of(Stage::inventory)].queue_most > 10);
    require_clean(scenario, live);
    for (const Outcome outcome : kAllOutcomes) {
      REQUIRE(live.books.outcomes(outcome) == exact.books.outcomes(outcome));
    }
    const auto& cells = exact.latency[index_of(Funnel::reserved)].cells();
    CHECK(std::equal(cells.begin(), cells.end(),
                     live.latency[index_of(Funnel::reserved)].cells().begin()));
  }
}

TEST_CASE("simulate: with a queue at payment, the live engine is at most a tick of its wheel off") {
  for (int seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    // One worker: at pace max it is as deterministic as the simulator, but hands freed servers on
    // tick by tick.
    const auto scenario =
        scenario::small_scenario({"traffic.curve[0].rate=20k/s", "payment.servers=520",
                                  "run.workers=1", "seed=" + std::to_string(seed)});
    const measure::RunRecord live = live::run(scenario);
    const measure::RunRecord exact = simulated(scenario);
    CHECK(exact.stages[index_of(Stage::payment)].queue_most > 0);
    const auto& live_paid = live.latency[index_of(Funnel::paid)];
    const auto& exact_paid = exact.latency[index_of(Funnel::paid)];
    CHECK(live_paid.count() == exact_paid.count());
    CHECK(std::abs(live_paid.mean() - exact_paid.mean()) <= 65'536);
  }
}

TEST_CASE("simulate: common random numbers make differences sharp") {
  // What ten servers more are worth, from pairs that share the seed and from pairs that do not.
  std::vector<double> mean_with[2];
  for (int seed = 1; seed <= 30; ++seed) {
    int variant = 0;
    for (const char* const servers : {"payment.servers=57", "payment.servers=60"}) {
      const auto scenario =
          scenario::small_scenario({servers, "duration=5s", "seed=" + std::to_string(seed)});
      mean_with[variant++].push_back(simulated(scenario).latency[index_of(Funnel::paid)].mean());
    }
  }
  const auto variance = [](const std::vector<double>& values) {
    double sum = 0;
    double squares = 0;
    for (const double value : values) {
      sum += value;
      squares += value * value;
    }
    const auto n = static_cast<double>(values.size());
    return squares / n - sum / n * (sum / n);
  };
  std::vector<double> paired;
  std::vector<double> unpaired;
  for (std::size_t i = 0; i < mean_with[0].size(); ++i) {
    paired.push_back(mean_with[0][i] - mean_with[1][i]);
    unpaired.push_back(mean_with[0][i] - mean_with[1][(i + 1) % mean_with[1].size()]);
  }
  CHECK(variance(paired) * 2 < variance(unpaired));
}

}  // namespace double11::virtual_time
