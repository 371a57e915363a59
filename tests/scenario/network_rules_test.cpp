// Rules of networks: what has no meaning is refused, with the place and the reason.
#include <double11/scenario/load.hpp>

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace double11::scenario {
namespace {

Loaded with(const std::vector<std::string>& overrides) {
  return parse(R"({"name": "n", "traffic": {"curve": [{"at": "0s", "rate": "1/s"}]},
                   "network": {"stations": [{"name": "desk"}, {"name": "dock"}]}})",
               "n", overrides);
}

}  // namespace

TEST_CASE("a network with defaults loads, and survives being written and read") {
  const Loaded loaded =
      with({R"(network.stations[0].service={"distribution":"weibull","mean":"1s"})"});
  REQUIRE(loaded.scenario.has_value());
  CHECK(is_network(*loaded.scenario));
  const Loaded again = parse(to_json(*loaded.scenario), "again");
  REQUIRE(again.scenario.has_value());
  CHECK(digest_of(*again.scenario) == digest_of(*loaded.scenario));
}

TEST_CASE("thresholds of networks are about the whole, or a station by name or position") {
  CHECK(with({R"(thresholds=["sojourn.p99 < 1s", "stations[dock].wait.mean < 1s",
                             "stations[0].busy.share <= 90%"])"})
            .scenario.has_value());
  // Those of sales are left from the sale that was made into a network; a sale has no sojourn.
  CHECK(with({R"(thresholds=["paid.count > 1"])"}).scenario.has_value());
  CHECK_FALSE(with({"network.stations=[]", R"(thresholds=["sojourn.p99 < 1s"])"}).scenario);
}

TEST_CASE("networks that make no sense are refused where they do not") {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {R"(network.stations[1].name="desk")", "$.network.stations[1].name"},
      {R"(network.routes=[{"from":"desk","to":"nowhere"}])", "$.network.routes[0].to"},
      {R"(network.routes=[{"from":"desk","to":"out","share":0.6},{"from":"desk","to":"dock","share":0.6}])",
       "$.network.routes[1].share"},
      {R"(network.stations[0].tokens={"rate":"1/s"})", "$.network.stations[0].tokens"},
      {R"(network.stations[0].breakdown={"up":"1s"})", "$.network.stations[0].breakdown"},
      {R"(network.stations[0]={"name":"desk","batch_most":2,"discipline":"sharing"})",
       "$.network.stations[0].batch_most"},
      {R"(network.stations[0]={"name":"desk","branches":2,"queue_limit":1})",
       "$.network.stations[0].branches"},
      {R"(network.stations[0].service={"distribution":"pareto","mean":"1s","shape":1})",
       "$.network.stations[0].service.shape"},
      {R"(network.stations[0].service={"distribution":"empirical"})",
       "$.network.stations[0].service.distribution"},
      {R"(network.stations[0].service={"p50":"1s"})", "$.network.stations[0].service.p50"},
      {R"(network.classes=[{"name":"a","share":0.5}])", "$.network.classes"},
      {R"(thresholds=["sojourn.p99 < 1s", "stations[till].wait.p99 < 1s"])", "$.thresholds[1]"},
      {R"(thresholds=["stations[2].wait.p99 < 1s"])", "$.thresholds[0]"},
      {R"(simulate.warm_up="60s")", "$.simulate.warm_up"}};
  for (const auto& [override, path] : wrong) {
    CAPTURE(override);
    const Loaded loaded = with({override});
    REQUIRE(loaded.problems.size() == 1);
    CHECK(loaded.problems[0].path == path);
  }
}

TEST_CASE("a circle of stations that take no time would stop the clock") {
  const std::string none = R"("service": {"distribution": "constant", "mean": "0s"})";
  const std::string routes = R"(network.routes=[{"from":"desk","to":"desk","share":0.5}])";
  const Loaded loaded = with({R"(network.stations=[{"name":"desk",)" + none + "}]", routes});
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].path == "$.network.routes");
}

TEST_CASE("the slices of a sale have room for a high rate up to a limit, a network has no slices") {
  const std::vector<std::string> mmpp{"traffic.arrivals=mmpp", "traffic.curve[0].rate=400M/s",
                                      "traffic.mmpp.high_factor=3"};
  CHECK(with(mmpp).scenario.has_value());
  std::vector<std::string> sale = mmpp;
  sale.emplace_back("network.stations=[]");
  const Loaded loaded = with(sale);
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].path == "$.traffic.mmpp.high_factor");
  CHECK(loaded.problems[0].message ==
        "found 3; the curve rises to 400M/s, so it may be at most 2.5: a sale takes a rate up to "
        "1G/s");
}

}  // namespace double11::scenario
