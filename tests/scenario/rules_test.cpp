// Rules between keys, seen through the loader: what breaks one is refused with the path to mend,
// what just keeps it loads.
#include <double11/scenario/load.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Overrides = std::vector<std::string>;

void check_refused(const Overrides& overrides, const std::string& paths) {
  CAPTURE(overrides[0]);
  const Loaded loaded = parse(small_scenario_text(), "small", overrides);
  CHECK_FALSE(loaded.scenario.has_value());
  CHECK(paths_of(loaded.problems) == paths);
}

void check_loads(const Overrides& overrides) {
  CAPTURE(overrides[0]);
  CHECK(paths_of(problems_with(overrides)).empty());
}

}  // namespace

TEST_CASE("names are made of letters, digits and dashes") {
  check_loads({"name=double11-2017-minute"});
  check_loads({"name=X"});
  for (const std::string name : {"a b", "a/b", "../x", "a\"b", "n\xC3\xA4me", "a:b"}) {
    check_refused({"name=" + name}, "$.name");
  }
}

TEST_CASE("curve points rise in time from the start") {
  check_refused({"traffic.curve[0].at=1ns"}, "$.traffic.curve[0].at");
  check_refused({R"(traffic.curve=[{"at":"0s","rate":"1/s"},{"at":"2s","rate":"1/s"},)"
                 R"({"at":"2s","rate":"1/s"},{"at":"1s","rate":"1/s"}])"},
                "$.traffic.curve[2].at $.traffic.curve[3].at");
  check_loads({R"(traffic.curve=[{"at":"0s","rate":"1/s"},{"at":"1ns","rate":"0/s"}])"});
}

TEST_CASE("rate times scale has a limit") {
  check_loads({"traffic.curve[0].rate=1G/s"});
  check_loads({"traffic.curve[0].rate=1k/s", "traffic.scale=1000000"});
  check_refused({"traffic.curve[0].rate=1.001k/s", "traffic.scale=1000000"},
                "$.traffic.curve[0].rate");
}

TEST_CASE("priority needs segments that differ, an empirical latency needs values") {
  check_refused({"payment.discipline=priority"}, "$.payment.discipline");
  const std::string two = R"(traffic.segments=[{"name":"a","share":0.5},{"name":"b","share":0.5)";
  check_refused({"payment.discipline=priority", two + "}]"}, "$.payment.discipline");
  check_loads({"payment.discipline=priority", two + R"(,"priority":1}])"});
  check_loads({"payment.discipline=dearest"});
  const std::string empirical = R"(payment.latency={"distribution":"empirical"})";
  check_refused({empirical}, "$.payment.latency.distribution");
  check_refused({empirical, R"(payment.histogram=[{"value":"1ms","weight":0}])"},
                "$.payment.latency.distribution");
  check_loads({empirical, R"(payment.histogram=[{"value":"1ms"}])"});
}

TEST_CASE("segments have names of their own and shares of the whole") {
  check_refused({R"(traffic.segments=[{"name":"a","share":0.5},{"name":"a","share":0.5}])"},
                "$.traffic.segments[1].name");
  check_refused({R"(traffic.segments=[{"name":"a","share":0.5},{"name":"b","share":0.4}])"},
                "$.traffic.segments");
}

TEST_CASE("the rate of mmpp changes a bounded number of times") {
  const std::string mmpp = "traffic.arrivals=mmpp";
  const std::string high = "traffic.mmpp.high_mean=50us";
  check_loads({"duration=1000s", "traffic.mmpp.low_mean=150us", high, mmpp});
  check_refused({"duration=3000s", "traffic.mmpp.low_mean=150us", high, mmpp},
                "$.traffic.mmpp.high_mean");
}

TEST_CASE("the rate while mmpp is high has the same limit") {
  const std::string mmpp = "traffic.arrivals=mmpp";
  const std::string at = "$.traffic.mmpp.high_factor";
  check_loads({"traffic.curve[0].rate=250M/s", "traffic.mmpp.high_factor=4", mmpp});
  check_refused({"traffic.curve[0].rate=250M/s", "traffic.mmpp.high_factor=4.01",
                 "traffic.mmpp.low_mean=9s", mmpp},
                at);
  check_refused(
      {"traffic.curve[0].rate=250M/s", "traffic.mmpp.high_factor=4", "traffic.scale=1.01", mmpp},
      at);
  check_refused(
      {"traffic.curve[0].rate=250M/s", "traffic.mmpp.high_factor=4", "simulate.scale=2", mmpp}, at);
  check_refused({"traffic.curve[0].rate=250M/s", "traffic.mmpp.high_factor=4",
                 "traffic.wave.amplitude=0.1", mmpp},
                at);
  // What is wrong with the curve is said once.
  check_refused({"traffic.curve[0].rate=2k/s", "traffic.scale=1000000", mmpp},
                "$.traffic.curve[0].rate");
  check_refused({"traffic.mmpp.high_factor=4.01", mmpp}, at);
}

TEST_CASE("keys of a process of arrivals go with that process") {
  check_loads({"traffic.arrivals=erlang", "traffic.arrivals_shape=3"});
  check_loads({"traffic.arrivals=hyperexponential", "traffic.arrivals_scv=3"});
  for (const std::string arrivals : {"poisson", "constant", "erlang", "hyperexponential", "mmpp"}) {
    const std::string kind = "traffic.arrivals=" + arrivals;
    if (arrivals != "erlang") {
      check_refused({"traffic.arrivals_shape=3", kind}, "$.traffic.arrivals_shape");
    }
    if (arrivals != "hyperexponential") {
      check_refused({"traffic.arrivals_scv=3", kind}, "$.traffic.arrivals_scv");
    }
    if (arrivals != "mmpp") {
      check_refused({"traffic.mmpp.high_factor=1.5", kind}, "$.traffic.mmpp.high_factor");
      check_refused({"traffic.mmpp.high_mean=2s", kind}, "$.traffic.mmpp.high_mean");
      check_refused({"traffic.mmpp.low_mean=2s", kind}, "$.traffic.mmpp.low_mean");
    }
  }
}

TEST_CASE("shares of baskets and regions add up to one") {
  check_refused({"traffic.basket=[0.5, 0.4]"}, "$.traffic.basket");
  check_refused({"traffic.basket=[0.5, 0.6]"}, "$.traffic.basket");
  check_refused({"traffic.basket=[0]"}, "$.traffic.basket");
  check_loads({"traffic.basket=[0.7, 0.1, 0.1, 0.1]"});
  check_loads({"traffic.basket=[\"30%\", \"70%\"]"});
  check_loads({"traffic.basket=[0, 1]"});
  check_refused({"traffic.regions[0].share=0.6"}, "$.traffic.regions");
}

TEST_CASE("regions have names of their own") {
  check_refused({"traffic.regions[1].name=east"}, "$.traffic.regions[1].name");
}

TEST_CASE("prices are in order and fit an order") {
  check_refused({"catalogue.price_min=201 yuan"}, "$.catalogue.price_min");
  check_loads({"catalogue.price_min=200 yuan"});
  // An order of 100 units in each of its lines: at most 40 M yuan, so 100,000 yuan a unit just fit.
  check_loads({"catalogue.price_max=100000 yuan", "traffic.quantity_max=100",
               "traffic.basket=[0.25, 0.25, 0.25, 0.25]"});
}

TEST_CASE("the hot set fits the catalogue and its share fits the hot set") {
  check_refused({"catalogue.hot.skus=501"}, "$.catalogue.hot.skus");
  check_refused({"catalogue.hot.skus=0"}, "$.catalogue.hot.share");
  check_loads({"catalogue.hot.skus=0", "catalogue.hot.share=0"});
  check_refused({"catalogue.hot.skus=500"}, "$.catalogue.hot.share");
  check_loads({"catalogue.hot.skus=500", "catalogue.hot.share=1"});
}

TEST_CASE("the p99 of payments lies above their median") {
  check_refused({"payment.latency.p99=20ms"}, "$.payment.latency.p99");
  check_refused({"payment.latency.p99=19ms"}, "$.payment.latency.p99");
  check_loads({"payment.latency.p99=20000001ns"});
}

TEST_CASE("warehouses stand in regions that exist") {
  check_refused({"logistics.warehouses[1].region=north"}, "$.logistics.warehouses[1].region");
  const auto problems = problems_with({"logistics.warehouses[0].region=north"});
  REQUIRE(problems.size() == 1);
  CHECK(mentions(problems[0], "east, central, west"));
}

TEST_CASE("payment: what changes with time is in order, and breakdowns are countable") {
  check_loads({R"(payment.calendar=[{"at":"0s","servers":0},{"at":"1s","servers":5}])",
               R"(payment.slowdowns=[{"at":"1s","duration":"2s"},{"at":"3s","duration":"1s"}])",
               "payment.breakdown.up=10ms", "payment.breakdown.down=1ms"});
  check_refused({R"(payment.calendar=[{"at":"1s","servers":0},{"at":"1s","servers":5}])"},
                "$.payment.calendar[1].at");
  check_refused({R"(payment.slowdowns=[{"at":"1s","duration":"2s"},{"at":"2s","duration":"1s"}])"},
                "$.payment.slowdowns[1].at");
  check_refused({"payment.breakdown.up=10ms"}, "$.payment.breakdown");
  check_refused({"duration=1h", "payment.breakdown.up=1us", "payment.breakdown.down=1us"},
                "$.payment.breakdown.up");
  check_refused({R"(payment.patience={"distribution":"lognormal","p50":"2s","p99":"1s"})"},
                "$.payment.patience.p99");
}

TEST_CASE("faults are of something that exists") {
  const auto fault_of = [](const std::string& of) {
    return R"(faults=[{"at":"1s","duration":"2s","of":")" + of + R"("}])";
  };
  check_loads({fault_of("payment")});
  check_loads({fault_of("logistics")});
  check_loads({fault_of("logistics.west-1")});
  check_refused({fault_of("west-1")}, "$.faults[0].of");
  check_refused({fault_of("carrier")}, "$.faults[0].of");
  const auto problems = problems_with({fault_of("logistics.north")});
  REQUIRE(problems.size() == 1);
  CHECK(mentions(problems[0], "payment, "));
  CHECK(mentions(problems[0], "logistics.east-1, logistics.west-1"));
}

TEST_CASE("no simulation goes on beyond the duration, neither a sale nor a network") {
  const std::string network = R"(network={"stations":[{"name":"a"}]})";
  check_loads({"duration=2s", "simulate.until=2s"});
  check_loads({"duration=2s", "simulate.until=2s", network});
  check_refused({"duration=2s", "simulate.until=2001ms"}, "$.simulate.until");
  check_refused({"duration=2s", "simulate.until=5000s", network}, "$.simulate.until");
  const auto problems = problems_with({"duration=2s", "simulate.until=5000s"});
  REQUIRE(problems.size() == 1);
  CHECK(mentions(problems[0], "found 5000s; must not be after the scenario's duration (2s)"));
}

TEST_CASE("all broken rules are listed at once") {
  check_refused({"name=a b", "traffic.basket=[0.5]", "catalogue.hot.skus=501",
                 "payment.latency.p99=1ms", "logistics.warehouses[0].region=x"},
                "$.name $.traffic.basket $.catalogue.hot.skus $.payment.latency.p99 "
                "$.logistics.warehouses[0].region");
}

}  // namespace double11::scenario
