// Rules between the keys of logistics, and what decides that logistics is plain.
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Overrides = std::vector<std::string>;

void check_refused(const Overrides& overrides, const std::string& paths) {
  CAPTURE(overrides[0]);
  CHECK(paths_of(problems_with(overrides)) == paths);
}

void check_loads(const Overrides& overrides) {
  CAPTURE(overrides[0]);
  CHECK(paths_of(problems_with(overrides)).empty());
}

}  // namespace

TEST_CASE("shifts are at warehouses that are there, take time, and somebody picks") {
  check_loads({R"(logistics.shifts=[{"people":1}])"});
  check_loads({R"(logistics.shifts=[{"warehouse":"west-1","robots":1,"from":"22h","to":"6h"}])"});
  check_refused({R"(logistics.shifts=[{"warehouse":"nowhere","people":1}])"},
                "$.logistics.shifts[0].warehouse");
  check_refused({R"(logistics.shifts=[{"people":1,"from":"8h","to":"8h"}])"},
                "$.logistics.shifts[0].to");
  check_refused({R"(logistics.shifts=[{"warehouse":"west-1"}])"}, "$.logistics.shifts");
  check_refused({R"(logistics.shifts=[{"people":1,"from":"24h","to":"0s"}])"},
                "$.logistics.shifts $.logistics.shifts");
  check_loads({R"(logistics.shifts=[{"people":1,"from":"24h","to":"1ns"}])"});
}

TEST_CASE("carriers have names of their own, serve regions, and close after they open") {
  check_loads({R"(logistics.carriers=[{"name":"a"},{"name":"b","region":"east","share":0}])"});
  check_refused({R"(logistics.carriers=[{"name":"a"},{"name":"a"}])"},
                "$.logistics.carriers[1].name");
  check_refused({R"(logistics.carriers=[{"name":"a"},{"name":"b","region":"moon"}])"},
                "$.logistics.carriers[1].region");
  check_refused({R"(logistics.carriers=[{"name":"a","opens":"8h","cut_off":"8h"}])"},
                "$.logistics.carriers[0].cut_off");
}

TEST_CASE("every region needs a carrier once there are any") {
  check_refused({R"(logistics.carriers=[{"name":"a","region":"east"}])"},
                "$.logistics.carriers $.logistics.carriers");
  check_refused({R"(logistics.carriers=[{"name":"a","share":0}])"},
                "$.logistics.carriers $.logistics.carriers $.logistics.carriers");
}

TEST_CASE("stock by warehouse and region has a limit of memory") {
  check_loads({"catalogue.skus=2M", "logistics.stock.policy=uniform"});
  check_loads({"catalogue.skus=40M"});
  check_loads({"catalogue.skus=50M", "logistics.stock.policy=uniform"});
  check_refused(
      {"catalogue.skus=50M", "logistics.stock.policy=uniform", "logistics.anticipatory.share=0.1",
       R"(logistics.warehouses=[)"
       R"({"name":"a","region":"east","capacity":"1/s"},)"
       R"({"name":"b","region":"east","capacity":"1/s"},)"
       R"({"name":"c","region":"east","capacity":"1/s"}])"},
      "$.catalogue.skus");
}

TEST_CASE("speed is none at all or that of a walk") {
  check_loads({"logistics.speed_km_per_h=0"});
  check_loads({"logistics.speed_km_per_h=1"});
  check_refused({"logistics.speed_km_per_h=0.5"}, "$.logistics.speed_km_per_h");
}

TEST_CASE("last_mile without anything there has no effect") {
  check_refused({"logistics.anticipatory.last_mile=5min"}, "$.logistics.anticipatory.last_mile");
  check_loads({"logistics.anticipatory.last_mile=5min", "logistics.anticipatory.share=10%"});
}

TEST_CASE("logistics is plain as long as warehouses have a place and a capacity only") {
  const auto plain = [](const Overrides& overrides) {
    return is_plain_logistics(small_scenario(overrides));
  };
  CHECK(plain({}));
  CHECK(plain({"logistics.departure_period=1h", "logistics.promise.domestic=1h"}));
  CHECK(plain({R"(traffic.regions=[{"name":"east","share":0.5},)"
               R"({"name":"west","share":0.5,"overseas":"yes"}])"}));
  CHECK_FALSE(plain({"logistics.stock.policy=central"}));
  CHECK_FALSE(plain({"logistics.anticipatory.share=0.1"}));
  CHECK_FALSE(plain({"logistics.cost_near=1 fen"}));
  CHECK_FALSE(plain({"logistics.speed_km_per_h=60"}));
  CHECK_FALSE(plain({R"(logistics.carriers=[{"name":"a"}])"}));
  CHECK_FALSE(plain({R"(logistics.shifts=[{"people":1}])"}));
}

TEST_CASE("a scenario with all of logistics is the same when it is written and read again") {
  const Scenario scenario = small_scenario(
      {R"(traffic.regions=[{"name":"east","share":0.5,"x_km":-10.5,"y_km":3},)"
       R"({"name":"west","share":0.5,"overseas":"yes"}])",
       R"(logistics.shifts=[{"warehouse":"east-1","from":"22h","to":"6h","people":7,)"
       R"("person_rate":"97/h","person_hour":"31 yuan","robots":2,"robot_rate":"300/h"}])",
       R"(logistics.carriers=[{"name":"a","opens":"6h","cut_off":"18h","parcels_per_day":"2k"}])",
       "logistics.stock.policy=forecast", "logistics.stock.forecast_error=0.4",
       "logistics.anticipatory.share=20%", "logistics.speed_km_per_h=60"});
  const Loaded again = parse(to_json(scenario), "again");
  for (const Problem& problem : again.problems) UNSCOPED_INFO(text_of(problem));
  REQUIRE(again.scenario.has_value());
  CHECK(to_json(*again.scenario) == to_json(scenario));
  CHECK(again.scenario->traffic.regions[1].overseas);
  CHECK_FALSE(again.scenario->traffic.regions[0].overseas);
  CHECK(again.scenario->traffic.regions[0].x_km == -10.5);
}

TEST_CASE("crews and carriers grow with the sale") {
  Scenario scenario =
      small_scenario({R"(logistics.shifts=[{"people":10,"robots":20}])",
                      R"(logistics.carriers=[{"name":"a","parcels_per_day":1000},{"name":"b"}])"});
  scenario.simulate.scale = 0.5;
  scenario = scaled(scenario);
  CHECK(scenario.logistics.shifts[0].people.posts == 5);
  CHECK(scenario.logistics.shifts[0].robots.posts == 10);
  CHECK(scenario.logistics.carriers[0].parcels_per_day == 500);
  CHECK(scenario.logistics.carriers[1].parcels_per_day == 0);
}

}  // namespace double11::scenario
