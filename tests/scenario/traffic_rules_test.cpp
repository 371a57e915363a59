// Rules of live shows, bots, segments and replays, seen through the loader.
#include <double11/scenario/load.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Overrides = std::vector<std::string>;

std::string complaints(const Overrides& overrides) {
  return paths_of(problems_with(overrides));
}

const std::string kViewers = R"(traffic.shows.viewers=[{"at":"1s","viewers":"1M"}])";

std::string reveal(const std::string& more) {
  return R"(traffic.shows.reveals=[{"at":"2s","sku":499,"click_through":"1%")" + more + "}]";
}

}  // namespace

TEST_CASE("a reveal is of a show with viewers and of a SKU that there is") {
  CHECK(complaints({kViewers, reveal("")}).empty());
  CHECK(complaints({reveal("")}) == "$.traffic.shows.reveals[0].show");
  CHECK(complaints({kViewers, reveal(R"(,"show":"another")")}) ==
        "$.traffic.shows.reveals[0].show");
  CHECK(complaints({kViewers, reveal(""), "catalogue.skus=499"}) ==
        "$.traffic.shows.reveals[0].sku");
}

TEST_CASE("viewers of a show rise in time, those of two shows need not") {
  const auto viewers = [](const std::string& second) {
    return R"(traffic.shows.viewers=[{"at":"2s","viewers":1},{"at":"1s","viewers":1)" + second +
           "}]";
  };
  CHECK(complaints({viewers("")}) == "$.traffic.shows.viewers[1].at");
  CHECK(complaints({viewers(R"(,"show":"b")")}).empty());
  CHECK(
      complaints({R"(traffic.shows.viewers=[{"at":"1s","viewers":1},{"at":"1s","viewers":1}])"}) ==
      "$.traffic.shows.viewers[1].at");
}

TEST_CASE("shows come with Poisson arrivals, and their rate has the limit of the curve") {
  for (const std::string process : {"constant", "erlang", "hyperexponential", "mmpp"}) {
    CHECK(complaints({kViewers, reveal(""), "traffic.arrivals=" + process}) ==
          "$.traffic.shows.reveals");
  }
  // 10k orders within a mean of 1 ms are 10M/s.
  const std::string quick = reveal(R"(,"reaction_mean":"1ms")");
  CHECK(complaints({kViewers, quick, "traffic.scale=99"}).empty());
  CHECK(complaints({kViewers, quick, "traffic.scale=101"}) == "$.traffic.shows.reveals");
  CHECK(complaints({kViewers, quick, "simulate.scale=101"}) == "$.traffic.shows.reveals");
  CHECK(complaints({kViewers, quick, "traffic.scale=99", "traffic.curve[0].rate=10M/s"}) ==
        "$.traffic.shows.reveals");
}

TEST_CASE("bots are fewer than buyers and aim at SKUs that there are") {
  CHECK(complaints({"traffic.bots.share=0.1"}).empty());
  CHECK(complaints({"traffic.bots.share=0.1", "traffic.buyers=1000"}) == "$.traffic.bots.count");
  CHECK(complaints({"traffic.bots.share=0", "traffic.buyers=1000"}).empty());
  CHECK(complaints({"traffic.bots.share=0.1", "traffic.bots.aim=501"}) == "$.traffic.bots.aim");
  CHECK(complaints({"traffic.bots.count=10"}) == "$.traffic.bots.count");
}

TEST_CASE("a segment's basket adds up to 1 or is none, its reach buys the cheapest SKU") {
  const auto segment = [](const std::string& more) {
    return R"(traffic.segments=[{"name":"all","share":1,)" + more + "}]";
  };
  CHECK(complaints({segment(R"("basket":{"one":0.5,"three":0.5})")}).empty());
  CHECK(complaints({segment(R"("basket":{"one":0})")}).empty());
  CHECK(complaints({segment(R"("basket":{"one":0.5})")}) == "$.traffic.segments[0].basket");
  CHECK(complaints({segment(R"("price_reach":"10 yuan")")}).empty());
  CHECK(complaints({segment(R"("price_reach":"9.99 yuan")")}) ==
        "$.traffic.segments[0].price_reach");
}

TEST_CASE("a replay is neither thinned nor multiplied") {
  CHECK(complaints({"traffic.replay=none.csv", "traffic.scale=2"}) == "$.traffic.scale");
  CHECK(complaints({"traffic.replay=none.csv", "simulate.scale=0.5"}) == "$.simulate.scale");
}

}  // namespace double11::scenario
