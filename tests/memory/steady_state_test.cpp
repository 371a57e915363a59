// In a steady state nothing is allocated, and a longer run needs no more memory.
#include <double11/live/pipeline.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "memory/counted.hpp"
#include "scenarios.hpp"

namespace double11::memory {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;

// Turns the workers, one after the other, until scenario time has come to `until`.
void drive_until(live::Pipeline& pipeline, std::uint32_t workers, Instant until) {
  for (std::int64_t turn = 0; pipeline.state().frontier() < until; ++turn) {
    REQUIRE(turn < live::kTurnLimit);
    for (std::uint32_t worker = 0; worker < workers; ++worker) pipeline.turn(worker);
  }
}

// What a simulation holds at most, beyond what was there before.
std::int64_t peak_of(const scenario::Scenario& scenario, std::uint32_t workers) {
  const std::int64_t before = bytes_held();
  restart_peak();
  const measure::RunRecord record = virtual_time::simulate(scenario, {workers, {}, nullptr});
  REQUIRE(record.books.all_outcomes() == record.books.arrivals());
  return bytes_held_most() - before;
}

}  // namespace

TEST_CASE("the counted heap counts") {
  const std::int64_t calls = allocations();
  const std::int64_t before = bytes_held();
  restart_peak();
  {
    const std::vector<std::uint64_t> some(1000);
    REQUIRE(some.size() == 1000);
    CHECK(allocations() == calls + 1);
    CHECK(bytes_held() - before >= 8000);
  }
  CHECK(bytes_held() == before);
  CHECK(bytes_held_most() - before >= 8000);
}

TEST_CASE("a pipeline that has warmed up allocates nothing") {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      INFO(placement << ", " << workers << " workers");
      const auto scenario =
          small_scenario({"duration=30s", "traffic.curve[0].rate=20k/s",
                          "run.placement=" + placement, "payment.decline_probability=10%"});
      live::Pipeline pipeline(scenario, {workers, nullptr, live::Canary::none});
      drive_until(pipeline, workers, Instant(10s));
      const std::int64_t warm = allocations();
      drive_until(pipeline, workers, Instant(25s));
      CHECK(allocations() == warm);
      REQUIRE(live::drive(pipeline, workers, 1));
      live::require_clean(scenario, pipeline.record());
    }
  }
}

TEST_CASE("a sale of ten times the length needs no more memory") {
  const auto lasting = [](const std::string& duration) {
    return small_scenario({"duration=" + duration, "traffic.curve[0].rate=20k/s",
                           "catalogue.stock=1M", "catalogue.hot.stock=10M"});
  };
  for (const std::uint32_t workers : {1U, 3U}) {
    const std::int64_t once = peak_of(lasting("5s"), workers);
    const std::int64_t tenfold = peak_of(lasting("50s"), workers);
    INFO(once << " bytes, " << tenfold << " bytes");
    // A row for each second is all that grows.
    CHECK(tenfold - once < once / 10);
  }
  const auto scenario = lasting("50s");
  live::Pipeline pipeline(scenario, {2, nullptr, live::Canary::none});
  drive_until(pipeline, 2, Instant(5s));
  const std::int64_t early = bytes_held();
  drive_until(pipeline, 2, Instant(49s));
  CHECK(bytes_held() - early <= early / 100);
  REQUIRE(live::drive(pipeline, 2, 1));
}

}  // namespace double11::memory
