#include <double11/report/compare.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/replications.hpp>
#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using scenario::small_scenario;

std::string result_of(const std::vector<std::string>& overrides) {
  const auto scenario = small_scenario(overrides);
  return json(conclude(scenario, virtual_time::simulate(scenario, {})));
}

const Difference& figure(const Comparison& comparison, const std::string& name) {
  const auto found = std::find_if(comparison.figures.begin(), comparison.figures.end(),
                                  [&](const Difference& one) { return one.name == name; });
  INFO(name);
  REQUIRE(found != comparison.figures.end());
  return *found;
}

TEST_CASE("compare: a result with itself has changed in nothing") {
  const std::string result = result_of({});
  const Comparison comparison = compare(result, result, 0);
  CHECK(comparison.scenario == "small");
  CHECK(comparison.differs.empty());
  CHECK(comparison.doubts.empty());
  CHECK_FALSE(comparison.regressed());
  CHECK(comparison.figures.size() > 10);
  for (const Difference& one : comparison.figures) {
    INFO(one.name);
    CHECK(one.change == Change::equal);
  }
}

TEST_CASE("compare: another seed is noise, and the key that differs is named") {
  const Comparison comparison = compare(result_of({}), result_of({"seed=99"}), 0);
  CHECK(comparison.differs == std::vector<std::string>{"seed"});
  for (const Difference& one : comparison.figures) {
    INFO(one.name << " " << one.before << " " << one.after << " noise " << one.noise);
    CHECK((one.change == Change::within_noise || one.change == Change::equal));
  }
}

TEST_CASE("compare: how many find it sold out is known no better than the demand") {
  // A hundred units each of SKUs that some 105 want: whether 2 or 8 of those come too late is
  // chance.
  const auto hot = [](const std::string& seed) {
    return result_of({"catalogue.hot.skus=1", "catalogue.hot.share=10%", "catalogue.hot.stock=190",
                      "duration=2s", "seed=" + seed});
  };
  const Comparison comparison = compare(hot("1"), hot("2"), 0);
  const Difference& refused = figure(comparison, "outcome.sold_out.share");
  CHECK(refused.before != refused.after);
  const auto document = nlohmann::json::parse(hot("1"));
  CHECK(document["sold"]["refused_skus"] == 1);
  const auto demand = document["sold"]["refused_units"].get<double>() +
                      document["outcomes"]["sold_out"].get<double>();
  const auto orders = document["funnel"]["offered"]["count"].get<double>();
  // Both sides are about the same.
  CHECK(refused.noise == Approx(3 * std::sqrt(2 * demand) / orders).epsilon(0.1));
  CHECK(refused.change == Change::within_noise);
}

TEST_CASE("compare: a percentile of too few orders is left out") {
  const std::string result = result_of({});
  const auto has = [](const Comparison& comparison, const std::string& name) {
    return std::any_of(comparison.figures.begin(), comparison.figures.end(),
                       [&](const Difference& one) { return one.name == name; });
  };
  // Of 2,000 orders two are beyond the p99.9.
  const Comparison few = compare(result, result, 0);
  CHECK(has(few, "latency.dispatched.p99"));
  CHECK_FALSE(has(few, "latency.dispatched.p99.9"));
  // And that is said.
  REQUIRE(few.left_out.size() == 2);
  CHECK(few.left_out[1].name == "latency.dispatched.p99.9");
  CHECK(few.left_out[1].why == "too few orders");
  CHECK(text_of(few).find("Not compared, too few orders: latency.reserved.p99.9,") !=
        std::string::npos);
  const std::string larger = result_of({"duration=10s"});
  CHECK(has(compare(larger, larger, 0), "latency.dispatched.p99.9"));
}

TEST_CASE("compare: a slower channel is worse, the other way round it is better") {
  const std::string quick = result_of({});
  const std::string slow = result_of({"payment.latency.p50=40ms", "payment.latency.p99=200ms"});
  const Comparison worse = compare(quick, slow, 0.05);
  CHECK(figure(worse, "latency.dispatched.p50").change == Change::worse);
  CHECK(figure(worse, "latency.reserved.p50").change == Change::equal);
  CHECK(figure(worse, "audit.violations").change == Change::equal);
  CHECK(worse.regressed());
  const Comparison better = compare(slow, quick, 0.05);
  CHECK(figure(better, "latency.dispatched.p50").change == Change::better);
  CHECK_FALSE(better.regressed());
  // It is twice as slow: more than once the former value is allowed here.
  CHECK(figure(compare(quick, slow, 1.5), "latency.dispatched.p50").change ==
        Change::below_threshold);
}

TEST_CASE("compare: fewer servers than payments need lose orders, and the verdict") {
  const std::string enough = result_of({"thresholds=[\"outcome.shed.count == 0\"]"});
  const std::string few = result_of(
      {"thresholds=[\"outcome.shed.count == 0\"]", "payment.servers=20", "payment.queue_limit=50"});
  const Comparison comparison = compare(enough, few, 0.05);
  CHECK(comparison.verdict_before == "PASS");
  CHECK(comparison.verdict_after == "MISSED");
  CHECK(figure(comparison, "outcome.shed.share").change == Change::worse);
  CHECK(figure(comparison, "outcome.dispatched.share").change == Change::worse);
  CHECK(figure(comparison, "dispatched.rate.peak").change == Change::worse);
  const std::string text = text_of(comparison);
  CHECK(text.find("MISSED, was PASS") != std::string::npos);
  CHECK(text.find("WORSE") != std::string::npos);
  CHECK(text.find("Regressed.") != std::string::npos);
  const auto document = nlohmann::json::parse(json_of(comparison, {"before.json", "after.json"}));
  CHECK(document["program"] == "double11");
  CHECK(document["kind"] == "comparison");
  CHECK(document["before"] == "before.json");
  CHECK(document["after"] == "after.json");
  CHECK(document["threshold"] == 0.05);
  CHECK(document["regressed"] == true);
  REQUIRE(document["figures"].size() == comparison.figures.size());
  const auto& first = document["figures"][0];
  CHECK(first["name"] == "audit.violations");
  CHECK(first["unit"] == "count");
  CHECK(first["change"] == "equal");
}

TEST_CASE("compare: the table shows noise and threshold within 80 columns") {
  Comparison comparison{};
  comparison.scenario = "line";
  comparison.threshold = 0.05;
  comparison.verdict_before = comparison.verdict_after = "PASS";
  const std::string long_name = std::string(60, 'x') + ".wait.mean";
  comparison.figures = {
      {"dispatched.rate.machine", scenario::MetricUnit::rate_per_s, 1234567, 7654321, 123456,
       Change::better},
      {long_name, scenario::MetricUnit::duration_ns, 1e9, 2.5e12, 3e8, Change::worse},
      {"till.present.mean", scenario::MetricUnit::ratio, 123456, 123789, 12, Change::not_judged}};
  comparison.left_out = {
      {"a", "only in the first"}, {"b", "only in the second"}, {"c", "only in the first"}};
  const std::string text = text_of(comparison);
  INFO(text);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  CHECK(text.find("noise +-") != std::string::npos);
  CHECK(text.find("123k/s") != std::string::npos);
  CHECK(text.find("123,456") != std::string::npos);
  CHECK(text.find("than 5% (--threshold)") != std::string::npos);
  CHECK(text.find("Not compared, only in the first: a, c.") != std::string::npos);
  CHECK(text.find("Not compared, only in the second: b.") != std::string::npos);
}

TEST_CASE("compare: replications that hold all that is compared are compared by nothing else") {
  // As simulate --replications writes them.
  const auto with = [](std::uint64_t seed) {
    std::vector<Figure> figures;
    for (const scenario::Metric* const metric : compared_metrics()) {
      figures.push_back({metric->name, {}, [](double) { return std::string(); }});
    }
    std::string first;
    for (std::uint64_t i = 0; i < 5; ++i) {
      const auto own = small_scenario({"seed=" + std::to_string(seed + i)});
      const auto record = virtual_time::simulate(own, {});
      const Result result = conclude(own, record);
      if (first.empty()) first = json(result);
      for (Figure& one : figures) {
        one.values.push_back(value_of(*scenario::find_metric(one.name), own, record, result.audit));
      }
    }
    return with_replications(first, figures, {5, 5, Status::pass, {}, {}});
  };
  const std::string before = with(1);
  const Comparison comparison = compare(before, with(100), 0);
  const auto document = nlohmann::json::parse(before);
  for (const Difference& one : comparison.figures) {
    INFO(one.name);
    CHECK(one.before == document["replications"][one.name]["mean"].get<double>());
  }
  // Two thousand orders are few for a p99.9, but five times two thousand say what they say.
  CHECK(comparison.left_out.empty());
  CHECK(comparison.doubts.empty());
  // With a single run there is less to go by, and that is said.
  CHECK(compare(before, result_of({}), 0).doubts.size() == 1);
}

TEST_CASE("compare: replications say how much a figure scatters") {
  const std::string result = result_of({});
  const auto with = [&](std::vector<double> values) {
    std::vector<Figure> figures{
        {"latency.dispatched.p99", std::move(values), [](double) { return std::string(); }}};
    return with_replications(result, figures, {1, 1, Status::pass, {}, {}});
  };
  const std::string base = with({100e6, 110e6, 90e6, 105e6, 95e6});
  // A mean 5 % higher is within what the replications scatter, one twice as high is not.
  const Comparison same = compare(base, with({105e6, 115e6, 95e6, 110e6, 100e6}), 0);
  CHECK(figure(same, "latency.dispatched.p99").change == Change::within_noise);
  CHECK(figure(same, "latency.dispatched.p99").before == Approx(100e6));
  const Comparison worse = compare(base, with({200e6, 210e6, 190e6, 205e6, 195e6}), 0);
  CHECK(figure(worse, "latency.dispatched.p99").change == Change::worse);
}

std::string network_result(const std::string& servers, std::int64_t replications) {
  const scenario::Loaded loaded = scenario::parse(R"({"name": "line", "duration": "20s",
    "traffic": {"curve": [{"at": "0s", "rate": "800/s"}]},
    "network": {"stations": [{"name": "till", "servers": )" +
                                                      servers + R"(,
      "service": {"distribution": "exponential", "mean": "1ms"}}]}})",
                                                  "line", {});
  REQUIRE(loaded.scenario.has_value());
  const scenario::Scenario& scenario = *loaded.scenario;
  const virtual_time::NetworkSimulator simulator(scenario);
  NetworkResult result(static_cast<std::size_t>(replications));
  for (std::size_t i = 0; i < static_cast<std::size_t>(replications); ++i) {
    result.add(i, simulator.run(i, {}));
  }
  return result.json(scenario, "");
}

TEST_CASE("compare: networks by their replications") {
  const std::string one_till = network_result("1", 5);
  const std::string two_tills = network_result("2", 5);
  const Comparison same = compare(one_till, one_till, 0);
  CHECK(same.scenario == "line");
  CHECK(same.verdict_before == "PASS");
  CHECK(same.figures.size() == 8);
  CHECK_FALSE(same.regressed());
  const Comparison better = compare(one_till, two_tills, 0.05);
  CHECK(better.differs == std::vector<std::string>{"network.stations.0.servers"});
  CHECK(figure(better, "till.wait.mean").change == Change::better);
  CHECK(figure(better, "till.present.mean").change == Change::better);
  // The same work, by two instead of one.
  CHECK(figure(better, "till.busy.mean").change == Change::within_noise);
  CHECK_FALSE(better.regressed());
  const Comparison worse = compare(two_tills, one_till, 0.05);
  CHECK(figure(worse, "till.wait.mean").change == Change::worse);
  CHECK(worse.regressed());
}

TEST_CASE("compare: stations that only one network has are said to be left out") {
  const std::string till = network_result("1", 5);
  auto renamed = nlohmann::ordered_json::parse(till);
  nlohmann::ordered_json figures;
  for (const auto& [name, value] : renamed["figures"].items()) {
    figures[name.rfind("till.", 0) == 0 ? "desk." + name.substr(5) : name] = value;
  }
  renamed["figures"] = figures;
  const Comparison comparison = compare(till, renamed.dump(), 0);
  const auto has = [&](const char* name, const char* why) {
    return std::any_of(comparison.left_out.begin(), comparison.left_out.end(),
                       [&](const LeftOut& one) { return one.name == name && one.why == why; });
  };
  CHECK(has("till.wait.mean", "only in the first"));
  CHECK(has("desk.wait.mean", "only in the second"));
}

TEST_CASE("compare: one replication of a network says nothing of chance") {
  const std::string five = network_result("1", 5);
  const std::string one = network_result("1", 1);
  CHECK_THROWS_AS(compare(one, one, 0), NoResult);
  CHECK_THROWS_AS(compare(five, one, 0), NoResult);
  // Nor are a network and a sale alike.
  CHECK_THROWS_AS(compare(five, result_of({}), 0), NoResult);
}

TEST_CASE("compare: rates of the machine only where it is known how steadily it worked") {
  auto document = nlohmann::json::parse(result_of({}));
  document["run"]["runtime"] = "pace_max";
  document["machine"]["load_1min"] = 1;
  document["machine"]["cores"] = 2;
  const auto reason_in = [](const Comparison& comparison) -> std::string {
    const auto found =
        std::find_if(comparison.left_out.begin(), comparison.left_out.end(),
                     [](const LeftOut& one) { return one.name == "paid.rate.machine"; });
    return found == comparison.left_out.end() ? "" : found->why;
  };
  auto brief = document;
  brief.erase("timeline");
  CHECK(reason_in(compare(brief.dump(), brief.dump(), 0)) == "too short a run");
  std::vector<double> ats;
  std::vector<double> walls;
  for (int i = 1; i <= 40; ++i) {
    ats.push_back(i * 1e6);
    walls.push_back(i * 1e5);
  }
  document["timeline"]["at_ns"] = ats;
  document["timeline"]["wall_ns"] = walls;
  const Comparison quiet = compare(document.dump(), document.dump(), 0);
  CHECK(reason_in(quiet).empty());
  CHECK(figure(quiet, "paid.rate.machine").noise ==
        Approx(0.1 * figure(quiet, "paid.rate.machine").before));
  auto busy = document;
  busy["machine"]["load_1min"] = 3.1;
  CHECK(reason_in(compare(document.dump(), busy.dump(), 0)) == "the machine had other work");
  CHECK(reason_in(compare(busy.dump(), document.dump(), 0)) == "the machine had other work");
}

TEST_CASE("compare: a part of a run is a doubt, and large changes have no exponents") {
  const std::string whole = result_of({});
  auto document = nlohmann::json::parse(whole);
  document["verdict"]["status"] = "INTERRUPTED";
  document["outcomes"]["declined"] = 2 * document["outcomes"]["declined"].get<int>();
  const Comparison comparison = compare(whole, document.dump(), 0);
  CHECK(comparison.doubts == std::vector<std::string>{"the second was interrupted"});
  CHECK(text_of(comparison).find("2x") != std::string::npos);
  document["outcomes"]["declined"] = 0;
  const std::string text = text_of(compare(whole, document.dump(), 0));
  CHECK(text.find("-100%") != std::string::npos);
  CHECK(text.find("e+") == std::string::npos);
}

TEST_CASE("compare: a result takes what was found in it along") {
  const auto slow = small_scenario({"payment.latency.p50=40ms", "payment.latency.p99=200ms"});
  const std::string after =
      json(conclude(slow, virtual_time::simulate(slow, {})), "double11 simulate small");
  const Comparison comparison = compare(result_of({}), after, 0.05);
  const auto plain = nlohmann::json::parse(after);
  auto document =
      nlohmann::json::parse(with_comparison(after, comparison, "before.json", "\nSlower.\n"));
  CHECK(document["baseline"]["file"] == "before.json");
  CHECK(document["baseline"]["regressed"] == true);
  CHECK(document["baseline"]["figures"].size() == comparison.figures.size());
  CHECK(document["text"] == plain["text"].get<std::string>() + "\nSlower.\n");
  document.erase("baseline");
  document["text"] = plain["text"];
  CHECK(document == plain);
}

TEST_CASE("compare: what is no result is said so") {
  const std::string result = result_of({});
  for (const std::string text :
       {"", "{", "[]", "{}", R"({"program":"double11"})", R"({"program":7})",
        R"({"program":"double11","schema_version":1,"funnel":{}})",
        R"({"program":"double11","schema_version":2,"kind":"network"})"}) {
    INFO(text);
    CHECK_THROWS_AS(compare(text, text, 0), NoResult);
    CHECK_THROWS_AS(compare(result, text, 0), NoResult);
  }
}

}  // namespace
}  // namespace double11::report
