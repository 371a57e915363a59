#include <double11/scenario/threshold.hpp>

#include <cmath>
#include <limits>
#include <string>

#include "catch.hpp"

namespace double11::scenario {
namespace {

Threshold parsed(const std::string& text) {
  const auto result = parse_threshold(text);
  if (const auto* const message = std::get_if<std::string>(&result)) FAIL(text << ": " << *message);
  return std::get<Threshold>(result);
}

std::string example_of(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::rate_per_s:
      return "325k/s";
    case MetricUnit::share:
      return "0.1%";
    case MetricUnit::duration_ns:
      return "400ms";
    case MetricUnit::ratio:
      return "1.5";
    case MetricUnit::count:
      break;
  }
  return "10k";
}

}  // namespace

TEST_CASE("a threshold has a metric, a comparison and a value in the metric's unit") {
  const Threshold latency = parsed("latency.dispatched.p99 < 400ms");
  CHECK(latency.text == "latency.dispatched.p99 < 400ms");
  CHECK(latency.metric.name == "latency.dispatched.p99");
  CHECK(latency.comparison == Comparison::less);
  CHECK(latency.value == 4e8);
  CHECK(parsed("paid.rate.peak >= 256k/s").value == 256'000);
  CHECK(parsed("outcome.shed.share <= 0.1%").value == Approx(0.001));
  CHECK(parsed("outcome.shed.share <= 0.001").value == 0.001);
  CHECK(parsed("audit.violations == 0").value == 0);
  CHECK(parsed("clients.amplification <= 1.5").value == 1.5);
  CHECK(parsed("offered.count > 2M").value == 2'000'000);
}

TEST_CASE("every operator has its comparison") {
  const std::pair<std::string, Comparison> cases[] = {
      {"<", Comparison::less},      {"<=", Comparison::at_most}, {">", Comparison::greater},
      {">=", Comparison::at_least}, {"==", Comparison::equal},   {"!=", Comparison::unequal}};
  for (const auto& [word, comparison] : cases) {
    CHECK(parsed("audit.undersold " + word + " 5").comparison == comparison);
  }
}

TEST_CASE("every metric can be compared by every operator") {
  for (const Metric& metric : metrics()) {
    for (const std::string word : {"<", "<=", ">", ">=", "==", "!="}) {
      const std::string text = metric.name + " " + word + " " + example_of(metric.unit);
      CAPTURE(text);
      CHECK(parsed(text).metric.name == metric.name);
      CHECK(parsed(text).metric.unit == metric.unit);
    }
  }
}

TEST_CASE("a threshold on a network may be about one of its stations") {
  const Threshold wait = parsed("stations[back office].wait.p99 <= 1.5s");
  CHECK(wait.metric.name == "stations[back office].wait.p99");
  CHECK(wait.metric.unit == MetricUnit::duration_ns);
  CHECK(wait.comparison == Comparison::at_most);
  CHECK(wait.value == 1.5e9);
  CHECK(parsed(" stations[0].busy.share < 90% ").value == Approx(0.9));
  CHECK(parsed("sojourn.mean < 1s").metric.name == "sojourn.mean");
  CHECK(parsed("throughput.rate.mean > 7/s").value == 7);
  for (const std::string text :
       {"stations[].busy.share < 1", "stations[a.busy.share < 1", "stations[a] < 1",
        "stations[a].busy < 1", "stations[a", "stations[a].busy.share <"}) {
    CAPTURE(text);
    CHECK(std::holds_alternative<std::string>(parse_threshold(text)));
  }
}

TEST_CASE("blanks around the parts do not matter") {
  CHECK(parsed("  audit.violations   ==  0  ").value == 0);
  CHECK(parsed("outcome.shed.share < 1 %").value == Approx(0.01));
}

TEST_CASE("what is no threshold is explained") {
  for (const std::string text : {"",
                                 " ",
                                 "audit.violations",
                                 "audit.violations ==",
                                 "audit.violations = 0",
                                 "audit.violations === 0",
                                 "audit.violations == x",
                                 "audit.violations == -1",
                                 "audit.violations == 1.5",
                                 "audit.violations == 0 0",
                                 "audit.violations == 5ms",
                                 "== 0",
                                 "no.such.metric < 5",
                                 "latency.dispatched.p99 < 400",
                                 "latency.dispatched.p99 < 5/s",
                                 "latency.dispatched.p99 < -1s",
                                 "paid.rate.peak > 5",
                                 "paid.rate.peak > 5ms",
                                 "paid.share > x",
                                 "paid.share > nan",
                                 "latency.paid.max < inf",
                                 "0 == audit.violations",
                                 "AUDIT.VIOLATIONS == 0",
                                 "audit.violations == 1e400",
                                 "audit.violations == 0\xff"}) {
    CAPTURE(text);
    const auto result = parse_threshold(text);
    REQUIRE(std::holds_alternative<std::string>(result));
    CHECK(std::get<std::string>(result).find("allowed") +
              std::get<std::string>(result).find("takes") !=
          2 * std::string::npos);
  }
}

TEST_CASE("a share above all of it is refused, with what may have been meant") {
  const auto why = [](const std::string& text) {
    const auto result = parse_threshold(text);
    REQUIRE(std::holds_alternative<std::string>(result));
    return std::get<std::string>(result);
  };
  CHECK(why("dispatched.share >= 60") ==
        "found value \"60\", which is 6,000 %; dispatched.share takes a share of at most 100%; did "
        "you mean 60%?");
  CHECK(why("outcome.shed.share < 1.5").find("which is 150 %") != std::string::npos);
  CHECK(why("outcome.shed.share < 1.5").find("did you mean 1.5%?") != std::string::npos);
  CHECK(why("paid.share == 150%") ==
        "found value \"150%\"; paid.share takes a share of at most 100%");
  CHECK(why("paid.share < 250").find("did you mean") == std::string::npos);
  CHECK(why("paid.share < 1e300").find("takes a share of at most 100%") != std::string::npos);
  for (const Metric& metric : metrics()) {
    if (metric.unit != MetricUnit::share) continue;
    CAPTURE(metric.name);
    CHECK(parsed(metric.name + " <= 1").value == 1);
    CHECK(parsed(metric.name + " <= 100%").value == 1);
    // Only how far something is off may be more than all of it.
    const auto more = parse_threshold(metric.name + " <= 2");
    CHECK(std::holds_alternative<Threshold>(more) == (metric.name == "published.off_most"));
  }
}

TEST_CASE("a rate beyond all numbers is no value") {
  CHECK(std::holds_alternative<std::string>(parse_threshold("paid.rate.peak < 1e308G/s")));
}

TEST_CASE("a threshold holds on its own side of the value only") {
  const double below = std::nextafter(5.0, 0);
  const double above = std::nextafter(5.0, 9);
  const auto holds_at = [&](const std::string& word) {
    const Threshold threshold = parsed("audit.undersold " + word + " 5");
    std::string at;
    for (const double measured : {below, 5.0, above}) at += holds(threshold, measured) ? 'y' : 'n';
    return at;
  };
  CHECK(holds_at("<") == "ynn");
  CHECK(holds_at("<=") == "yyn");
  CHECK(holds_at(">") == "nny");
  CHECK(holds_at(">=") == "nyy");
  CHECK(holds_at("==") == "nyn");
  CHECK(holds_at("!=") == "yny");
}

}  // namespace double11::scenario
