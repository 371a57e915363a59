// A missed promise to buyers is logistics' to mend, by what held most parcels up.
#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;
using scenario::small_scenario;
using Settings = std::vector<std::string>;

struct Kept {
  Verdict verdict;
  Bottleneck blame;
  std::int64_t kept;
};

Kept kept_of(const Settings& settings) {
  const Scenario sale = small_scenario(settings);
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const Result result = conclude(sale, record);
  return {result.verdict, result.bottleneck, record.delivery.domestic().kept};
}

void check_lever(Settings settings, const std::string& lever) {
  settings.insert(settings.begin(), R"(thresholds=["promise.domestic.share > 99%"])");
  const Kept before = kept_of(settings);
  INFO(before.blame.reason << " | " << before.blame.setting);
  REQUIRE(before.verdict.status == Status::missed);
  CHECK(before.blame.blamed == "logistics");
  REQUIRE(contains(before.blame.setting, lever));
  settings.push_back(before.blame.setting);
  CHECK(kept_of(settings).kept > before.kept);
}

TEST_CASE("parcels: a warehouse that picks too slowly") {
  check_lever(
      {"logistics.warehouses[0].capacity=100/s", "logistics.warehouses[1].capacity=1/s",
       "logistics.transit_near=1s", "logistics.transit_far=1s", "logistics.promise.domestic=5s"},
      "logistics.warehouses[0].capacity=");
}

TEST_CASE("parcels: too few hands in a shift") {
  check_lever({R"(logistics.shifts=[{"people":50}])", "logistics.transit_near=1s",
               "logistics.transit_far=1s", "logistics.promise.domestic=5min"},
              "logistics.shifts[0].people=");
  check_lever({R"(logistics.shifts=[{"people":0,"robots":20}])", "logistics.transit_near=1s",
               "logistics.transit_far=1s", "logistics.promise.domestic=5min"},
              "logistics.shifts[0].robots=");
}

TEST_CASE("parcels: a carrier that is full, or has gone for the day") {
  const std::string near = "logistics.transit_near=1h";
  const std::string far = "logistics.transit_far=1h";
  check_lever({near, far, R"(logistics.carriers=[{"name":"post","parcels_per_day":300}])"},
              "logistics.carriers[0].parcels_per_day=");
  check_lever({near, far, "logistics.promise.domestic=2h", "logistics.starts_at=1350min",
               R"(logistics.carriers=[{"name":"post","cut_off":"22h"}])"},
              "logistics.carriers[0].cut_off=");
}

TEST_CASE("parcels: stock in the wrong place, and a long way") {
  check_lever({"logistics.stock.policy=central", "logistics.promise.domestic=25h"},
              "logistics.stock.policy=forecast");
  check_lever({"logistics.promise.domestic=25h", "logistics.transit_far=40h"},
              "logistics.transit_far=20h");
}

}  // namespace
}  // namespace double11::report
