#include <double11/core/outcome.hpp>
#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/network_metrics.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("explain shows the row of every key") {
  for (const Key& key : keys()) {
    CAPTURE(key.path);
    const auto text = explain(key.path);
    REQUIRE(text.has_value());
    CHECK(contains(*text, key.path));
    CHECK(contains(*text, key.meaning));
    CHECK(contains(*text, range_of(key)));
    CHECK(contains(*text, default_of(key)));
    if (!key.applies_when.empty()) CHECK(contains(*text, key.applies_when));
  }
  CHECK(explain("traffic.curve[0].at") == explain("traffic.curve[].at"));
}

TEST_CASE("explain shows all rows of a group") {
  for (const std::string group :
       {"payment", "payment.latency", "traffic", "catalogue.hot", "run"}) {
    CAPTURE(group);
    const auto text = explain(group);
    REQUIRE(text.has_value());
    for (const Key& key : keys()) {
      if (key.path.rfind(group + ".", 0) == 0) CHECK(contains(*text, key.path + "\n"));
    }
  }
  CHECK_FALSE(contains(*explain("payment"), "traffic.curve"));
}

TEST_CASE("explain shows the metrics for thresholds, and each by name") {
  const auto text = explain("thresholds");
  REQUIRE(text.has_value());
  std::vector<Metric> all = metrics();
  all.insert(all.end(), network_metrics().begin(), network_metrics().end());
  for (const Metric& metric : all) {
    CAPTURE(metric.name);
    CHECK(contains(*text, metric.name));
    REQUIRE(explain(metric.name).has_value());
    CHECK(contains(*explain(metric.name), metric.meaning));
  }
}

TEST_CASE("what is nearly a topic is led to it, and all that is suggested is known") {
  CHECK(nearest_topic("waiting_room") == "admission.waiting_room");
  CHECK(nearest_topic("waiting room") == "admission.waiting_room");
  CHECK(nearest_topic("retry") == "traffic.retry");
  CHECK(nearest_topic("retry storm") == "traffic.retry");
  CHECK(nearest_topic("bots") == "traffic.bots");
  CHECK(nearest_topic("undersold") == "audit.undersold");
  CHECK(nearest_topic("carriers") == "logistics.carriers");
  CHECK(nearest_topic("payment.server") == "payment.servers");
  CHECK(nearest_topic("xyzzy plugh").empty());
  CHECK(nearest_topic("").empty());
  CHECK(nearest_topic(" ").empty());
  for (const Key& key : keys()) {
    std::string name = key.path.substr(key.path.rfind('.') + 1);
    name.resize(std::min(name.find('['), name.size()));
    INFO(name);
    CHECK(explain(nearest_topic(name)).has_value());
  }
}

TEST_CASE("explain knows every outcome") {
  for (const Outcome outcome : kAllOutcomes) {
    const auto text = explain(name_of(outcome));
    CAPTURE(name_of(outcome));
    REQUIRE(text.has_value());
    CHECK(contains(*text, std::string(meaning_of(outcome))));
  }
}

TEST_CASE("explain knows every funnel step") {
  for (const Funnel step : kFunnel) {
    CAPTURE(name_of(step));
    CHECK(explain(name_of(step)).has_value());
  }
}

TEST_CASE("explain has nothing to say about what it does not know") {
  for (const std::string path :
       {"", ".", "nonsense", "pay", "payment.", "payment.servers.x", "[]"}) {
    CAPTURE(path);
    CHECK_FALSE(explain(path).has_value());
  }
}

TEST_CASE("the list of keys has one line per key") {
  const std::string list = list_of_keys();
  CHECK(std::count(list.begin(), list.end(), '\n') == static_cast<std::ptrdiff_t>(keys().size()));
  for (const Key& key : keys()) CHECK(contains("\n" + list, "\n" + key.path + " "));
}

TEST_CASE("the starter is a valid scenario") {
  const Loaded loaded = parse(starter("my-sale"), "starter");
  for (const Problem& problem : loaded.problems) UNSCOPED_INFO(text_of(problem));
  REQUIRE(loaded.scenario.has_value());
  CHECK(loaded.scenario->name == "my-sale");
}

TEST_CASE("the reference page names every key, metric and outcome, in tables that hold together") {
  const std::string page = reference_page();
  for (const Key& key : keys()) CHECK(contains(page, "| `" + key.path + "` |"));
  for (const auto* const all : {&metrics(), &network_metrics()}) {
    for (const Metric& metric : *all) CHECK(contains(page, "| `" + metric.name + "` |"));
  }
  for (const Outcome outcome : kAllOutcomes) {
    CHECK(contains(page, "| `" + std::string(name_of(outcome)) + "` |"));
  }
  std::size_t columns = 0;
  std::size_t begin = 0;
  for (std::size_t end; (end = page.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string line = page.substr(begin, end - begin);
    CAPTURE(line);
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++bars;
    }
    // Within a table every row has the columns of its head.
    if (columns != 0 && bars != 0) CHECK(bars == columns);
    columns = bars;
  }
}

TEST_CASE("docs/scenario.md is the reference page") {
  std::ifstream file(DOUBLE11_SOURCE_DIR "/docs/scenario.md");
  REQUIRE(file.good());
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == reference_page());
}

}  // namespace double11::scenario
