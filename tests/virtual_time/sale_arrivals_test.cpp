// A sale under every process of arrivals: the same orders for any number of workers, live and in
// virtual time, and the same instants as in a network.
#include <double11/live/run.hpp>
#include <double11/report/audit.hpp>
#include <double11/traffic/arrivals.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "arrival_extremes.hpp"
#include "catch.hpp"
#include "scenarios.hpp"
#include "virtual_time/network_model.hpp"

namespace double11::virtual_time {
namespace {

measure::RunRecord simulated(const scenario::Scenario& scenario, std::uint32_t workers) {
  SimulateOptions options;
  options.workers = workers;
  return simulate(scenario, options);
}

}  // namespace

TEST_CASE("simulate: every process of arrivals gives the same bytes for any number of workers") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.insert(overrides.end(),
                     {"traffic.curve[0].rate=60k/s", "duration=400ms", "payment.servers=1200",
                      "admission.in_flight_limit=1500", "admission.queue_limit=50"});
    const auto scenario = scenario::small_scenario(overrides);
    const measure::RunRecord one = simulated(scenario, 1);
    REQUIRE(one.books.arrivals().count > 1'000);
    for (const std::uint32_t workers : {2U, 3U}) {
      const measure::RunRecord many = simulated(scenario, workers);
      CHECK(many.fingerprints == one.fingerprints);
      CHECK(many.books.stream_print() == one.books.stream_print());
      CHECK(many.books.all_outcomes() == one.books.all_outcomes());
    }
  }
}

TEST_CASE("simulate: golden fingerprints of the other processes, on every compiler") {
  const std::vector<std::pair<std::vector<std::string>, std::uint64_t>> golden{
      {{"traffic.arrivals=erlang"}, 0xefe7a0f7ad19c72b},
      {{"traffic.arrivals=hyperexponential"}, 0xb3014b3e83ed32ce},
      {{"traffic.arrivals=mmpp", "traffic.mmpp.high_mean=20ms"}, 0x5e9f769b736f80df},
      {{"traffic.arrivals=mmpp", R"(traffic.wave={"amplitude":1,"period":"300ms"})"},
       0x255d9d568f7bf9aa}};
  for (const auto& [overrides, print] : golden) {
    CAPTURE(overrides);
    CHECK(simulated(scenario::small_scenario(overrides), 1).fingerprints.total() == print);
  }
}

TEST_CASE("run: every process of arrivals offers the orders that simulate offers") {
  for (const auto& process : kArrivalExtremes) {
    CAPTURE(process);
    std::vector<std::string> overrides = process;
    overrides.insert(overrides.end(), {"traffic.curve[0].rate=10k/s", "duration=200ms"});
    const measure::RunRecord exact = simulated(scenario::small_scenario(overrides), 1);
    for (const std::string placement : {"sharded", "staged"}) {
      for (const std::string workers : {"1", "2", "4"}) {
        CAPTURE(placement, workers);
        std::vector<std::string> here = overrides;
        here.insert(here.end(), {"run.placement=" + placement, "run.workers=" + workers});
        const auto scenario = scenario::small_scenario(here);
        const measure::RunRecord live = live::run(scenario);
        CHECK(live.books.arrivals() == exact.books.arrivals());
        CHECK(live.books.stream_print() == exact.books.stream_print());
        CHECK(live.books.all_outcomes() == exact.books.all_outcomes());
        for (const report::Law& law : report::audit(scenario, live).laws) {
          INFO(law.name << ": " << law.measured << ": " << law.offender);
          CHECK(law.violations == 0);
        }
      }
    }
  }
}

TEST_CASE("run: at pace real the orders of every process are the same, too") {
  for (const auto& process : kArrivalExtremes) {
    CAPTURE(process);
    std::vector<std::string> overrides = process;
    overrides.insert(overrides.end(),
                     {"traffic.curve[0].rate=5k/s", "duration=100ms", "run.workers=2"});
    const measure::RunRecord exact = simulated(scenario::small_scenario(overrides), 1);
    overrides.emplace_back("run.pace=real");
    CHECK(live::run(scenario::small_scenario(overrides)).books.stream_print() ==
          exact.books.stream_print());
  }
}

TEST_CASE("a network and a sale of the same seed and traffic have the same arrivals") {
  for (std::vector<std::string> overrides : kArrivalExtremes) {
    CAPTURE(overrides);
    overrides.emplace_back("traffic.curve[0].rate=9k/s");
    const auto sale = scenario::small_scenario(overrides);
    // A sale restarts Poisson gaps at every slice.
    if (sale.traffic.arrivals == scenario::Arrivals::poisson) continue;
    overrides.emplace_back(R"(network={"stations":[{"name":"desk"}]})");
    const auto network = scenario::small_scenario(overrides);
    const NetworkModel model(network);
    traffic::ArrivalTimes times(model.arrivals, static_cast<std::uint64_t>(sale.seed));
    const traffic::Arrivals arrivals(sale);
    traffic::ArrivalCursor cursor;
    std::vector<Order> orders;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      arrivals.make(slice, cursor, orders);
    }
    REQUIRE(orders.size() > 500);
    // Nanoseconds are cut off at different places.
    for (const Order& order : orders) {
      REQUIRE(std::abs(nanoseconds_of(order.planned) - times.next()) <= 2);
    }
    CHECK(times.next() == traffic::ArrivalTimes::kNone);
  }
}

}  // namespace double11::virtual_time
