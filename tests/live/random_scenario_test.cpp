// Random scenarios with every knob at its extremes: the run ends and its books balance, by threads
// that a test turns and in virtual time. Of one that fails, the shortest part that fails is shown.
#include <double11/virtual_time/simulate.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "random_scenarios.hpp"
#include "reduce.hpp"

namespace double11::live {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using Totals = std::array<std::int64_t, kOutcomes>;

// What is broken, by name; "" when nothing is.
std::string broken_law(const Scenario& scenario, const RunRecord& record) {
  for (const report::Law& law : report::audit(scenario, record).laws) {
    if (law.violations != 0) return law.name;
  }
  return record.still_in_flight == 0 ? "" : "nothing is in flight at the end";
}

std::string broken_limit(const Scenario& scenario, const RunRecord& record) {
  const bool door = has_door(scenario);
  const std::int64_t queue_most =
      door ? record.door.queue_most : record.stages[index_of(Stage::admission)].queue_most;
  if (record.in_flight_most > scenario.admission.in_flight_limit) return "in_flight_limit";
  if (queue_most > scenario.admission.queue_limit) return "queue_limit";
  if (record.payment_busy < Duration(0)) return "payment servers are busy for a time";
  if (!door && scenario.payment.patience.distribution == scenario::Distribution::none &&
      count_of(record, Outcome::abandoned) != 0) {
    return "who is patient stays";
  }
  if (!door && count_of(record, Outcome::throttled) != 0) return "no door throttles nobody";
  if (!door && count_of(record, Outcome::duplicate) != 0) return "no door sees no duplicates";
  const measure::ClientCounts& clients = record.clients;
  if (clients.served + clients.given_up != clients.first_clicks) return "served or given up";
  return "";
}

// Of a run that is turned by hand, from first click to last parcel.
std::string broken_live(const Draw& draw, std::uint64_t seed, Totals& seen) {
  const Scenario scenario = scenario::small_scenario(draw.overrides);
  Pipeline pipeline(scenario, {draw.workers, nullptr, Canary::none});
  if (!drive(pipeline, draw.workers, seed)) return "the run ends";
  const RunRecord record = pipeline.record();
  const auto totals = totals_of(record);
  for (std::size_t i = 0; i < kOutcomes; ++i) seen[i] += totals[i];
  const std::string law = broken_law(scenario, record);
  return law.empty() ? broken_limit(scenario, record) : law;
}

// Of a run that is stopped at a turn of the seed's choice.
std::string broken_by_stop(const Draw& draw, std::uint64_t seed) {
  const Scenario scenario = scenario::small_scenario(draw.overrides);
  Pipeline pipeline(scenario, {draw.workers, nullptr, Canary::none});
  std::mt19937_64 random(seed);
  drive(pipeline, draw.workers, seed, static_cast<std::int64_t>(random() % 2000));
  pipeline.state().request_stop();
  if (!drive(pipeline, draw.workers, seed + 1)) return "the run ends";
  measure::RunRecord record = pipeline.record();
  record.interrupted = true;  // who stops it says so
  return broken_law(scenario, record);
}

// With one worker or two: that more of them give the same is a test of its own.
std::string broken_in_virtual_time(const Draw& draw) {
  const Scenario scenario = scenario::small_scenario(draw.overrides);
  virtual_time::SimulateOptions options;
  options.workers = 1 + draw.workers % 2;
  const RunRecord record = virtual_time::simulate(scenario, options);
  const std::string law = broken_law(scenario, record);
  return law.empty() ? broken_limit(scenario, record) : law;
}

// Fails the test when `broken(draw)` names something, with the part of the draw that matters.
template <typename Broken>
void require_nothing(std::uint64_t seed, const Draw& draw, Broken broken) {
  INFO("seed " << seed << ", " << text_of(draw));
  const std::string first = broken(draw);
  if (!first.empty()) {
    const auto fails = [&](const std::vector<std::string>& overrides) {
      return scenario::parse(scenario::small_scenario_text(), "small", overrides).scenario &&
             broken(Draw{overrides, draw.workers}) == first;
    };
    const Draw least{reduced(draw.overrides, fails), draw.workers};
    FAIL("broken: " << first << "; seed " << seed << ", reduced to " << text_of(least));
  }
  REQUIRE(first.empty());
}

}  // namespace

TEST_CASE("random scenarios: every run ends, within its limits, with balanced books") {
  Totals seen{};
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Draw draw = draw_scenario(seed);
    require_nothing(seed, draw, [&](const Draw& part) { return broken_live(part, seed, seen); });
  }
  // The draws reach every fate that a run to the end can have.
  for (const Outcome outcome : kAllOutcomes) {
    INFO(name_of(outcome));
    CHECK(seen[index_of(outcome)] > 50);
  }
}

TEST_CASE("random scenarios: a stop at any moment leaves balanced books") {
  for (std::uint64_t seed = 1001; seed <= 1100; ++seed) {
    const Draw draw = draw_scenario(seed);
    require_nothing(seed, draw, [&](const Draw& part) { return broken_by_stop(part, seed); });
  }
}

TEST_CASE("random scenarios: in virtual time all books balance, too") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    require_nothing(seed, draw_scenario(seed), broken_in_virtual_time);
  }
}

}  // namespace double11::live
