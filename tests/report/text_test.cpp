// The report for people: its shape, for runs of every kind.
#include <double11/report/result.hpp>
#include <double11/scenario/scaled.hpp>

#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "report/records.hpp"
#include "report/text_parts.hpp"
#include "scenarios.hpp"
#include "temporary_file.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What must be true of every report.
void check_shape(const Scenario& scenario, const RunRecord& record) {
  const Result result = conclude(scenario, record);
  const std::string report = text(result, "double11 run small", false);
  INFO(report);
  const auto lines = lines_of(report);
  REQUIRE(lines.size() > 20);
  CHECK(lines.front().rfind(std::string(name_of(result.verdict.status)), 0) == 0);
  CHECK(contains(report, "\nNext: double11 run small"));
  for (const std::string& line : lines) {
    INFO(line);
    CHECK(line.size() <= 80);
  }
  // As numbers: whole words, with whatever unit follows.
  for (const std::string& line : lines) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      INFO(line);
      CHECK(word.find("nan") == std::string::npos);
      CHECK(word.rfind("inf", 0) != 0);
      CHECK(word.rfind("-inf", 0) != 0);
    }
  }
  CHECK(report.find('\x1b') == std::string::npos);
}

TEST_CASE("text: verdict first, 80 columns, no nan, ends with Next") {
  const std::vector<std::vector<std::string>> kinds{
      {},
      {"duration=1ms"},
      {"traffic.arrivals=mmpp"},
      {"duration=100s", "traffic.curve[0].rate=20/s"},
      {"traffic.curve[0].rate=0/s"},
      {"payment.timeout=1ms"},
      {"payment.servers=1", "payment.queue_limit=0"},
      {"admission.in_flight_limit=1", "admission.queue_limit=0"},
      {"catalogue.stock=0", "catalogue.hot.stock=0"},
      {R"(target={"rate":"1k/s","of":"paid"})", R"(thresholds=["latency.dispatched.p99 < 1s"])"},
      {R"(target={"rate":"100M/s","of":"dispatched"})"},
      {"payment.attempts=3", "payment.decline_probability=0.5",
       R"(traffic.segments=[{"name":"those who have waited for this night all the year","share":0.1},)"
       R"({"name":"others","share":0.9}])"},
      {"run.pace=real"},
      {"run.placement=staged", "seed=9000000000000000000"}};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    INFO("kind " << i);
    const Scenario scenario = small_scenario(kinds[i]);
    check_shape(scenario, finished(scenario));
  }
}

TEST_CASE("text: segments and repeated payments are there when the scenario has them") {
  const auto report_of = [](const std::vector<std::string>& overrides) {
    const Scenario scenario = small_scenario(overrides);
    return text(conclude(scenario, finished(scenario)), "double11 run small", false);
  };
  const std::string plain = report_of({});
  CHECK_FALSE(contains(plain, "Segments"));
  CHECK_FALSE(contains(plain, "tried again"));
  const std::string both =
      report_of({"payment.attempts=2", R"(traffic.segments=[{"name":"plus members","share":0.1},)"
                                       R"({"name":"others","share":0.9}])"});
  CHECK(contains(both, "payments tried again: "));
  CHECK(contains(both, "  plus members"));
}

TEST_CASE("text: an empty record is reported, too") {
  const Scenario scenario = small_scenario();
  check_shape(scenario, RunRecord(scenario));
}

TEST_CASE("text: broken laws, doubts and an interruption") {
  const Scenario scenario = small_scenario({"run.pace=real", "run.generator_lag_limit=1ms"});
  RunRecord record = finished(scenario);
  record.interrupted = true;
  check_shape(scenario, record);
  record.generator_lag.record(10'000'000'000);
  record.interrupted = false;
  check_shape(scenario, record);
  record.parcels.parcels += 1;
  record.parcels.id_sum += UINT64_MAX / 3;
  record.available[499] -= 2'000'000;
  record.payments.captured += {1'000'000'000'000'000};
  check_shape(scenario, record);
  const Result result = conclude(scenario, record);
  const std::string report = text(result, "double11 run small", false);
  for (const Law& law : result.audit.laws) CHECK(contains(report, law.name.substr(0, 20)));
  CHECK(contains(report, "499"));
}

TEST_CASE("text: a long title, long names and long thresholds are wrapped") {
  std::string title;
  for (int i = 0; i < 24; ++i) title += "sale of the ";
  title.resize(200, 'x');
  const Scenario scenario = small_scenario(
      {"title=" + title,
       R"(thresholds=["latency.dispatched.p99.9     <=        123.456789ms","offered.count != 7"])",
       R"(logistics.warehouses=[{"name":"the great central warehouse of the eastern provinces",)"
       R"("region":"east","capacity":"10k/s"},{"name":"the second warehouse of the western plains)"
       R"(","region":"west","capacity":"10k/s"}])"});
  check_shape(scenario, finished(scenario));
}

TEST_CASE("text: colour is only where it is asked for") {
  const Scenario scenario = small_scenario();
  const RunRecord record = finished(scenario);
  const Result result = conclude(scenario, record);
  CHECK(contains(headline(result, true), "\x1b["));
  CHECK_FALSE(contains(headline(result, false), "\x1b["));
  CHECK(contains(text(result, "again", false), headline(result, false)));
}

TEST_CASE("text: the expressions come with their measured values") {
  const Scenario scenario = small_scenario(
      {R"(target={"rate":"100M/s","of":"paid"})", R"(thresholds=["outcome.shed.count == 0"])"});
  const RunRecord record = finished(scenario);
  const Result result = conclude(scenario, record);
  const std::string head = headline(result, false);
  REQUIRE(result.verdict.checks.size() == 2);
  for (const Check& check : result.verdict.checks) {
    CHECK(contains(head, check.expression));
    CHECK(contains(head, check.measured));
  }
  CHECK(contains(head, "MISSED"));
  // What was missed comes with the setting that would move it.
  CHECK(contains(text(result, "again", false), "Next: again --set " + result.bottleneck.setting));
}

TEST_CASE("a command is broken between its words, and a shell puts it together again") {
  const std::string value = "'traffic.curve=[{\"at\":\"0s\", \"rate\":\"1k/s\"}]'";
  const std::string command =
      "Next: double11 simulate a-scenario-of-a-long-name --set " + value + " --set it=\\' --quiet";
  const std::string text = wrapped_command(command, "  ");
  CHECK(widest_line(text) <= 80);
  CHECK(contains(text, value));
  std::string joined = text.substr(0, text.size() - 1);
  for (std::size_t at; (at = joined.find(" \\\n  ")) != std::string::npos;) {
    joined.replace(at, 5, " ");
  }
  CHECK(joined == command);
  CHECK(joined.size() > 80);
}

TEST_CASE("text: what to run next is within 80 columns, and its purpose with it") {
  const Scenario scenario = small_scenario();
  const RunRecord record = finished(scenario);
  const Result result = conclude(scenario, record);
  CHECK(contains(text(result, "double11 run x", false),
                 "\nNext: double11 run x --set traffic.scale=2   (twice the load)\n"));
  const std::string long_again = "double11 run x --set payment.servers=20k --set seed=123456";
  const std::string page = text(result, long_again, false);
  CHECK(widest_line(page) <= 80);
  CHECK(contains(page, "\nNext: " + long_again + " --set \\\n  traffic.scale=2\n"));
  CHECK(page.substr(page.size() - 19) == "  (twice the load)\n");
}

TEST_CASE("text: orders of a file that come after the end are counted") {
  const std::string header = "at,buyer,sku,quantity,price,region\n";
  const TemporaryFile some("some.csv", header + "0,0,0,1,,east\n0.5,0,0,1,,east\n1,0,0,1,,east\n");
  for (const std::string door : {"traffic.retry.attempts=1", "traffic.retry.attempts=2"}) {
    const Scenario scenario = small_scenario({"traffic.replay=" + some.path(), door});
    const RunRecord record = finished(scenario);
    const std::string page = text(conclude(scenario, record), "double11 run x", false);
    CHECK(contains(page, "replayed arrivals (2 of the 3 orders"));
  }
  const TemporaryFile all("all.csv", header + "0,0,0,1,,east\n");
  const Scenario scenario = small_scenario({"traffic.replay=" + all.path()});
  const RunRecord record = finished(scenario);
  CHECK(contains(text(conclude(scenario, record), "double11 run x", false),
                 "replayed arrivals, seed"));
}

TEST_CASE("text: says that a sale is scaled, and where its assumptions can be read") {
  const Scenario whole = small_scenario({R"(assumptions=["one","two"])"});
  const RunRecord record = finished(whole);
  const std::string page =
      text(conclude(whole, record), "double11 run 'my sale.json' --set seed=3", false);
  CHECK(contains(page,
                 "Assumptions: the scenario states 2. To read them:\n"
                 "  double11 scenario show 'my sale.json'\n"));
  CHECK_FALSE(contains(page, "Scaled:"));
  CHECK_FALSE(contains(page, ", scale "));
  const Scenario small =
      scenario::scaled(small_scenario({"simulate.scale=0.1", R"(assumptions=["one"])"}));
  const RunRecord tenth = finished(small);
  const std::string scaled = text(conclude(small, tenth), "double11 simulate small", false);
  CHECK(contains(scaled, "\nScaled: 0.1 times that sale"));
  CHECK(contains(scaled, ", scale 0.1, seed"));
  CHECK(contains(scaled, "states 1. To read it:\n  double11 scenario show small\n"));
  const Scenario none = small_scenario();
  const RunRecord plain = finished(none);
  CHECK_FALSE(contains(text(conclude(none, plain), "double11 run small", false), "Assumptions"));
}

}  // namespace
}  // namespace double11::report
