// The verdict: what outranks what, and the exit codes.
#include <double11/report/verdict.hpp>

#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

Verdict judged(const Scenario& scenario, const RunRecord& record) {
  return judge(scenario, record, audit(scenario, record));
}

TEST_CASE("verdict: names and exit codes") {
  CHECK(name_of(Status::pass) == "PASS");
  CHECK(name_of(Status::missed) == "MISSED");
  CHECK(name_of(Status::violated) == "VIOLATED");
  CHECK(name_of(Status::invalid) == "INVALID");
  CHECK(name_of(Status::interrupted) == "INTERRUPTED");
  CHECK(exit_code_of(Status::pass) == 0);
  CHECK(exit_code_of(Status::missed) == 3);
  CHECK(exit_code_of(Status::violated) == 4);
  CHECK(exit_code_of(Status::invalid) == 5);
  CHECK(exit_code_of(Status::interrupted) == 130);
}

TEST_CASE("verdict: a run that holds everything passes, with every check shown") {
  const Scenario scenario =
      small_scenario({R"(target={"rate":"1k/s","of":"paid"})",
                      R"(thresholds=["latency.dispatched.p99 < 1s","audit.violations == 0"])"});
  const Verdict verdict = judged(scenario, finished(scenario));
  CHECK(verdict.status == Status::pass);
  REQUIRE(verdict.checks.size() == 3);
  CHECK(
      contains(verdict.checks[0].expression, target_metric(scenario, measure::Runtime::pace_max)));
  CHECK(verdict.checks[0].value > 1000);
  CHECK(verdict.checks[1].expression == "latency.dispatched.p99 < 1s");
  for (const Check& check : verdict.checks) {
    CHECK(check.holds);
    CHECK_FALSE(check.measured.empty());
  }
  CHECK(verdict.doubts.empty());
}

TEST_CASE("verdict: without target and thresholds there is nothing to miss") {
  const Scenario scenario = small_scenario();
  const Verdict verdict = judged(scenario, finished(scenario));
  CHECK(verdict.status == Status::pass);
  CHECK(verdict.checks.empty());
}

TEST_CASE("verdict: a missed target and a missed threshold") {
  const Scenario target = small_scenario({R"(target={"rate":"1M/s","of":"paid"})"});
  CHECK(judged(target, finished(target)).status == Status::missed);
  const Scenario threshold =
      small_scenario({R"(thresholds=["offered.count > 0","latency.dispatched.p50 < 1us"])"});
  const Verdict verdict = judged(threshold, finished(threshold));
  CHECK(verdict.status == Status::missed);
  REQUIRE(verdict.checks.size() == 2);
  CHECK(verdict.checks[0].holds);
  CHECK_FALSE(verdict.checks[1].holds);
}

TEST_CASE("verdict: the target is held against the best second or the machine") {
  CHECK(target_metric(small_scenario({"target.of=paid"}), measure::Runtime::pace_real) ==
        "paid.rate.peak");
  CHECK(target_metric(small_scenario({}), measure::Runtime::pace_max) == "reserved.rate.machine");
}

TEST_CASE("verdict: a late generator makes a run at pace real invalid") {
  const Scenario real =
      small_scenario({"run.pace=real", "run.generator_lag_limit=1ms", "duration=100ms"});
  RunRecord record = finished(real);
  for (int i = 0; i < 100; ++i) record.generator_lag.record(5'000'000);
  const Verdict verdict = judged(real, record);
  CHECK(verdict.status == Status::invalid);
  CHECK_FALSE(verdict.doubts.empty());
  // At pace max there is no generator to be late.
  const Scenario max = small_scenario({"run.generator_lag_limit=1ms", "duration=100ms"});
  record.runtime = measure::Runtime::pace_max;
  CHECK(judged(max, record).status == Status::pass);
}

TEST_CASE("verdict: one late arrival in a thousand is no doubt") {
  const Scenario real = small_scenario({"run.pace=real", "run.generator_lag_limit=1ms"});
  RunRecord record = finished(real);
  for (int i = 0; i < 999; ++i) record.generator_lag.record(1000);
  record.generator_lag.record(9'000'000'000);
  CHECK(judged(real, record).status == Status::pass);
}

TEST_CASE("verdict: a run without arrivals proves nothing") {
  const Scenario scenario = small_scenario({"traffic.curve[0].rate=0/s"});
  CHECK(judged(scenario, finished(scenario)).status == Status::invalid);
}

// Every combination of what can be wrong: law, interruption, doubt, threshold, in this order.
TEST_CASE("verdict: what is worse outranks what is less bad") {
  for (unsigned wrong = 0; wrong < 16; ++wrong) {
    const bool law = (wrong & 1U) != 0;
    const bool interrupted = (wrong & 2U) != 0;
    const bool late = (wrong & 4U) != 0;
    const bool missed = (wrong & 8U) != 0;
    INFO("law " << law << " interrupted " << interrupted << " late " << late << " missed "
                << missed);
    const Scenario scenario = small_scenario(
        {"duration=50ms", "run.pace=real", "run.generator_lag_limit=1ms",
         std::string("thresholds=[\"offered.count ") + (missed ? "<" : ">") + " 1\"]"});
    RunRecord record = finished(scenario);
    if (law) ++record.payments.paid;
    record.interrupted = interrupted;
    record.generator_lag.record(late ? 5'000'000 : 1000);
    const Status expected = law           ? Status::violated
                            : interrupted ? Status::interrupted
                            : late        ? Status::invalid
                            : missed      ? Status::missed
                                          : Status::pass;
    CHECK(judged(scenario, record).status == expected);
  }
}

}  // namespace
}  // namespace double11::report
