#include <double11/study/sweep_result.hpp>

#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::study {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string told(const SweepResult& result) {
  std::string text;
  for (const std::string& sentence : sentences_of(result)) text += sentence + " ";
  return text;
}

// Throughput of workers by Amdahl's law with a tenth serial, a little off in each round, and the
// half of it with the second strategy.
SweepResult a_sweep() {
  SweepResult result;
  result.scenario = "shop";
  result.command = "double11 sweep shop";
  result.mode = "run";
  result.rounds = 3;
  result.factors = {{{"run.workers", {"1", "2", "4", "8"}}, {1, 2, 4, 8}},
                    {{"inventory.strategy", {"escrow", "mutex"}}, {}}};
  result.metrics = {*scenario::find_metric("paid.rate.machine"),
                    *scenario::find_metric("latency.dispatched.p99")};
  result.capacity = 0;
  std::vector<Factor> factors;
  for (const SweptFactor& swept : result.factors) factors.push_back(swept.factor);
  for (const Combination& combination : combinations_of(factors)) {
    const double n = result.factors[0].numbers[combination[0]];
    const double rate = 1e6 * n / (1 + 0.1 * (n - 1)) / (combination[1] == 0 ? 1 : 2);
    SweepRow row{combination, {}};
    for (const double off : {1.0, 0.99, 1.01}) {
      row.trials.push_back({combination[1] == 0 ? "PASS" : "MISSED", true, {rate * off, 5e6}});
    }
    result.rows.push_back(row);
  }
  return result;
}

}  // namespace

TEST_CASE("A scaled sweep says so, and its laws are over what the part has") {
  SweepResult result = a_sweep();
  result.factors[0].factor.key = "payment.servers";
  CHECK(scale_of(result) == 1.0);
  CHECK_FALSE(holds(told(result), "Scaled"));
  CHECK_FALSE(holds(sentences_of(laws_of(result).front()).front(), "part"));

  // Hundreds of servers, of which one in a hundred is simulated.
  result.factors[0].factor.values = {"100", "200", "400", "800"};
  for (SweepRow& row : result.rows) {
    row.scale = 0.01;
    row.capacity = result.factors[0].numbers[row.combination[0]];
  }
  for (double& number : result.factors[0].numbers) number *= 100;
  CHECK(told(result).starts_with("Scaled: 0.01 times that sale, and so are the counts, rates"));
  const SweepLaw law = laws_of(result).front();
  CHECK(sentences_of(law).front() ==
        "All of it is of the part at scale 0.01: 100 servers are 1 there.");
  CHECK(law.findings.most_capacity == 8);
  CHECK(law.findings.preferred()->lambda.value == Approx(1e6).epsilon(0.01));
  CHECK(law.findings.preferred()->sigma.value == Approx(0.1).epsilon(0.05));
  const auto document = nlohmann::json::parse(json_of(result, laws_of(result), ""));
  CHECK(document.at("scale") == 0.01);
  CHECK(document.at("combinations").at(0).at("capacity") == 1);

  result.rows.front().scale = 0.5;
  CHECK_FALSE(scale_of(result));
  CHECK(told(result).starts_with("Scaled: each combination is simulate.scale times that sale"));
  CHECK(nlohmann::json::parse(json_of(result, {}, "")).at("scale").is_null());
}

TEST_CASE("Median and spread of the rounds") {
  SweepRow row{{}, {}};
  CHECK_FALSE(summary_of(row, 0));
  row.trials.push_back({"PASS", true, {7}});
  CHECK(summary_of(row, 0)->median == Approx(7));
  CHECK_FALSE(summary_of(row, 0)->spread);
  row.trials.push_back({"PASS", true, {3}});
  CHECK(summary_of(row, 0)->median == Approx(5));
  row.trials.push_back({"PASS", true, {4}});
  CHECK(summary_of(row, 0)->median == Approx(4));
  CHECK(summary_of(row, 0)->least == Approx(3));
  CHECK(summary_of(row, 0)->most == Approx(7));
  CHECK(*summary_of(row, 0)->spread == Approx(2));
  // A recovery that did not come in one round, or in most.
  row.trials.push_back({"PASS", true, {std::numeric_limits<double>::infinity()}});
  CHECK(summary_of(row, 0)->median == Approx(5.5));
  CHECK_FALSE(summary_of(row, 0)->spread);
}

TEST_CASE("Capacities by their names") {
  CHECK(is_capacity("run.workers"));
  CHECK(is_capacity("payment.channels[1].servers"));
  CHECK_FALSE(is_capacity("payment.latency.p50"));
  CHECK_FALSE(is_capacity("workers.rate"));
  CHECK(words_of("run.workers").one == "worker");
  CHECK(words_of("payment.servers").many == "servers");
  CHECK(words_of("admission.in_flight_limit").many == "in_flight_limit units");
}

TEST_CASE("Amounts by their keys") {
  for (const char* const key : {"run.workers", "payment.channels[1].servers", "traffic.scale",
                                "traffic.curve[0].rate", "admission.in_flight_limit"}) {
    CAPTURE(key);
    CHECK(is_amount(key));
  }
  for (const char* const key :
       {"seed", "payment.latency.p50", "payment.decline_probability", "inventory.strategy", "n"}) {
    CAPTURE(key);
    CHECK_FALSE(is_amount(key));
  }
}

TEST_CASE("A law for each combination of the other factors, a point for each trial") {
  SweepResult result = a_sweep();
  auto laws = laws_of(result);
  REQUIRE(laws.size() == 2);
  CHECK(laws[0].others == "inventory.strategy=escrow");
  CHECK(laws[1].others == "inventory.strategy=mutex");
  for (const SweepLaw& law : laws) {
    CHECK(law.findings.points.size() == 12);
    REQUIRE(law.findings.preferred() != nullptr);
    const Interval sigma = *law.findings.amdahl->sigma.interval;
    CHECK(sigma.low < 0.1);
    CHECK(sigma.high > 0.1);
    CHECK_FALSE(law.findings.amdahl->sigma.may_be_none());
  }
  // What cannot be trusted, or has no throughput, is no point.
  result.rows[0].trials[0].trusted = false;
  result.rows[0].trials[1].values[0] = 0;
  CHECK(laws_of(result)[0].findings.points.size() == 10);
  // Nor is what the traffic has set.
  for (SweepTrial& trial : result.rows[6].trials) trial.sated = true;
  laws = laws_of(result);
  CHECK(laws[0].findings.points.size() == 7);
  CHECK(laws[0].sated == std::vector<std::string>{"8"});
  CHECK(holds(sentences_of(laws[0]).back(), "Left out: 8 workers."));
  CHECK(laws[1].sated.empty());
  for (SweepRow& row : result.rows) {
    for (SweepTrial& trial : row.trials) trial.sated = true;
  }
  CHECK(laws_of(result)[0].findings.preferred() == nullptr);
  CHECK(holds(sentences_of(laws_of(result)[0]).front(), "Nothing is fitted."));
  CHECK_FALSE(json_of(result, laws_of(result), "").empty());
  // Without a rate, or without a capacity, there is no law.
  result.metrics = {result.metrics[1], result.metrics[1]};
  CHECK(laws_of(result).empty());
  result = a_sweep();
  result.capacity.reset();
  CHECK(laws_of(result).empty());
}

TEST_CASE("Sentences: who passes, the highest, the lowest, what is within the spread") {
  SweepResult result = a_sweep();
  CAPTURE(told(result));
  CHECK(holds(told(result),
              "4 of 8 combinations pass in every round: run.workers=1 "
              "inventory.strategy=escrow, "));
  CHECK(holds(told(result), "and 1 more."));
  CHECK(holds(told(result),
              "paid.rate.machine is highest, 4.71M/s, at run.workers=8 "
              "inventory.strategy=escrow and lowest, 500k/s, at run.workers=1 "
              "inventory.strategy=mutex."));
  CHECK_FALSE(holds(told(result), "Within the spread"));
  CHECK(*highest_of(result) == 6);
  result.rows[4].trials[0].values[0] = 5e6;
  CHECK(holds(told(result), "Within the spread of the highest is 1 of the others."));
  result.rows[4].trials[0].trusted = false;
  CHECK(holds(told(result), "1 trial cannot be trusted"));
  for (SweepRow& row : result.rows) row.trials.clear();
  CHECK(holds(told(result), "No combination was complete."));
  CHECK_FALSE(highest_of(result));
}

TEST_CASE("Where more changes nothing is said") {
  SweepResult result;
  result.factors = {{{"payment.servers", {"4", "1", "2", "8"}}, {4, 1, 2, 8}}};
  result.metrics = {*scenario::find_metric("paid.rate.mean")};
  for (const double value : {200.0, 100.0, 199.5, 200.5}) {
    result.rows.push_back({{result.rows.size()}, {{"PASS", true, {value}}}});
  }
  CHECK(holds(told(result), "From payment.servers=2 on it changes by less than 1 %"));
  result.rows[2].trials[0].values[0] = 150;
  result.rows[0].trials[0].values[0] = 180;
  CHECK_FALSE(holds(told(result), "changes by"));
  for (SweepRow& row : result.rows) row.trials[0].values[0] = 200;
  CHECK(holds(told(result), "does not depend on payment.servers"));
  CHECK(holds(told(result), "is 200/s in all of them"));
}

TEST_CASE("Over seeds there is neither a best one nor a plateau, but what chance does") {
  SweepResult result;
  result.factors = {{{"seed", {"1", "2", "3"}}, {1, 2, 3}}};
  result.metrics = {*scenario::find_metric("paid.rate.mean")};
  for (const double value : {150.0, 200.0, 200.5}) {
    result.rows.push_back({{result.rows.size()}, {{"PASS", true, {value}}}});
  }
  CAPTURE(told(result));
  CHECK(holds(told(result), "paid.rate.mean is from 150/s to 200/s: what chance does to it."));
  for (const char* const word : {"highest", "From", "depend"})
    CHECK_FALSE(holds(told(result), word));
  // The same over servers, and over a time, of which more is no more capacity.
  result.factors.front().factor.key = "payment.servers";
  CHECK(holds(told(result), "From payment.servers=2 on it changes"));
  result.factors.front().factor.key = "payment.timeout";
  CHECK(holds(told(result), "is highest"));
  CHECK_FALSE(holds(told(result), "changes by"));
  for (SweepRow& row : result.rows) row.trials[0].values[0] = 200;
  CHECK(holds(told(result), "does not depend on payment.timeout"));
}

TEST_CASE("What changes a little with each step is no plateau") {
  SweepResult result;
  result.factors = {{{"payment.servers", {"1", "2", "3"}}, {1, 2, 3}}};
  result.metrics = {*scenario::find_metric("paid.rate.mean")};
  for (const double value : {101.0, 99.2, 100.0}) {
    result.rows.push_back({{result.rows.size()}, {{"PASS", true, {value}}}});
  }
  CAPTURE(told(result));
  CHECK_FALSE(holds(told(result), "does not depend"));
  CHECK(holds(told(result), "From payment.servers=2 on"));
}

TEST_CASE("Tables of at most 80 columns, whatever was asked for") {
  SweepResult result = a_sweep();
  CHECK(holds(table_of(result), "4.71M/s"));
  CHECK(holds(table_of(result), "1%"));
  result.rows[1].trials[0].verdict = "INVALID";
  CHECK(holds(table_of(result), "1 INVALID 2 MISSED"));
  result.rows[2].trials.clear();
  for (const char* const name : {"outcome.dispatched.share", "audit.undersold",
                                 "sold.top1pct.share", "faults.recovery", "payments.repeated"}) {
    result.metrics.push_back(*scenario::find_metric(name));
    for (SweepRow& row : result.rows) {
      for (SweepTrial& trial : row.trials) {
        trial.values.push_back(std::string(name) == "faults.recovery"
                                   ? std::numeric_limits<double>::infinity()
                                   : 0.25);
      }
    }
  }
  result.factors[1].factor.values[1] = "[\"a very long value that nobody would want in a table\"]";
  std::istringstream table(table_of(result));
  for (std::string line; std::getline(table, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 80);
  }
  CHECK(holds(table_of(result), "never"));
  CHECK_FALSE(holds(table_of(result), "nan"));
  CHECK_FALSE(holds(table_of(result), "inf"));
}

TEST_CASE("A sweep as JSON") {
  SweepResult result = a_sweep();
  result.rows[2].trials.clear();
  result.rows[3].trials[0].values[1] = std::numeric_limits<double>::infinity();
  const auto document = nlohmann::json::parse(json_of(result, laws_of(result), "text for people"));
  CHECK(document.at("kind") == "sweep");
  CHECK(document.at("combinations").size() == 8);
  CHECK(document.at("factors").at(0).at("numbers").size() == 4);
  CHECK(document.at("factors").at(1).at("numbers").is_null());
  const auto& first = document.at("combinations").at(0);
  CHECK(first.at("values").at("run.workers") == "1");
  CHECK(first.at("metrics").at("paid.rate.machine").at("values").size() == 3);
  CHECK(first.at("metrics").at("paid.rate.machine").at("median").get<double>() == Approx(1e6));
  CHECK(first.at("verdicts").size() == 3);
  CHECK(document.at("combinations").at(2).at("metrics").at("paid.rate.machine").is_null());
  const auto& latency =
      document.at("combinations").at(3).at("metrics").at("latency.dispatched.p99");
  CHECK(latency.at("most").is_null());
  CHECK(document.at("laws").size() == 2);
  CHECK(document.at("laws").at(0).at("over") == "run.workers");
  CHECK(document.at("text") == "text for people");
}

}  // namespace double11::study
