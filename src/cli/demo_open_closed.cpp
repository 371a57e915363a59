// The same server under open and under closed loop traffic.
#include <double11/core/units.hpp>
#include <double11/report/replications.hpp>
#include <double11/study/knee.hpp>
#include <double11/study/theory/limited.hpp>
#include <double11/study/theory/mg1.hpp>
#include <double11/study/theory/mmc.hpp>

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
constexpr std::uint64_t kReplications = 5;
constexpr double kScv = 20;

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

// By replication.
struct Measured {
  std::vector<double> rates_per_s;
  std::vector<double> means_ms;
};

Measured measured(const std::string& json, const DemoRunner& runner) {
  const scenario::Scenario scenario = scenario_of(json);
  Measured found;
  for (std::uint64_t i = 0; i < kReplications; ++i) {
    const virtual_time::NetworkRecord record = runner.simulate_network(scenario, i);
    const virtual_time::StationRecord& server = record.stations.front();
    found.rates_per_s.push_back(static_cast<double>(server.completions) / record.observed_s());
    found.means_ms.push_back(server.sojourn.moments.mean_ns() * 1e-6);
  }
  return found;
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
  StoryTable table{
      fmt::format("The same throughput from both kinds of traffic, mean response time in ms over "
                  "{} times half an hour, with 95% intervals:",
                  kReplications),
      {"users", "#rate/s", "#closed loop", "#theory", "#open loop", "#theory"},
      {}};
  StoryTable variable{
      "The same with services of 20 times the variance (scv 20):",
      {"users", "#rate/s", "#closed loop", "#open loop", "#theory", "#theory at scv 1"},
      {}};
  const KeptRows kept_variable(story, variable);
  const KeptRows kept_rows(story, table);
  double closed_ms = 0;
  double open_ms = 0;
  double closed_by_variance = 0;
  double open_by_variance = 0;
  for (const double utilisation : {0.5, 0.8, 0.9, 0.98}) {
    runner.progress(fmt::format("simulating both at {:.0f} %", utilisation * 100));
    const std::int64_t users =
        study::users_for_utilisation(utilisation, kThinksPerS, kServicesPerS, 1);
    const Measured in_closed = measured(closed(users, kExponential), runner);
    const double rate_per_s = report::estimate(in_closed.rates_per_s).mean;
    const Measured in_open = measured(open(rate_per_s, kExponential), runner);
    const double theory_s =
        study::theory::closed_mmc(users, kThinksPerS, kServicesPerS, 1).mean_sojourn;
    table.rows.push_back(
        {grouped(users), fmt::format("{:.1f}", rate_per_s), interval_text(in_closed.means_ms, 1),
         fmt::format("{:.1f}", theory_s * 1e3), interval_text(in_open.means_ms, 1),
         fmt::format("{:.1f}", study::theory::mm1(rate_per_s, kServicesPerS).mean_sojourn * 1e3)});
    closed_ms = report::estimate(in_closed.means_ms).mean;
    open_ms = report::estimate(in_open.means_ms).mean;

    const Measured varied = measured(closed(users, kVariable), runner);
    const double varied_per_s = report::estimate(varied.rates_per_s).mean;
    const study::theory::Law law =
        study::theory::balanced_hyperexponential_law(kScv, 1 / kServicesPerS);
    const double theory_ms = study::theory::mg1(varied_per_s, law).mean_sojourn * 1e3;
    const double plain_ms = study::theory::mm1(varied_per_s, kServicesPerS).mean_sojourn * 1e3;
    const Measured varied_open = measured(open(varied_per_s, kVariable), runner);
    variable.rows.push_back({grouped(users), fmt::format("{:.1f}", varied_per_s),
                             interval_text(varied.means_ms, 0),
                             interval_text(varied_open.means_ms, 0),
                             fmt::format("{:.0f}", theory_ms), fmt::format("{:.0f}", plain_ms)});
    closed_by_variance = report::estimate(varied.means_ms).mean / closed_ms;
    open_by_variance = report::estimate(varied_open.means_ms).mean / plain_ms;
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
      fmt::format("{:.0f} ms", closed_ms), fmt::format("{:.0f} ms", open_ms),
      short_duration(Duration(std::llround(patient.values.back()))),
      short_duration(Duration(std::llround(real.values.back())))));
  story.say(
      "One server of 10 ms on average, good for 100/s. In the closed loop a fixed number of users "
      "think 1 s, ask, wait, think again, as most load testers do. In the open loop requests come "
      "at random at the very rate that the closed loop reached, as buyers come to a sale.");
  story.show(std::move(table));
  story.show(std::move(variable));
  story.say(fmt::format(
      "A closed loop cannot overload a server: no more requests can be under way than there are "
      "users, and each one that waits is one that does not ask. So the response time has a bound. "
      "Variable services make the last line's users wait {:.1f} times as long as before, and an "
      "open loop at the same rate {:.1f} times: its queue takes whatever comes.",
      closed_by_variance, open_by_variance));
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
