// Latency against load for one stage, and where the curve bends.
#include <double11/core/units.hpp>
#include <double11/study/knee.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/mmc.hpp>

#include <cmath>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

constexpr std::int64_t kServers = 10;
constexpr double kServicesPerS = 10;  // of one server

constexpr const char* kSale = R"({
  "name": "knee", "duration": "20min",
  "traffic": {"curve": [{"at": "0s", "rate": "100/s"}], "buyers": "1M"},
  "catalogue": {"skus": 1000, "stock": "1M"},
  "payment": {"servers": 10, "latency": {"distribution": "exponential", "mean": "100ms"},
              "timeout": "1d"},
  "inventory": {"reservation_ttl": "2d"}})";

std::string milliseconds_text(double seconds) {
  return std::isfinite(seconds) ? fmt::format("{:.0f}", seconds * 1e3) : "no limit";
}

}  // namespace

void demo_knee(Story& story, const DemoRunner& runner) {
  StoryTable table{
      "Payment with 10 servers of 100 ms on average, good for 100/s; 20 minutes of each load, "
      "times from planned arrival to dispatch in ms:",
      {"load", "#p50", "#p90", "#p99", "#p99.9", "#theory: p50", "#p99", "#who must wait"},
      {}};
  StoryBars bars{"p99 by load:", {}};
  for (const double load : {0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.05}) {
    const std::string name = fmt::format("{:.0f}%", load * 100);
    runner.progress("simulating load " + name);
    const scenario::Scenario scenario = scenario_of(kSale, {fmt::format("traffic.scale={}", load)});
    const measure::RunRecord record = runner.simulate(scenario);
    const measure::Histogram& times = record.latency[index_of(Funnel::dispatched)];
    const auto quantile = [&times](double share) {
      return milliseconds_text(static_cast<double>(times.quantile(share)) * 1e-9);
    };
    const double rate_per_s = load * kServicesPerS * static_cast<double>(kServers);
    const auto theory = [rate_per_s](double share) {
      return milliseconds_text(
          study::theory::mmc_sojourn_quantile(rate_per_s, kServicesPerS, kServers, share));
    };
    const double waiting = study::theory::erlang_c(kServers, rate_per_s / kServicesPerS);
    table.rows.push_back({name, quantile(0.5), quantile(0.9), quantile(0.99), quantile(0.999),
                          theory(0.5), theory(0.99), fmt::format("{:.1f}%", waiting * 100)});
    if (load < 1) {
      bars.bars.push_back({name, static_cast<double>(times.quantile(0.99)),
                           short_duration(Duration(times.quantile(0.99)))});
    }
  }
  const double power = study::knee_of_power(kServers);
  const double half_more = study::load_where_time_grows(kServers, 0.99, 1.5);
  const double twice = study::load_where_time_grows(kServers, 0.99, 2);
  story.answer(fmt::format(
      "Up to about {:.0f}% more load costs next to nothing; there the curve bends. At {:.0f}% the "
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
      "of the run and nothing else: theory refuses to answer. Near 100% even 20 minutes are a "
      "small sample: there the simulated p99 can be far from the long run's.");
  story.source(
      "A. K. Erlang, 1917; L. Kleinrock, \"Power and deterministic rules of thumb for "
      "probabilistic problems in computer communications\", ICC 1979");
  story.next("double11 simulate double11-2017-minute --scale 0.01 --set traffic.scale=1.4",
             "the 2017 minute beyond the knee of its payment stage");
  story.next("double11 validate mmc", "the same queue beside its formulas");
}

}  // namespace double11::cli
