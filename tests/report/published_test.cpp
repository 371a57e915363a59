// Published points beside what was run: values by hand, chance, and points that are not reached.
#include <double11/report/metrics.hpp>
#include <double11/report/published.hpp>
#include <double11/report/result.hpp>

#include <chrono>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using namespace std::chrono_literals;
using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

Scenario with_points(const std::string& points, const std::string& duration = "10s") {
  return small_scenario({"duration=" + duration, "published=[" + points + "]"});
}

std::vector<Compared> compared(const Scenario& scenario, const RunRecord& record) {
  return compare_published(scenario, record, audit(scenario, record));
}

// 100 dispatched in each of the first four seconds, 40 in the fifth.
RunRecord hand_made(const Scenario& scenario) {
  RunRecord record(scenario);
  record.traffic_end = Instant(scenario.duration);
  for (int second = 0; second < 5; ++second) {
    for (int i = 0; i < (second < 4 ? 100 : 40); ++i) {
      const Instant at(1s * second + 1ms * i);
      record.series.count(Funnel::dispatched, at);
      record.latency[index_of(Funnel::dispatched)].record(50'000'000);
    }
  }
  return record;
}

}  // namespace

TEST_CASE("published points: counts, rates and metrics by hand") {
  const Scenario scenario = with_points(
      R"({"at":"3500ms","what":"dispatched.count","value":"700"},
         {"at":"4s","what":"dispatched.rate","value":"50/s"},
         {"what":"dispatched.count","value":"400"},
         {"what":"latency.dispatched.p50","value":"100ms"})");
  const auto all = compared(scenario, hand_made(scenario));
  REQUIRE(all.size() == 4);
  CHECK(all[0].here == 350);
  CHECK(all[0].off == Approx(-0.5));
  CHECK(all[1].here == 40);
  CHECK(all[1].off == Approx(-0.2));
  CHECK(all[2].here == 440);
  CHECK(all[2].off == Approx(0.1));
  CHECK(all[3].here == Approx(50e6).epsilon(0.01));
  CHECK(all[0].published_text == "700");
  CHECK(all[1].published_text == "50/s");
  CHECK(all[3].published_text == "100ms");
}

TEST_CASE("published points: three deviations of chance and the tolerance are allowed, not more") {
  // 440 orders vary by 21, so 14.3 % of them are allowed by chance.
  const auto met = [](const std::string& value, const std::string& tolerance) {
    const Scenario scenario = with_points(R"({"what":"dispatched.count","value":")" + value +
                                          R"(","tolerance":")" + tolerance + R"("})");
    return compared(scenario, hand_made(scenario)).front().met;
  };
  CHECK(met("390", "0%"));
  CHECK_FALSE(met("380", "0%"));
  CHECK(met("380", "2%"));
  CHECK(met("510", "0%"));
  CHECK_FALSE(met("520", "0%"));
  // Durations and shares are held against the tolerance alone.
  const Scenario latency =
      with_points(R"({"what":"latency.dispatched.p50","value":"52ms","tolerance":"2%"})");
  CHECK_FALSE(compared(latency, hand_made(latency)).front().met);
}

TEST_CASE("published points: chance of a rate is that of all orders behind it") {
  // 400 a second for 100 s: the mean varies by 0.5 %, a single second by 5 %.
  const auto met = [](const std::string& what, const std::string& value, Duration wall) {
    const Scenario scenario =
        with_points(R"({"what":")" + what + R"(","value":")" + value + R"("})", "100s");
    RunRecord record(scenario);
    record.traffic_end = Instant(100s);
    record.wall = wall;
    for (std::int64_t i = 0; i < 40'000; ++i) {
      record.series.count(Funnel::dispatched, Instant(2500us * i));
      record.latency[index_of(Funnel::dispatched)].record(50'000'000);
    }
    return compared(scenario, record).front().met;
  };
  CHECK(met("dispatched.rate.peak", "440/s", 1s));
  CHECK(met("dispatched.rate.mean", "404/s", 1s));
  CHECK_FALSE(met("dispatched.rate.mean", "440/s", 1s));
  CHECK(met("dispatched.rate.machine", "20.2k/s", 2s));
  CHECK_FALSE(met("dispatched.rate.machine", "22k/s", 2s));
}

TEST_CASE("published points: a rate at the end is that of the last whole interval") {
  const auto here = [](const std::string& at, const std::string& duration) {
    const Scenario scenario =
        with_points(R"({"at":")" + at + R"(","what":"dispatched.rate","value":"40/s"})", duration);
    return compared(scenario, hand_made(scenario)).front().here;
  };
  CHECK(here("5s", "5s") == 40);
  CHECK(here("5100ms", "5200ms") == 40);
  CHECK(here("4s", "10s") == 40);
  CHECK(here("5s", "10s") == 0);
}

TEST_CASE("published points: the metrics count what was missed and the largest deviation") {
  const Scenario scenario = with_points(R"({"what":"dispatched.count","value":"440"},
                                            {"at":"2s","what":"dispatched.count","value":"100"},
                                            {"at":"9s","what":"dispatched.count","value":"880"})");
  const RunRecord record = hand_made(scenario);
  const Audit laws = audit(scenario, record);
  CHECK(published_missed(scenario, record, laws) == 2);
  CHECK(published_off_most(scenario, record, laws) == Approx(1));
  CHECK(value_of(*scenario::find_metric("published.missed.count"), scenario, record, laws) == 2);
  CHECK(value_of(*scenario::find_metric("published.off_most"), scenario, record, laws) ==
        Approx(1));
}

TEST_CASE("published points: those after the end of the traffic are neither met nor missed") {
  const Scenario scenario = with_points(R"({"at":"9s","what":"dispatched.count","value":"880"})");
  RunRecord record = hand_made(scenario);
  record.traffic_end = Instant(8s);
  const auto all = compared(scenario, record);
  CHECK_FALSE(all[0].reached);
  CHECK(published_off_most(scenario, record, audit(scenario, record)) == 0);
  CHECK(published_missed(scenario, record, audit(scenario, record)) == 0);
  const Result result = conclude(scenario, record);
  CHECK(contains(text(result, "double11 run x", false), "later"));
  CHECK(contains(json(result), R"("here": null)"));
}

TEST_CASE("published points: turnover of a real run, over time and in all") {
  const Scenario scenario = with_points(R"({"at":"500ms","what":"turnover","value":"100k yuan"},
                                            {"at":"1s","what":"turnover","value":"200k yuan"},
                                            {"what":"turnover","value":"0.2M yuan"})",
                                        "1s");
  const RunRecord record = finished(scenario);
  const auto all = compared(scenario, record);
  const auto whole = static_cast<double>(record.books.turnover().fen);
  CHECK(all[2].here == whole);
  CHECK(all[2].published == 20e6);
  CHECK(all[0].here > 0.3 * whole);
  CHECK(all[0].here < all[1].here);
  CHECK(all[1].here <= whole);
  CHECK(all[0].here == record.books.turnover_over_time()->fen_until(Instant(500ms)));
}

TEST_CASE("published points: text and JSON show both sides and the deviation") {
  const Scenario scenario =
      with_points(R"({"at":"4s","what":"dispatched.count","value":"800","source":"a book"})");
  const RunRecord record = hand_made(scenario);
  const Result result = conclude(scenario, record);
  const std::string page = text(result, "double11 run x", false);
  CHECK(contains(page, "Published"));
  CHECK(contains(page, "dispatched.count"));
  CHECK(contains(page, "-50.00%    1% *"));
  CHECK(contains(page, " published "));
  CHECK(widest_line(page) <= 80);
  CHECK(contains(json(result), R"("source": "a book")"));
  CHECK(contains(json(result), R"("off": -0.5)"));
  const Scenario plain = small_scenario();
  const RunRecord other = finished(plain);
  CHECK_FALSE(contains(text(conclude(plain, other), "double11 run x", false), "Published"));
}

TEST_CASE("published points: the text shows the tolerance, the scale, and a gap between columns") {
  Scenario scenario = with_points(
      R"({"at":"4s","what":"dispatched.count","value":"10","tolerance":"8%"},
         {"at":"4s","what":"dispatched.rate","value":"42/s","tolerance":"5.5%"},
         {"what":"fairness.first_tenth.share","value":"50%"})");
  scenario.report.fairness = scenario::Switch::on;
  scenario.simulate.applied_scale = 0.01;
  const RunRecord record = hand_made(scenario);
  const std::string page = text(conclude(scenario, record), "double11 simulate x", false);
  INFO(page);
  CHECK(contains(page, " scaled "));
  CHECK(contains(page, "what was published times 0.01"));
  CHECK(contains(page, " 400   +3900%    8% *"));
  CHECK(contains(page, "-4.76%  5.5%\n"));
  CHECK(widest_line(page) <= 80);
}

}  // namespace double11::report
