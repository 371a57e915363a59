#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/metrics.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

std::vector<Metric> build() {
  std::vector<Metric> all;
  for (const Funnel step : kFunnel) {
    const std::string_view name = name_of(step);
    all.push_back({fmt::format("{}.count", name), MetricUnit::count,
                   fmt::format("orders {} in the whole run", name)});
    all.push_back({fmt::format("{}.share", name), MetricUnit::share,
                   fmt::format("orders {} as a share of those offered", name)});
    all.push_back(
        {fmt::format("{}.rate.peak", name), MetricUnit::rate_per_s,
         fmt::format("orders {} per second in the best interval of scenario time: a whole second, "
                     "less in scenarios under 2 s",
                     name)});
    all.push_back(
        {fmt::format("{}.rate.mean", name), MetricUnit::rate_per_s,
         fmt::format("orders {} per second of scenario time, within the duration", name)});
    all.push_back({fmt::format("{}.rate.machine", name), MetricUnit::rate_per_s,
                   fmt::format("orders {} per second of wall-clock time", name)});
  }
  for (const Outcome outcome : kAllOutcomes) {
    const std::string_view name = name_of(outcome);
    all.push_back({fmt::format("outcome.{}.count", name), MetricUnit::count,
                   fmt::format("orders that ended {}: {}", name, meaning_of(outcome))});
    all.push_back({fmt::format("outcome.{}.share", name), MetricUnit::share,
                   fmt::format("the same as a share of those offered")});
  }
  for (const Funnel step : kFunnel) {
    if (step == Funnel::offered) continue;
    for (const char* const statistic : {"mean", "p50", "p90", "p99", "p99.9", "max"}) {
      all.push_back({fmt::format("latency.{}.{}", name_of(step), statistic),
                     MetricUnit::duration_ns,
                     fmt::format("from planned arrival to {}: {}", name_of(step), statistic)});
    }
  }
  all.push_back(
      {"payments.repeated", MetricUnit::count, "payments that failed and were tried again"});
  all.push_back({"payments.refunds", MetricUnit::count,
                 "late successes whose money went back, of orders or of repeated payments"});
  all.push_back({"faults.recovery", MetricUnit::duration_ns,
                 "from the end of a fault until the shop has recovered, the longest"});
  all.push_back({"sold.skus", MetricUnit::count, "SKUs in dispatched orders"});
  for (const auto& [name, meaning] : {std::pair{"top1", "most popular SKU"},
                                      {"top10", "ten most popular SKUs"},
                                      {"top100", "hundred most popular SKUs"},
                                      {"top1pct", "most popular SKU in a hundred"}}) {
    all.push_back({fmt::format("sold.{}.share", name), MetricUnit::share,
                   fmt::format("units of the {} as a share of all in dispatched orders", meaning)});
  }
  for (const auto& [name, meaning] : {std::pair{"domestic", "at home"}, {"overseas", "overseas"}}) {
    all.push_back({fmt::format("promise.{}.share", name), MetricUnit::share,
                   fmt::format("parcels to regions {} with an ETA within logistics.promise.{}",
                               meaning, name)});
    all.push_back({fmt::format("first_parcel.{}", name), MetricUnit::duration_ns,
                   fmt::format("from the start to the first parcel's arrival {}", meaning)});
  }
  all.push_back({"logistics.cost", MetricUnit::count,
                 "yuan for shifts, transport, transfers and shipping ahead"});
  all.push_back({"backlog.most", MetricUnit::count,
                 "parcels paid and not yet with a carrier at the end of the worst day; where "
                 "logistics has shifts, carriers, positions, costs or stock"});
  all.push_back({"audit.violations", MetricUnit::count, "audit laws that were broken"});
  all.push_back({"audit.undersold", MetricUnit::count,
                 "units left in stock of SKUs that buyers were told are sold out"});
  for (const char* const statistic : {"p50", "p99", "max"}) {
    all.push_back({fmt::format("generator.lag.{}", statistic), MetricUnit::duration_ns,
                   fmt::format("release of an arrival minus its planned time: {}", statistic)});
  }
  for (const auto& [name, meaning] :
       {std::pair{"bots.share", "share of the units in dispatched orders that bots got"},
        {"top1pct.share",
         "share of the units that went to one in a hundred of the buyers who got any, those who "
         "got most"},
        {"first_tenth.share", "dispatched share of clicks planned in the first tenth of the time"},
        {"last_tenth.share", "dispatched share of clicks planned in the last tenth of the time"}}) {
    all.push_back({fmt::format("fairness.{}", name), MetricUnit::share,
                   fmt::format("with report.fairness: {}", meaning)});
  }
  all.push_back({"door.requests.mean", MetricUnit::ratio,
                 "requests per click: the click itself, and what its page asks from the waiting "
                 "room"});
  all.push_back({"clients.amplification", MetricUnit::ratio, "clicks per order, retries included"});
  all.push_back({"clients.goodput.rate", MetricUnit::rate_per_s,
                 "clicks dispatched while their buyers waited, per second of scenario time"});
  all.push_back(
      {"clients.served.share", MetricUnit::share, "orders of which some click was dispatched"});
  all.push_back({"published.off_most", MetricUnit::share,
                 "largest relative deviation from a published point"});
  all.push_back({"published.missed.count", MetricUnit::count,
                 "published points beyond their tolerance and what chance does"});
  return all;
}

}  // namespace

const std::vector<Metric>& metrics() {
  static const std::vector<Metric> all = build();
  return all;
}

const Metric* find_metric(std::string_view name) {
  const auto found = std::find_if(metrics().begin(), metrics().end(),
                                  [&](const Metric& metric) { return metric.name == name; });
  return found == metrics().end() ? nullptr : &*found;
}

std::string text_of(MetricUnit unit, double value) {
  switch (unit) {
    case MetricUnit::rate_per_s:
      return short_rate(value);
    case MetricUnit::share:
      return fmt::format("{:.3g}%", value * 100);
    case MetricUnit::duration_ns:
      if (std::isinf(value)) return "never";
      return short_duration(Duration(std::llround(value)));
    case MetricUnit::ratio:
      // No exponent.
      if (std::abs(value) >= 1000) return grouped(std::llround(value));
      return fmt::format("{:.3g}", value);
    case MetricUnit::count:
      break;
  }
  return grouped(std::llround(value));
}

}  // namespace double11::scenario
