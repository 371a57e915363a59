// Latency against load for one stage, and where the curve bends.
#include <double11/report/replications.hpp>
#include <double11/study/knee.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/mmc.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cmath>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

constexpr std::int64_t kServers = 10;
constexpr double kServicesPerS = 10;  // of one server
constexpr std::int64_t kReplications = 5;

constexpr const char* kSale = R"({
  "name": "knee", "duration": "10min",
  "traffic": {"curve": [{"at": "0s", "rate": "100/s"}], "buyers": "1M"},
  "catalogue": {"skus": 100, "stock": "1M"},
  "admission": {"in_flight_limit": "20k"},
  "payment": {"servers": 10, "latency": {"distribution": "exponential", "mean": "100ms"},
              "timeout": "1d"},
  "inventory": {"reservation_ttl": "2d"}})";

std::string milliseconds_text(double seconds) {
  return std::isfinite(seconds) ? fmt::format("{:.0f}", seconds * 1e3) : "no limit";
}

// By replication.
struct Percentiles {
  std::vector<double> p50_ms;
  std::vector<double> p99_ms;
};

Percentiles simulated(double load, const DemoRunner& runner) {
  const scenario::Scenario scenario = scenario_of(kSale, {fmt::format("traffic.scale={}", load)});
  Percentiles found;
  for (std::int64_t i = 0; i < kReplications; ++i) {
    const measure::RunRecord record = runner.simulate(virtual_time::replication_of(scenario, i));
    const measure::Histogram& times = record.latency[index_of(Funnel::dispatched)];
    const auto quantile_ms = [&times](double share) {
      return static_cast<double>(times.quantile(share)) * 1e-6;
    };
    found.p50_ms.push_back(quantile_ms(0.5));
    found.p99_ms.push_back(quantile_ms(0.99));
  }
  return found;
}

}  // namespace

void demo_knee(Story& story, const DemoRunner& runner) {
  StoryTable table{
      fmt::format("Payment with 10 servers of 100 ms on average, good for 100/s; {} times ten "
                  "minutes of each load, planned arrival to dispatch in ms, with 95% intervals:",
                  kReplications),
      {"load", "#p50", "#p99", "#theory: p50", "#p99", "#who must wait"},
      {}};
  const KeptRows kept_rows(story, table);
  StoryBars bars{"p99 by load:", {}};
  for (const double load : {0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.05}) {
    const std::string name = fmt::format("{:.0f}%", load * 100);
    runner.progress("simulating load " + name);
    const Percentiles measured = simulated(load, runner);
    const double rate_per_s = load * kServicesPerS * static_cast<double>(kServers);
    const auto theory = [rate_per_s](double share) {
      return milliseconds_text(
          study::theory::mmc_sojourn_quantile(rate_per_s, kServicesPerS, kServers, share));
    };
    const double waiting = study::theory::erlang_c(kServers, rate_per_s / kServicesPerS);
    table.rows.push_back({name, interval_text(measured.p50_ms, 0),
                          interval_text(measured.p99_ms, 0), theory(0.5), theory(0.99),
                          fmt::format("{:.1f}%", waiting * 100)});
    if (load < 1) {
      const double p99_ms = report::estimate(measured.p99_ms).mean;
      bars.bars.push_back({name, p99_ms, fmt::format("{:.0f} ms", p99_ms)});
    }
  }
  const double power = study::knee_of_power(kServers);
  const double half_more = study::load_where_time_grows(kServers, 0.99, 1.5);
  const double twice = study::load_where_time_grows(kServers, 0.99, 2);
  story.answer(fmt::format(
      "Up to a load of about {:.0f}% more throughput costs hardly any time; there the curve bends. "
      "At {:.0f}% the "
      "99th percentile is half as long again as in an empty system, at {:.0f}% twice as long, and "
      "above 100% there is no percentile to speak of.",
      power * 100, half_more * 100, twice * 100));
  story.show(std::move(bars));
  story.show(std::move(table));
  story.say(
      "Why so suddenly: nobody waits while a server is free, and of ten servers one nearly always "
      "is, until it is not. Who then waits, waits 1 / (capacity - rate) on average: 100 ms at "
      "90%, 1 s at 99%. The share that waits "
      "(last column) is Erlang's formula of 1917.");
  story.say(fmt::format(
      "Where the knee is, is a matter of definition. Kleinrock's is where power, throughput over "
      "mean response time, is largest: {:.1f}% with 10 servers, 50% with one, {:.1f}% with 100. "
      "Many servers can be kept busier at the same quality.",
      power * 100, study::knee_of_power(100) * 100));
  story.say(
      "Above 100% the queue grows as long as the overload lasts, so the last line tells the length "
      "of the run and nothing else: theory refuses to answer. Near 100% ten minutes are too short "
      "to see the long run that theory speaks of: the queue starts empty and has no time to grow.");
  story.source(
      "A. K. Erlang, 1917; L. Kleinrock, \"Power and deterministic rules of thumb for "
      "probabilistic problems in computer communications\", ICC 1979");
  story.next("double11 simulate double11-2017-minute --scale 0.01 --set traffic.scale=1.4",
             "the 2017 minute near the limit of its payment stage");
  story.next("double11 validate mmc_4", "the same queue beside its formulas");
}

}  // namespace double11::cli
