// L = lambda W, measured in three ways that share no code, beside theory.
#include <double11/core/units.hpp>
#include <double11/report/audit.hpp>
#include <double11/study/theory/mmc.hpp>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

constexpr std::int64_t kServers = 20;
constexpr double kServicesPerS = 10;  // of one server

// A sale in which nothing is refused; only payment takes time.
constexpr const char* kSale = R"({
  "name": "littles-law", "duration": "10min",
  "traffic": {"curve": [{"at": "0s", "rate": "200/s"}], "buyers": "1M"},
  "catalogue": {"skus": 100, "stock": "1M"},
  "admission": {"in_flight_limit": "20k"},
  "payment": {"servers": 20, "latency": {"distribution": "exponential", "mean": "100ms"},
              "timeout": "1d"},
  "inventory": {"reservation_ttl": "2d"}})";

double looked_at(const measure::RunRecord& record) {
  double sum = 0;
  double looks = 0;
  for (const measure::Timeline::Look& look : record.timeline.looks()) {
    if (look.at > record.traffic_end) break;
    sum += static_cast<double>(look.in_flight);
    ++looks;
  }
  return looks > 0 ? sum / looks : 0;
}

const report::Law& little_of(const report::Audit& audit) {
  const auto found = std::find_if(audit.laws.begin(), audit.laws.end(), [](const report::Law& law) {
    return law.name.find("Little") != std::string::npos;
  });
  return found == audit.laws.end() ? audit.laws.front() : *found;
}

}  // namespace

void demo_littles_law(Story& story, const DemoRunner& runner) {
  StoryTable table{"Orders in flight, L, with 20 payment servers of 100 ms on average:",
                   {"load", "#orders", "#rate/s", "#time W", "#rate x W", "#kept by credits",
                    "#looked at", "#M/M/20"},
                   {}};
  const KeptRows kept_rows(story, table);
  StoryBars bars{"Orders in flight by load (kept by credits):", {}};
  std::string law;
  std::int64_t violations = 0;
  for (const double load : {0.3, 0.6, 0.8, 0.9, 0.95}) {
    runner.progress(fmt::format("simulating load {:.0f} %", load * 100));
    const scenario::Scenario scenario = scenario_of(kSale, {fmt::format("traffic.scale={}", load)});
    const measure::RunRecord record = runner.simulate(scenario);
    const report::Audit audit = report::audit(scenario, record);
    violations += audit.violations;
    law = little_of(audit).measured;

    const double over_s = seconds_of(record.scenario_end.time_since_epoch());
    const auto orders = record.books.arrivals().count;
    const double rate_per_s = static_cast<double>(orders) / over_s;
    const double time_s = record.latency[index_of(Funnel::dispatched)].mean() * 1e-9;
    const double kept = static_cast<double>(record.in_flight_integral_ns) * 1e-9 / over_s;
    const double arrival_rate = load * kServicesPerS * static_cast<double>(kServers);
    const double theory = study::theory::mmc(arrival_rate, kServicesPerS, kServers).mean_in_system;
    table.rows.push_back({fmt::format("{:.0f}%", load * 100), grouped(orders),
                          fmt::format("{:.2f}", rate_per_s), fmt::format("{:.2f}ms", time_s * 1e3),
                          fmt::format("{:.4f}", rate_per_s * time_s), fmt::format("{:.4f}", kept),
                          fmt::format("{:.1f}", looked_at(record)), fmt::format("{:.2f}", theory)});
    bars.bars.push_back({fmt::format("{:.0f}%", load * 100), kept, fmt::format("{:.1f}", kept)});
  }
  story.answer(fmt::format(
      "Rate times time: L = lambda W, whatever the traffic, the service or the order of service. "
      "Two books that share no code agree here to the last nanosecond; the audit found {} broken "
      "laws in all runs.",
      violations));
  story.show(std::move(table));
  story.show(std::move(bars));
  story.say(
      "Three ways to the same number. Rate x W: arrivals by the books, and the mean of the latency "
      "histogram. Kept by credits: whoever gives permission to be in flight adds up how many there "
      "are, over time. Looked at: a glance now and then, as a monitoring system does; it is the "
      "only one that is left to chance.");
  story.say(fmt::format(
      "The audit demands more than equal means: the integral of orders in flight over time is the "
      "sum of all times in flight, in whole nanoseconds. At the last load: {}.",
      law));
  story.say(
      "What it is good for: to carry a rate with servers that take W each, one needs at least "
      "rate x W of them busy at once. 325,000 orders/s x 80 ms are 26,000 payments under way. The "
      "last column is what theory expects in the long run; ten minutes are one sample of it.");
  story.source(
      "J. D. C. Little, \"A proof for the queuing formula: L = lambda W\", Operations Research "
      "9(3), 1961");
  story.next("double11 simulate double11-2017-minute --scale 0.01",
             "the first minute of 2017, audited: its last law is Little's");
  story.next("double11 validate mmc_4", "waits and numbers of M/M/c beside their formulas");
}

}  // namespace double11::cli
