#include <double11/core/outcome.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/network_metrics.hpp>

#include <set>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::scenario {

TEST_CASE("every metric has a name of its own and a meaning, and is found by it") {
  std::set<std::string> names;
  for (const Metric& metric : metrics()) {
    CAPTURE(metric.name);
    CHECK(names.insert(metric.name).second);
    CHECK_FALSE(metric.meaning.empty());
    CHECK(metric.name.find(' ') == std::string::npos);
    CHECK(find_metric(metric.name) == &metric);
  }
  CHECK(find_metric("no.such") == nullptr);
  CHECK(find_metric("") == nullptr);
  CHECK(find_metric("audit") == nullptr);
}

TEST_CASE("every funnel step has counts and rates, every outcome counts") {
  for (const Funnel step : kFunnel) {
    const std::string name(name_of(step));
    for (const std::string what : {".count", ".share", ".rate.peak", ".rate.mean"}) {
      CAPTURE(name, what);
      CHECK(find_metric(name + what) != nullptr);
    }
    // Offered is the start of the clock, so it has no latency.
    CHECK((find_metric("latency." + name + ".p99") != nullptr) == (step != Funnel::offered));
  }
  for (const Outcome outcome : kAllOutcomes) {
    CAPTURE(name_of(outcome));
    CHECK(find_metric("outcome." + std::string(name_of(outcome)) + ".count") != nullptr);
    CHECK(find_metric("outcome." + std::string(name_of(outcome)) + ".share") != nullptr);
  }
}

TEST_CASE("metrics of networks have names of their own, and are found with a station") {
  std::set<std::string> names;
  for (const Metric& metric : network_metrics()) {
    CAPTURE(metric.name);
    CHECK(names.insert(metric.name).second);
    CHECK(find_metric(metric.name) == nullptr);
    CHECK_FALSE(metric.meaning.empty());
    const bool of_station = metric.name.starts_with("stations[]");
    CHECK(find_network_metric(metric.name).has_value() == !of_station);
    const std::string name = of_station
                                 ? "stations[a b.c]" + metric.name.substr(metric.name.find(']') + 1)
                                 : metric.name;
    REQUIRE(find_network_metric(name).has_value());
    CHECK(find_network_metric(name)->name == name);
    CHECK(find_network_metric(name)->unit == metric.unit);
  }
  CHECK_FALSE(find_network_metric("paid.rate.mean").has_value());
  CHECK_FALSE(find_network_metric("stations[till]").has_value());
  CHECK_FALSE(find_network_metric("").has_value());
}

TEST_CASE("a metric's name says its unit") {
  std::vector<Metric> all = metrics();
  all.insert(all.end(), network_metrics().begin(), network_metrics().end());
  for (const Metric& metric : all) {
    CAPTURE(metric.name);
    const auto has = [&](const char* part) { return metric.name.find(part) != std::string::npos; };
    if (has(".rate.")) CHECK(metric.unit == MetricUnit::rate_per_s);
    if (has(".share")) CHECK(metric.unit == MetricUnit::share);
    if (has(".count")) CHECK(metric.unit == MetricUnit::count);
    if (has("latency.") || has(".lag.") || has("wait.") || has("sojourn."))
      CHECK(metric.unit == MetricUnit::duration_ns);
  }
}

TEST_CASE("values are written in the unit of their metric") {
  CHECK(text_of(MetricUnit::rate_per_s, 325'000) == "325k/s");
  CHECK(text_of(MetricUnit::rate_per_s, 0) == "0/s");
  CHECK(text_of(MetricUnit::duration_ns, 82.3e6) == "82.3ms");
  CHECK(text_of(MetricUnit::duration_ns, 0) == "0");
  CHECK(text_of(MetricUnit::share, 0.031) == "3.1%");
  CHECK(text_of(MetricUnit::share, 0.12345) == "12.3%");
  CHECK(text_of(MetricUnit::share, 1) == "100%");
  CHECK(text_of(MetricUnit::count, 0) == "0");
  CHECK(text_of(MetricUnit::count, 12) == "12");
}

}  // namespace double11::scenario
