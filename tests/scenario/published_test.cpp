#include <double11/scenario/load.hpp>
#include <double11/scenario/published.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/scenario/threshold.hpp>

#include <string>
#include <variant>

#include "catch.hpp"
#include "scenario/problems.hpp"
#include "scenarios.hpp"

namespace double11::scenario {
namespace {

using namespace std::chrono_literals;
using Of = PublishedValue::Of;

PublishedPoint point(Duration at, const std::string& what, const std::string& value) {
  PublishedPoint made;
  made.at = at;
  made.what = what;
  made.value = value;
  return made;
}

std::string mistake_in(const PublishedPoint& point) {
  const auto parsed = parse_published(point);
  const auto* const mistake = std::get_if<PublishedMistake>(&parsed);
  return mistake == nullptr ? "" : mistake->key;
}

}  // namespace

TEST_CASE("published points: what they can be about, and in which unit") {
  const PublishedValue count = published_value(point(10s, "dispatched.count", "467M"));
  CHECK(count.of == Of::count);
  CHECK(count.step == Funnel::dispatched);
  CHECK(count.value == 467e6);
  CHECK(text_of(count, 467e6) == "467,000,000");
  const PublishedValue rate = published_value(point(10s, "offered.rate", "325k/s"));
  CHECK(rate.of == Of::rate);
  CHECK(rate.value == 325e3);
  CHECK(text_of(rate, 256e3) == "256k/s");
  for (const std::string text : {"168.2G yuan", "168200M yuan", "168200000000 yuan"}) {
    const PublishedValue turnover = published_value(point(24h, "turnover", text));
    CHECK(turnover.of == Of::turnover);
    CHECK(turnover.value == 168.2e11);
    CHECK(text_of(turnover, turnover.value) == "168.2G yuan");
  }
  CHECK(published_value(point(0s, "turnover", "19.90 yuan")).value == 1990);
  const PublishedValue metric = published_value(point(0s, "latency.paid.mean", "200ms"));
  CHECK(metric.of == Of::metric);
  CHECK(metric.value == 200e6);
  CHECK(text_of(metric, 35e6) == "35ms");
  // A count of the whole run is the metric of that name.
  CHECK(published_value(point(0s, "paid.count", "5")).of == Of::count);
}

TEST_CASE("published points: mistakes say in which key they are") {
  CHECK(mistake_in(point(0s, "offered.rate", "325k/s")) == "what");
  CHECK(mistake_in(point(1s, "latency.paid.mean", "200ms")) == "what");
  CHECK(mistake_in(point(1s, "nonsense", "1")) == "what");
  CHECK(mistake_in(point(1s, ".count", "1")) == "what");
  CHECK(mistake_in(point(0s, "published.off_most", "1%")) == "what");
  CHECK(mistake_in(point(1s, "paid.count", "5/s")) == "value");
  CHECK(mistake_in(point(1s, "paid.count", "0")) == "value");
  CHECK(mistake_in(point(1s, "paid.rate", "5")) == "value");
  CHECK(mistake_in(point(1s, "turnover", "5")) == "value");
  CHECK(mistake_in(point(1s, "turnover", "G yuan")) == "value");
  CHECK(mistake_in(point(0s, "latency.paid.mean", "0.2")) == "value");
  CHECK(mistake_in(point(0s, "latency.paid.mean", "0s")) == "value");
}

TEST_CASE("published points: the loader names the point and the key") {
  const auto problems = problems_with(
      {R"(published=[{"what":"paid.count","value":"7"},{"at":"1s","what":"paid","value":"7"}])"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].path == "$.published[1].what");
}

TEST_CASE("thresholds on what is not measured are mistakes") {
  CHECK(problems_with({R"(thresholds=["fairness.bots.share < 5%"])"}).size() == 1);
  CHECK(
      problems_with({R"(thresholds=["fairness.bots.share < 5%"])", "report.fairness=on"}).empty());
  CHECK(problems_with({R"(thresholds=["published.missed.count == 0"])"}).size() == 1);
  CHECK(problems_with({R"(thresholds=["published.missed.count == 0"])",
                       R"(published=[{"what":"paid.count","value":"7"}])"})
            .empty());
  // Each with what it needs, and without.
  const std::string payment = R"(faults=[{"at":"0s","duration":"1s","of":"payment"}])";
  const std::string late = R"(faults=[{"at":"1s","duration":"1s","of":"payment"}])";
  const std::string logistics = R"(faults=[{"at":"0s","duration":"1s","of":"logistics"}])";
  const std::string overseas = R"(traffic.regions=[{"name":"east","share":1,"overseas":"yes"}])";
  const std::string west = "logistics.warehouses[1].region=east";
  const auto paths = [](const std::string& threshold, const std::vector<std::string>& more) {
    std::vector<std::string> overrides{"thresholds=[\"" + threshold + "\"]"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return paths_of(problems_with(overrides));
  };
  for (const std::string threshold :
       {"clients.amplification < 2", "clients.goodput.rate > 1/s", "clients.served.share > 1%"}) {
    CHECK(paths(threshold, {}) == "$.thresholds[0]");
    CHECK(paths(threshold, {"traffic.retry.attempts=2"}).empty());
  }
  CHECK(paths("faults.recovery < 1s", {}) == "$.thresholds[0]");
  CHECK(paths("faults.recovery < 1s", {logistics}).empty());
  CHECK(paths("faults.recovery < 1s", {late}) == "$.thresholds[0]");
  CHECK(paths("faults.recovery < 1s", {payment}).empty());
  for (const std::string threshold : {"logistics.cost < 5", "backlog.most < 5"}) {
    CHECK(paths(threshold, {}) == "$.thresholds[0]");
    CHECK(paths(threshold, {logistics}).empty());
  }
  for (const std::string threshold :
       {"promise.overseas.share > 1%", "first_parcel.overseas < 1h"}) {
    CHECK(paths(threshold, {}) == "$.thresholds[0]");
    CHECK(paths(threshold, {overseas, west}).empty());
  }
  for (const std::string threshold :
       {"promise.domestic.share > 1%", "first_parcel.domestic < 1h"}) {
    CHECK(paths(threshold, {}).empty());
    CHECK(paths(threshold, {overseas, west}) == "$.thresholds[0]");
  }
}

TEST_CASE("published points grow with the sale, but for what describes one order") {
  const Scenario scenario =
      scaled(small_scenario({"simulate.scale=0.001",
                             R"(published=[{"at":"1s","what":"paid.count","value":"812M"},
                     {"at":"1s","what":"offered.rate","value":"325k/s"},
                     {"at":"1s","what":"turnover","value":"168.2G yuan"},
                     {"what":"paid.rate.peak","value":"256k/s"},
                     {"what":"paid.share","value":"97%"},
                     {"what":"latency.paid.mean","value":"200ms"}])"}));
  const std::vector<double> expected{812e3, 325, 168.2e8, 256, 0.97, 200e6};
  REQUIRE(scenario.published.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(published_value(scenario.published[i]).value == Approx(expected[i]));
  }
}

TEST_CASE("published points stay points at every scale") {
  for (const std::string scale : {"1e-9", "0.01", "1e6"}) {
    CAPTURE(scale);
    const Scenario scenario = scaled(
        small_scenario({"simulate.scale=" + scale, "traffic.scale=1e-6",
                        R"(thresholds=["paid.rate.peak < 1e308/s","paid.rate.mean > 1e-308/s",
                                              "paid.count < 9G"])",
                        R"(published=[{"at":"1s","what":"dispatched.count","value":"40"},
                     {"what":"turnover","value":"1 fen"},{"what":"sold.skus","value":"1"},
                     {"at":"1s","what":"turnover","value":"9000000G yuan"},
                     {"at":"1s","what":"offered.rate","value":"1e-308/s"},
                     {"at":"1s","what":"offered.rate","value":"1e308/s"}])"}));
    for (const PublishedPoint& one : scenario.published) {
      CAPTURE(one.what, one.value);
      CHECK(published_value(one).value > 0);
    }
    for (const std::string& threshold : scenario.thresholds) {
      CAPTURE(threshold);
      CHECK(std::holds_alternative<Threshold>(parse_threshold(threshold)));
    }
  }
}

}  // namespace double11::scenario
