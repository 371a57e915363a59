#include <double11/core/outcome.hpp>
#include <double11/scenario/metrics.hpp>

#include <set>
#include <string>

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

TEST_CASE("a metric's name says its unit") {
  for (const Metric& metric : metrics()) {
    CAPTURE(metric.name);
    const auto has = [&](const char* part) { return metric.name.find(part) != std::string::npos; };
    if (has(".rate.")) CHECK(metric.unit == MetricUnit::rate_per_s);
    if (has(".share")) CHECK(metric.unit == MetricUnit::share);
    if (has(".count")) CHECK(metric.unit == MetricUnit::count);
    if (has("latency.") || has(".lag.")) CHECK(metric.unit == MetricUnit::duration_ns);
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
