// Rules of several payment channels, reasons and breakers.
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Overrides = std::vector<std::string>;

const std::string kNoStation = "payment={}";
const std::string kTwo =
    R"(payment.channels=[{"name":"a","share":0.5},{"name":"b","share":0.5,"breaker":"on"}])";

void check_refused(const Overrides& overrides, const std::string& paths) {
  CAPTURE(overrides.back());
  const Loaded loaded = parse(small_scenario_text(), "small", overrides);
  CHECK_FALSE(loaded.scenario.has_value());
  CHECK(paths_of(loaded.problems) == paths);
}

void check_loads(const Overrides& overrides) {
  CAPTURE(overrides.back());
  CHECK(paths_of(problems_with(overrides)).empty());
}

TEST_CASE("channels have names of their own and shares that add up to 1") {
  check_loads({kNoStation, kTwo});
  check_refused({kNoStation, R"(payment.channels=[{"name":"a","share":0.5}])"},
                "$.payment.channels");
  check_refused(
      {kNoStation, R"(payment.channels=[{"name":"a","share":0.5},{"name":"a","share":0.5}])"},
      "$.payment.channels[1].name");
  check_refused({kNoStation, R"(payment.channels=[{"name":"a","share":1,)"
                             R"("latency":{"distribution":"uniform","least":"2s","most":"1s"}}])"},
                "$.payment.channels[0].latency.least");
}

TEST_CASE("what describes a single channel has no effect beside a list of them") {
  check_refused({kTwo},
                "$.payment.servers $.payment.latency.distribution $.payment.latency.p50 "
                "$.payment.latency.p99 $.payment.decline_probability");
  check_refused({kNoStation, kTwo, "payment.queue_limit=3"}, "$.payment.queue_limit");
  check_refused({kNoStation, kTwo, R"(payment.calendar=[{"at":"1s","servers":3}])"},
                "$.payment.calendar");
  check_refused({kNoStation, kTwo, R"(payment.histogram=[{"value":"1s"}])"}, "$.payment.histogram");
  check_refused({kNoStation, kTwo, R"(payment.breakdown={"up":"1s","down":"1s"})"},
                "$.payment.breakdown.up $.payment.breakdown.down");
  check_loads({kNoStation, kTwo, "payment.discipline=lifo", "payment.batch_most=3",
               R"(payment.patience={"distribution":"constant","mean":"1s"})"});
}

TEST_CASE("a breaker needs a channel that has one, another channel needs two") {
  check_loads({kNoStation, kTwo, "payment.breaker={}", "payment.retry_elsewhere=on"});
  check_loads({kNoStation, kTwo, R"(payment.breaker={"window":20})"});
  check_refused({R"(payment.breaker={"window":20})"}, "$.payment.breaker.window");
  check_refused({"payment.retry_elsewhere=on"}, "$.payment.retry_elsewhere");
  check_refused(
      {kNoStation, kTwo, "payment.channels[1].breaker=off", R"(payment.breaker={"probes":20})"},
      "$.payment.breaker.probes");
}

TEST_CASE("slow-downs name a channel, and follow each other there") {
  const auto windows = [](const std::string& a, const std::string& b) {
    return R"(payment.slowdowns=[{"at":"1s","duration":"2s")" + a +
           R"(},{"at":"2s","duration":"2s")" + b + "}]";
  };
  const std::string at_a = R"(,"channel":"a")";
  const std::string at_b = R"(,"channel":"b")";
  check_loads({kNoStation, kTwo, windows(at_a, at_b)});
  check_refused({kNoStation, kTwo, windows(at_a, at_a)}, "$.payment.slowdowns[1].at");
  check_refused({kNoStation, kTwo, windows(at_a, "")}, "$.payment.slowdowns[1].at");
  check_refused({kNoStation, kTwo, windows("", at_b)}, "$.payment.slowdowns[1].at");
  check_refused({kNoStation, kTwo, windows(at_a, R"(,"channel":"c")")},
                "$.payment.slowdowns[1].channel");
  check_refused({R"(payment.slowdowns=[{"at":"1s","duration":"2s","channel":"a"}])"},
                "$.payment.slowdowns[0].channel");
}

TEST_CASE("reasons have names of their own and shares that add up to 1") {
  check_loads({R"(payment.reasons=[{"name":"a","share":1,"retryable":"no","fault":"buyer"}])"});
  check_refused({R"(payment.reasons=[{"name":"a","share":0.4},{"name":"a","share":0.4}])"},
                "$.payment.reasons[1].name $.payment.reasons");
}

TEST_CASE("servers and queues of channels shrink with the sale") {
  const Loaded loaded = parse(small_scenario_text(), "small",
                              {kNoStation, kTwo, "payment.channels[1].servers=300",
                               "payment.channels[1].queue_limit=70", "simulate.scale=0.1"});
  REQUIRE(loaded.scenario.has_value());
  const Scenario smaller = scaled(*loaded.scenario);
  CHECK(smaller.payment.channels[1].servers == 30);
  CHECK(smaller.payment.channels[1].queue_limit == 7);
}

TEST_CASE("a scenario with channels comes back from its JSON") {
  const Loaded loaded = parse(small_scenario_text(), "small",
                              {kNoStation, kTwo, R"(payment.breaker={"window":20})",
                               R"(payment.slowdowns=[{"at":"1s","duration":"2s","channel":"a"}])"});
  REQUIRE(loaded.scenario.has_value());
  const std::string text = to_json(*loaded.scenario);
  const Loaded again = parse(text, "again");
  REQUIRE(again.scenario.has_value());
  CHECK(to_json(*again.scenario) == text);
}

}  // namespace
}  // namespace double11::scenario
