// The same server under open and under closed loop traffic.
#include <double11/core/units.hpp>
#include <double11/study/knee.hpp>
#include <double11/study/theory/limited.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

constexpr double kServicesPerS = 100;
constexpr double kThinksPerS = 1;
constexpr std::size_t kIntervals = 60;

// One server of 10 ms on average. `service` is a law, without its mean.
std::string network(const std::string& traffic, const std::string& service,
                    const std::string& population) {
  return fmt::format(
      R"({{"name": "open-closed", "duration": "30min", "simulate": {{"warm_up": "1min"}},
           "traffic": {{"curve": [{{"at": "0s", "rate": "{}/s"}}]}},
           "network": {{{} "stations": [{{"name": "server",
                        "service": {{{}, "mean": "10ms"}}}}]}}}})",
      traffic, population, service);
}

constexpr const char* kExponential = R"("distribution": "exponential")";
constexpr const char* kVariable = R"("distribution": "hyperexponential", "scv": 20)";

std::string closed(std::int64_t users, const char* service) {
  return network("1", service,
                 fmt::format(R"("population": {}, "think": {{"mean": "1s"}},)", users));
}

std::string open(double rate_per_s, const char* service) {
  return network(fmt::format("{:.6f}", rate_per_s), service, "");
}

struct Measured {
  double rate_per_s = 0;
  double mean_s = 0;
  double p99_s = 0;
};

Measured measured(const std::string& json, const DemoRunner& runner) {
  const virtual_time::NetworkRecord record = runner.simulate_network(scenario_of(json));
  const virtual_time::StationRecord& server = record.stations.front();
  return {static_cast<double>(server.completions) / record.observed_s(),
          server.sojourn.moments.mean_ns() * 1e-9,
          static_cast<double>(server.sojourn.histogram.quantile(0.99)) * 1e-9};
}

std::string milliseconds_text(double seconds) {
  return grouped(std::llround(seconds * 1e3));
}

// Mean response time of what was answered in each 30 s of half an hour.
StoryTimeline response_over_time(const std::string& json, const std::string& caption,
                                 const DemoRunner& runner) {
  StoryTimeline timeline{caption,
                         "response time",
                         StoryTimeline::Unit::nanoseconds,
                         std::chrono::seconds(30),
                         std::vector<double>(kIntervals),
                         0,
                         ""};
  std::vector<double> counts(kIntervals);
  virtual_time::NetworkOptions options;
  options.on_departure = [&](const virtual_time::Departure& visit) {
    const auto interval = static_cast<std::size_t>(visit.ended_ns / timeline.spacing.count());
    if (interval >= kIntervals) return;
    timeline.values[interval] += static_cast<double>(visit.ended_ns - visit.arrived_ns);
    ++counts[interval];
  };
  (void)runner.simulate_network(scenario_of(json), 0, options);
  for (std::size_t i = 0; i < kIntervals; ++i) {
    if (counts[i] > 0) timeline.values[i] /= counts[i];
  }
  return timeline;
}

}  // namespace

void demo_open_closed(Story& story, const DemoRunner& runner) {
  StoryTable table{"The same throughput from both kinds of traffic, response time in ms:",
                   {"busy", "#users", "#rate/s", "#closed: mean", "#p99", "#theory", "#open: mean",
                    "#p99", "#scv 20: closed", "#open"},
                   {}};
  double closed_s = 0;
  double open_s = 0;
  for (const double utilisation : {0.5, 0.8, 0.9, 0.98}) {
    runner.progress(fmt::format("simulating both at {:.0f} %", utilisation * 100));
    const std::int64_t users =
        study::users_for_utilisation(utilisation, kThinksPerS, kServicesPerS, 1);
    const Measured in_closed = measured(closed(users, kExponential), runner);
    const Measured in_open = measured(open(in_closed.rate_per_s, kExponential), runner);
    const Measured variable_closed = measured(closed(users, kVariable), runner);
    const Measured variable_open = measured(open(variable_closed.rate_per_s, kVariable), runner);
    const double theory_s =
        study::theory::closed_mmc(users, kThinksPerS, kServicesPerS, 1).mean_sojourn;
    table.rows.push_back(
        {fmt::format("{:.0f}%", in_closed.rate_per_s / kServicesPerS * 100), grouped(users),
         fmt::format("{:.1f}", in_closed.rate_per_s), milliseconds_text(in_closed.mean_s),
         milliseconds_text(in_closed.p99_s), milliseconds_text(theory_s),
         milliseconds_text(in_open.mean_s), milliseconds_text(in_open.p99_s),
         milliseconds_text(variable_closed.mean_s), milliseconds_text(variable_open.mean_s)});
    closed_s = in_closed.mean_s;
    open_s = in_open.mean_s;
  }
  runner.progress("simulating an overload");
  constexpr std::int64_t kUsers = 120;  // 120/s as long as nothing is slow
  const StoryTimeline patient = response_over_time(
      closed(kUsers, kExponential), "Closed loop, 120 users who would make 120/s:", runner);
  const StoryTimeline real =
      response_over_time(open(120, kExponential), "Open loop, 120/s whatever happens:", runner);

  story.answer(fmt::format(
      "Because its users waited politely. At the same 98 requests/s the closed loop's mean "
      "response was {} and the open loop's {}; and at 20% overload the closed loop settles at "
      "{}, while the open one is at {} after half an hour and has no end.",
      short_duration(Duration(std::llround(closed_s * 1e9))),
      short_duration(Duration(std::llround(open_s * 1e9))),
      short_duration(Duration(std::llround(patient.values.back()))),
      short_duration(Duration(std::llround(real.values.back())))));
  story.say(
      "One server of 10 ms on average, good for 100/s. In the closed loop a fixed number of users "
      "think 1 s, ask, wait, think again, as most load testers do. In the open loop requests come "
      "at random at the very rate that the closed loop reached, as buyers come to a sale.");
  story.show(std::move(table));
  story.say(
      "A closed loop cannot overload a server: no more requests can be under way than there are "
      "users, and each one that waits is one that does not ask. So the response time has a bound, "
      "and variability hardly matters (scv 20: services with 20 times the variance of exponential "
      "ones). In an open loop the queue takes whatever comes.");
  story.show(patient);
  story.show(real);
  story.source(
      "Schroeder, Wierman, Harchol-Balter, \"Open Versus Closed: A Cautionary Tale\", NSDI 2006, "
      "https://www.usenix.org/legacy/event/nsdi06/tech/");
  story.source("Theory: M/M/1//N, machine repair (Palm 1947)");
  story.next("double11 demo coordinated-omission", "what the same politeness does to percentiles");
  story.next("double11 run smoke --pace real",
             "every run here is an open loop: arrivals are planned, latency counts from there");
}

}  // namespace double11::cli
