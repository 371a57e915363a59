// What a client that waits for answers does not see: the published figures, and the same stall
// simulated in a closed and in an open loop.
#include <double11/core/units.hpp>
#include <double11/measure/histogram.hpp>
#include <double11/study/coordinated_omission.hpp>

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

using study::ExactTimes;
using study::OmissionFigure;

constexpr std::chrono::milliseconds kInterval{10};

// One user: an answer takes 1 ms, the next request comes 9 ms after it. A stall of 100 s less the
// 1 ms of the service itself meets request 10,001.
constexpr const char* kClosed = R"({
  "name": "one-user-at-a-time", "duration": "201s", "simulate": {"until": "200012ms"},
  "traffic": {"curve": [{"at": "0s", "rate": "1/s"}]},
  "network": {
    "population": 1, "think": {"distribution": "constant", "mean": "9ms"},
    "stations": [{"name": "server", "service": {"distribution": "constant", "mean": "1ms"}}],
    "slowdowns": [{"station": "server", "at": "100009ms", "duration": "99999ms", "factor": 0}]}})";

// The same server and stall; a request every 10 ms, whatever became of the ones before.
constexpr const char* kOpen = R"({
  "name": "on-schedule", "duration": "201s",
  "traffic": {"arrivals": "constant",
              "curve": [{"at": "0s", "rate": "100/s"}, {"at": "200s", "rate": "0/s"}]},
  "network": {
    "stations": [{"name": "server", "servers": 20000,
                  "service": {"distribution": "constant", "mean": "1ms"}}],
    "slowdowns": [{"station": "server", "at": "100005ms", "duration": "99999ms", "factor": 0}]}})";

std::vector<Duration> latencies_of(const char* json, const DemoRunner& runner) {
  std::vector<Duration> times;
  virtual_time::NetworkOptions options;
  options.on_departure = [&times](const virtual_time::Departure& visit) {
    times.emplace_back(visit.ended_ns - visit.arrived_ns);
  };
  const scenario::Scenario scenario = scenario_of(json);
  (void)runner.simulate_network(scenario, 0, options);
  return times;
}

std::string text_of(OmissionFigure::Unit unit, double value) {
  if (unit == OmissionFigure::Unit::count) return fmt::format("{:.0f}", value);
  if (unit == OmissionFigure::Unit::share) return fmt::format("{:.2f}%", value * 100);
  return value < 1 ? fmt::format("{:.4f} ms", value * 1e3) : fmt::format("{:.4f} s", value);
}

std::string seconds_text(Duration time) {
  return time < kInterval ? fmt::format("{:.0f} ms", seconds_of(time) * 1e3)
                          : fmt::format("{:.1f} s", seconds_of(time));
}

// One by one, to the microsecond: planned arrivals are whole nanoseconds.
bool are_the_same(const ExactTimes& one, const ExactTimes& other) {
  return std::equal(one.sorted().begin(), one.sorted().end(), other.sorted().begin(),
                    other.sorted().end(), [](Duration a, Duration b) {
                      return std::chrono::abs(a - b) < std::chrono::microseconds(1);
                    });
}

measure::Histogram recorded(const ExactTimes& times) {
  measure::Histogram histogram;
  for (const Duration time : times.sorted()) histogram.record(time.count());
  return histogram;
}

}  // namespace

void demo_coordinated_omission(Story& story, const DemoRunner& runner) {
  runner.progress("simulating a server that stands still for 100 s");
  const ExactTimes closed(latencies_of(kClosed, runner));
  const ExactTimes open(latencies_of(kOpen, runner));
  const ExactTimes corrected(study::with_omitted(closed.sorted(), kInterval));

  StoryTable table{"Published (HdrHistogram) beside simulated here, figure by figure:",
                   {"", "#published raw", "#closed loop", "#published corrected", "#open loop"},
                   {}};
  int reproduced = 0;
  for (const OmissionFigure& figure : study::published_omission()) {
    const double raw = figure.of(closed);
    const double full = figure.of(open);
    reproduced += study::agrees(figure, figure.raw, raw) ? 1 : 0;
    reproduced += study::agrees(figure, figure.corrected, full) ? 1 : 0;
    table.rows.push_back({std::string(figure.name), text_of(figure.unit, figure.raw),
                          text_of(figure.unit, raw), text_of(figure.unit, figure.corrected),
                          text_of(figure.unit, full)});
  }
  const std::size_t figures = 2 * table.rows.size();

  story.answer(fmt::format(
      "Because it waits, too. While the server stood still for 100 s the tester asked nothing, so "
      "it recorded 1 slow answer of {}; on schedule half of all {} requests were slow. {} of {} "
      "published figures are reproduced (the published test asks for 0.1 %).",
      grouped(closed.count()), grouped(open.count()), reproduced, figures));
  story.say(
      "One server, two clients that each mean to send 100 requests/s. It answers in 1 ms for 100 "
      "s, then it stands still for 100 s. The closed loop sends a request when it has the answer "
      "to the one before. The open loop sends one every 10 ms, as buyers come whatever the shop "
      "does.");
  story.show(std::move(table));
  story.say(fmt::format(
      "The published rule puts beside a latency of t those of the requests that were due "
      "meanwhile: t - 10 ms, t - 20 ms and so on. Applied to the closed loop's {} records it gives "
      "{} latencies, and these are {} that the open loop measured, to the microsecond. The "
      "published mean is that "
      "of a stall without steps, (1 ms + 50 s) / 2; p99.99 is given there as about 100 s.",
      grouped(closed.count()), grouped(corrected.count()),
      are_the_same(corrected, open) ? "one by one those" : "NOT those"));

  StoryBars bars{"What the 99th percentile says of the same 200 s:", {}};
  const auto add = [&bars](const char* label, Duration value) {
    bars.bars.push_back({label, seconds_of(value), seconds_text(value)});
  };
  add("closed loop", closed.quantile(0.99));
  add("open loop", open.quantile(0.99));
  add("rule applied", corrected.quantile(0.99));
  story.show(std::move(bars));

  const measure::Histogram histogram = recorded(open);
  story.say(fmt::format(
      "This program's own recorder keeps counts exactly ({}) and values to 0.8 %: it says p75 {}, "
      "p90 {}, p99 {}, max {}. Latency here always counts from the planned arrival, so nothing has "
      "to be corrected; `run --pace real` reports how late its own generator was.",
      grouped(histogram.count()), seconds_text(Duration(histogram.quantile(0.75))),
      seconds_text(Duration(histogram.quantile(0.9))),
      seconds_text(Duration(histogram.quantile(0.99))), seconds_text(Duration(histogram.max()))));
  story.source(
      "Gil Tene, HdrHistogram, HistogramDataAccessTest.java, "
      "https://github.com/HdrHistogram/HdrHistogram");
  story.source("Gil Tene, \"How NOT to measure latency\", Strange Loop 2015");
  story.next(
      "double11 simulate smoke --set 'faults=[{\"at\":\"500ms\",\"duration\":\"1s\",\"of\":"
      "\"payment\",\"factor\":0}]'",
      "a second of outage in a sale, with every order's wait in the percentiles");
  story.next("double11 demo open-closed", "the same two loops at every load");
}

}  // namespace double11::cli
