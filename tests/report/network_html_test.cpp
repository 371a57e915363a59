// The report of a network as a page, and saved results of networks.
#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/saved.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/network_thinned.hpp"
#include "report/thinned.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

std::string result_of(std::size_t replications) {
  auto loaded = scenario::parse(
      R"({"name": "n", "title": "</script><b>", "duration": "3000s",
          "traffic": {"curve": [{"at": "0s", "rate": "4/s"}]},
          "network": {"stations": [{"name": "a", "servers": 3,
            "service": {"distribution": "exponential", "mean": "500ms"}}, {"name": "b"}]}})",
      "n");
  REQUIRE(loaded.scenario.has_value());
  NetworkResult result(replications);
  for (std::size_t i = 0; i < replications; ++i) {
    result.add(i, virtual_time::simulate_network(*loaded.scenario, i));
  }
  return result.json(*loaded.scenario, "double11 again");
}

std::int64_t count_of(const Json& histogram) {
  std::int64_t count = 0;
  for (const Json& cell : histogram.at("cells")) count += cell.at(1).get<std::int64_t>();
  return count;
}

TEST_CASE("html: a network is a page as well") {
  const std::string page = html(result_of(2));
  CHECK(page.find("<!DOCTYPE html>") == 0);
  CHECK(page.find("double11.network") != std::string::npos);
  CHECK(page.find("</script><b>") == std::string::npos);
  CHECK(page.find("\"double11 again\"") != std::string::npos);
}

TEST_CASE("html: a network's result is thinned, and no job is lost by it") {
  const Json whole = Json::parse(result_of(2));
  Json thin = whole;
  thin_network(thin);
  REQUIRE(thin.at("replications").size() == 1);
  const Json& before = whole.at("replications")[0];
  const Json& after = thin.at("replications")[0];
  CHECK_FALSE(after.at("stations")[0].contains("fingerprints"));
  const std::size_t rows = before.at("stations")[0].at("present_series").size();
  REQUIRE(rows > kRowsMost);
  CHECK(after.at("stations")[0].at("present_series").size() == rows / 2);
  CHECK(after.at("series_interval_ns").get<std::int64_t>() ==
        2 * before.at("series_interval_ns").get<std::int64_t>());
  const Json& sojourn = thin.at("pooled").at("stations")[0].at("sojourn");
  CHECK(sojourn.at("cells").size() <= 400);
  CHECK(count_of(sojourn) == sojourn.at("count"));
  CHECK(thin.at("estimates") == whole.at("estimates"));
  // Who did not wait is not among those who waited for a moment.
  const char* const wait = "wait_served";
  CHECK(thin.at("pooled").at("stations")[0].at(wait).at("cells")[0] ==
        whole.at("pooled").at("stations")[0].at(wait).at("cells")[0]);
}

TEST_CASE("html: of a network the first replication is shown that was not stopped") {
  Json result = Json::parse(result_of(3));
  const Json second = result.at("replications")[1];
  result.at("replications")[0] = {{"stopped", true}, {"flow", Json::object()}};
  thin_network(result);
  REQUIRE(result.at("replications").size() == 1);
  CHECK(result.at("replications")[0].at("fingerprint") == second.at("fingerprint"));

  Json none = Json::parse(result_of(1));
  none.at("replications")[0] = {{"stopped", true}, {"flow", Json::object()}};
  for (const char* const member : {"figures", "estimates", "pooled"}) none[member] = nullptr;
  CHECK(html(none.dump()).find("<!DOCTYPE html>") == 0);
}

TEST_CASE("html: a network's result that lacks something is refused") {
  const Json whole = Json::parse(result_of(1));
  for (const char* const member :
       {"verdict", "laws", "estimates", "figures", "pooled", "replications", "scenario"}) {
    INFO(member);
    Json torn = whole;
    torn.erase(member);
    CHECK_THROWS_AS(html(torn.dump()), NoResult);
  }
}

TEST_CASE("saved: a result is of a sale or of a network, or none") {
  const std::string network = result_of(1);
  CHECK(kind_of(network) == Kind::network);
  CHECK(saved_text(network) == Json::parse(network).at("text").get<std::string>());
  for (const char* const text :
       {"", "[]", "{}", R"({"program":"double11"})", R"({"program":"double11","kind":"network"})",
        R"({"program":"double11","kind":"network","replications":[]})",
        R"({"program":"double11","funnel":{}})"}) {
    INFO(text);
    CHECK_THROWS_AS(kind_of(text), NoResult);
  }
}

}  // namespace
}  // namespace double11::report
