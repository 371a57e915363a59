#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::report {

TEST_CASE("the report says what the door did, in text and JSON alike") {
  const auto scenario = scenario::small_scenario(
      {"traffic.double_clicks.share=50%", "traffic.buyers=200",
       "admission.buyer_rate.clicks_most=4", "admission.waiting_room.rate=1500/s",
       "admission.waiting_room.poll_period=1ms"});
  const measure::RunRecord record = virtual_time::simulate(scenario, {});
  const Result result = conclude(scenario, record);
  const std::string report = text(result, "double11 simulate small", false);
  const auto door = nlohmann::json::parse(json(result)).at("door");
  REQUIRE(door.at("duplicates").get<std::int64_t>() > 500);
  REQUIRE(door.at("over_buyer_rate").get<std::int64_t>() > 500);
  REQUIRE(door.at("polls").get<std::int64_t>() > 0);
  CHECK(door.at("duplicates").get<std::int64_t>() ==
        result.record.books.outcomes(Outcome::duplicate).count);
  CHECK(report.find("\nDoor: second clicks known ") != std::string::npos);
  CHECK(report.find("too many clicks of a buyer ") != std::string::npos);
  CHECK(report.find(" in the waiting room, whose pages asked ") != std::string::npos);
}

TEST_CASE("a report without a door does not speak of one") {
  const auto scenario = scenario::small_scenario();
  const measure::RunRecord record = virtual_time::simulate(scenario, {});
  const Result result = conclude(scenario, record);
  CHECK(text(result, "double11 simulate small", false).find("Door:") == std::string::npos);
  CHECK(nlohmann::json::parse(json(result)).at("door").empty());
}

TEST_CASE("a report says when an overload control had nothing to do") {
  // 2,000 orders in a second; payment does 1,000.
  const auto says_so = [](const std::string& control, const std::string& credits) {
    const auto sale = scenario::small_scenario(
        {"admission.control=" + control, "admission.in_flight_limit=" + credits,
         "traffic.retry.timeout=200ms", "payment.servers=10",
         R"(payment.latency={"distribution":"constant","mean":"10ms"})"});
    const measure::RunRecord record = virtual_time::simulate(sale, {});
    const Result result = conclude(sale, record);
    return text(result, "double11 simulate small", false)
               .find("admission.control had no effect: ") != std::string::npos;
  };
  for (const char* const control : {"drop_expired", "lifo", "codel", "adaptive_lifo"}) {
    INFO(control);
    CHECK(says_so(control, "1M"));
    CHECK_FALSE(says_so(control, "20"));
  }
  for (const char* const control : {"vegas", "gradient2"}) {
    INFO(control);
    CHECK(says_so(control, "4"));
    CHECK_FALSE(says_so(control, "1M"));
  }
  CHECK_FALSE(says_so("none", "1M"));
}

}  // namespace double11::report
