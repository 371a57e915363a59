// What is said about logistics over days: text, JSON, metrics, and the law of the warehouses.
#include <double11/report/metrics.hpp>
#include <double11/report/result.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using nlohmann::json;
using scenario::small_scenario;

std::vector<std::string> over_days() {
  return {R"(traffic.regions=[{"name":"east","share":0.5},{"name":"central","share":0.3},)"
          R"({"name":"west","share":0.2,"overseas":"yes"}])",
          R"(logistics.shifts=[{"people":1000,"from":"8h","to":"20h"}])",
          R"(logistics.carriers=[{"name":"post","cut_off":"18h","parcels_per_day":1000}])",
          "logistics.stock.policy=uniform",
          "logistics.anticipatory.share=0.2",
          "logistics.cost_near=4 yuan",
          "logistics.cost_far=9 yuan"};
}

double metric(const std::string& name, const scenario::Scenario& scenario,
              const measure::RunRecord& record) {
  return value_of(*scenario::find_metric(name), scenario, record, audit(scenario, record));
}

TEST_CASE("logistics report: over days it says promises, cost, carriers and days") {
  const auto scenario = small_scenario(over_days());
  const measure::RunRecord record = finished(scenario);
  const std::string report = text(conclude(scenario, record), "double11 run small", false);
  INFO(report);
  for (const std::string part :
       {"domestic: ", "overseas: ", "the first parcel", "  cost ", "sent ahead",
        "post: ", "handed over", "backlog", "lay at the last mile"}) {
    INFO(part);
    CHECK(contains(report, part));
  }
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
}

TEST_CASE("logistics report: days beyond the last that is counted, and ETAs beyond a century") {
  const auto page_of = [](const std::vector<std::string>& settings) {
    const auto sale = scenario::small_scenario(settings);
    const measure::RunRecord record = finished(sale);
    return text(conclude(sale, record), "double11 run small", false);
  };
  // One parcel a day: of 2,000 some 985 from day 15 to day 999.
  const std::string few = page_of({R"(logistics.carriers=[{"name":"post","parcels_per_day":1}])"});
  INFO(few);
  CHECK(few.find("\n  15-999                   0             985 ") != std::string::npos);
  CHECK(few.find("\n  later ") != std::string::npos);
  CHECK(few.find("beyond 100 years") == std::string::npos);
  // Some 5,000 parcels for each warehouse, and 12 days for each parcel.
  const std::string slow = page_of({"duration=5s", "logistics.warehouses[0].capacity=1e-6/s",
                                    "logistics.warehouses[1].capacity=1e-6/s"});
  CHECK(slow.find("none is planned beyond 100 years") != std::string::npos);
}

TEST_CASE("logistics report: plain logistics says what it always said") {
  const auto scenario = small_scenario();
  const measure::RunRecord record = finished(scenario);
  const std::string report = text(conclude(scenario, record), "double11 run small", false);
  CHECK(contains(report, "Logistics: east-1 "));
  CHECK_FALSE(contains(report, "domestic"));
  CHECK_FALSE(contains(report, "handed over"));
}

TEST_CASE("logistics report: JSON and metrics agree, and parcels add up") {
  const auto scenario = small_scenario(over_days());
  const measure::RunRecord record = finished(scenario);
  const json logistics = json::parse(report::json(conclude(scenario, record)))["logistics"];
  const std::int64_t parcels = record.parcels.parcels;
  REQUIRE(parcels > 1000);
  CHECK(logistics["domestic"]["parcels"].get<std::int64_t>() +
            logistics["overseas"]["parcels"].get<std::int64_t>() ==
        parcels);
  for (const std::string column : {"paid", "handed_over", "delivered"}) {
    std::int64_t sum = 0;
    for (const json& day : logistics["by_day"][column]) sum += day.get<std::int64_t>();
    INFO(column);
    CHECK(sum == parcels);
  }
  CHECK(logistics["by_day"]["backlog"].back() == 0);
  std::int64_t most = 0;
  for (const json& day : logistics["by_day"]["backlog"])
    most = std::max(most, day.get<std::int64_t>());
  CHECK(most > 0);
  CHECK(metric("backlog.most", scenario, record) == static_cast<double>(most));
  CHECK(metric("logistics.cost", scenario, record) ==
        Approx(logistics["cost_fen"]["all"].get<double>() / 100));
  CHECK(metric("promise.overseas.share", scenario, record) ==
        Approx(logistics["overseas"]["kept"].get<double>() /
               logistics["overseas"]["parcels"].get<double>()));
  CHECK(metric("first_parcel.domestic", scenario, record) ==
        logistics["domestic"]["first_parcel_ns"].get<double>());
  CHECK(logistics["carriers"][0]["parcels"].get<std::int64_t>() +
            logistics["ahead_parcels"].get<std::int64_t>() ==
        parcels);
}

TEST_CASE("logistics metrics: nothing is promised where nothing is sold") {
  auto settings = over_days();
  settings.emplace_back("traffic.curve[0].rate=0/s");
  const auto scenario = small_scenario(settings);
  const measure::RunRecord record = finished(scenario);
  for (const std::string name :
       {"promise.domestic.share", "promise.overseas.share", "first_parcel.domestic",
        "first_parcel.overseas", "backlog.most"}) {
    INFO(name);
    CHECK(metric(name, scenario, record) == 0);
  }
  CHECK(metric("audit.violations", scenario, record) == 0);
}

// The law on its own: a unit that is in no book, one that was never there, one from nowhere.
TEST_CASE("audit: stock by warehouse is what inventory has not sold, to the unit") {
  const auto scenario = small_scenario(over_days());
  const measure::RunRecord clean = finished(scenario);
  REQUIRE(audit(scenario, clean).violations == 0);
  const auto broken = [&](auto change) {
    measure::RunRecord record = clean;
    change(record.fulfilment);
    return audit(scenario, record);
  };
  const Audit lost = broken([](auto& counts) { --counts.units_left[7]; });
  CHECK(lost.violations == 1);
  CHECK(std::any_of(lost.laws.begin(), lost.laws.end(),
                    [](const Law& law) { return contains(law.offender, "SKU 7: "); }));
  CHECK(broken([](auto& counts) { ++counts.units_left[0]; }).violations == 1);
  CHECK(broken([](auto& counts) { counts.units_left.clear(); }).violations == 1);
  CHECK(broken([](auto& counts) { counts.missing_units = 1; }).violations == 1);
}

}  // namespace
}  // namespace double11::report
