// The laws of the audit hold on every shipped scenario: live, by threads, with every safe strategy
// and placement, and in virtual time.
#include <double11/live/run.hpp>
#include <double11/report/audit.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "strategies.hpp"
#include "validation/shipped.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;

// Live, each slice of the scenario's time is a meeting of all threads, however few orders it has;
// so what is shown late, or takes long, is made to happen in the first seconds.
constexpr std::chrono::seconds kUntil{5};
constexpr double kOrders = 6'000;

const std::map<std::string, std::vector<std::string>> kSooner{
    {"double11-2012",
     {R"(payment.slowdowns=[{"at":"1s","duration":"1s","factor":0},)"
      R"({"at":"2s","duration":"1s","factor":0.6}])",
      "payment.patience.mean=1s"}},
    {"double11-2017-day", {R"(payment.slowdowns=[{"at":"3s","duration":"500ms","factor":0}])"}},
    {"drop-with-bots", {"admission.rate_limit.warm_up=1s"}},
    {"eras-presale",
     {"duration=5s", "traffic.scale=600", "admission.waiting_room.opens=5s",
      "admission.waiting_room.rate=400/s", "admission.waiting_room.poll_period=500ms",
      "payment.latency.p50=300ms", "payment.latency.p99=1s", "payment.timeout=800ms",
      "inventory.reservation_ttl=2s"}},
    {"hot-row", {R"(faults=[{"at":"2s","duration":"500ms","of":"inventory"}])"}},
    {"live-show",
     {"traffic.shows.reveals[0].at=1s", "traffic.shows.reveals[1].at=3s",
      "traffic.shows.reveals[0].click_through=0.05%",
      "traffic.shows.reveals[1].click_through=0.05%",
      "traffic.shows.reveals[0].reaction_mean=500ms",
      "traffic.shows.reveals[1].reaction_mean=500ms", "catalogue.hot.stock=1500"}},
    {"logistics-policies", {"traffic.scale=200", "catalogue.stock=4", "catalogue.hot.stock=40"}},
    {"retry-storm", {R"(faults=[{"at":"1s","duration":"2s","of":"payment"}])"}},
    {"retry-storm-budget", {R"(faults=[{"at":"1s","duration":"2s","of":"payment"}])"}}};

void check_laws(const Scenario& scenario, const measure::RunRecord& record) {
  const Audit result = audit(scenario, record);
  for (const Law& law : result.laws) {
    INFO(law.name << ": " << law.measured << ", " << law.offender);
    CHECK(law.violations == 0);
  }
  CHECK(result.laws.size() >= 7);
  CHECK(result.violations == 0);
  CHECK(record.still_in_flight == 0);
  CHECK(record.books.arrivals().count > 1000);
  CHECK(record.books.outcomes(Outcome::dispatched).count > 0);
}

Scenario to_run(const std::string& name, const std::string& strategy, const std::string& placement,
                std::uint32_t workers) {
  const auto sooner = kSooner.find(name);
  std::vector<std::string> overrides;
  if (sooner != kSooner.end()) overrides = sooner->second;
  overrides.push_back("run.pace=max");
  overrides.push_back("inventory.strategy=" + strategy);
  overrides.push_back("run.placement=" + placement);
  overrides.push_back("run.workers=" + std::to_string(workers));
  return first_part(shipped(name, overrides), kUntil, kOrders);
}

void check_live(const std::string& strategy) {
  for (const std::string& name : shipped_names()) {
    for (const std::string placement : {"sharded", "staged"}) {
      for (const std::uint32_t workers : {1U, 2U, 4U}) {
        INFO(name << ", " << workers << " workers, " << placement << ", " << strategy);
        const Scenario scenario = to_run(name, strategy, placement, workers);
        const measure::RunRecord record = live::run(scenario);
        CHECK(record.workers == workers);
        check_laws(scenario, record);
      }
    }
  }
}

}  // namespace

// A case for each, so that one is short enough for builds that check every access to memory.
TEST_CASE("shipped scenarios, live: all laws hold with owner_shard") {
  check_live("owner_shard");
}

TEST_CASE("shipped scenarios, live: all laws hold with escrow") {
  check_live("escrow");
}

TEST_CASE("shipped scenarios, live: all laws hold with shared_atomic") {
  check_live("shared_atomic");
}

TEST_CASE("shipped scenarios, live: all laws hold with mutex") {
  check_live("mutex");
}

TEST_CASE("shipped scenarios, live: no safe strategy is left out") {
  CHECK(kSafeStrategies ==
        std::vector<std::string>{"owner_shard", "escrow", "shared_atomic", "mutex"});
  for (const auto& [name, overrides] : kSooner) {
    INFO(name);
    CHECK_NOTHROW(shipped(name, overrides));
  }
}

// Whole sales, thinned; those with published points are simulated with more orders elsewhere.
TEST_CASE("shipped scenarios in virtual time: all laws hold") {
  for (const std::string& name : shipped_names()) {
    INFO(name);
    const Scenario scenario = first_part(shipped(name), std::chrono::hours(24), 100'000);
    virtual_time::SimulateOptions options;
    options.workers = 2;
    check_laws(scenario, virtual_time::simulate(scenario, options));
  }
}

}  // namespace double11::report
