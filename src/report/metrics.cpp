#include <double11/core/ensure.hpp>
#include <double11/report/clients.hpp>
#include <double11/report/fairness.hpp>
#include <double11/report/faults.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/published.hpp>

#include <algorithm>
#include <string_view>

#include "report/figures.hpp"

namespace double11::report {
namespace {

// Splits "a.b.c" at the first dot.
std::string_view next_part(std::string_view& text) {
  const auto dot = std::min(text.find('.'), text.size());
  const std::string_view part = text.substr(0, dot);
  text.remove_prefix(std::min(dot + 1, text.size()));
  return part;
}

double statistic(const measure::Histogram& histogram, std::string_view name) {
  if (name == "mean") return histogram.mean();
  if (name == "max") return static_cast<double>(histogram.max());
  const double share = name == "p50" ? 0.50 : name == "p90" ? 0.90 : name == "p99" ? 0.99 : 0.999;
  return static_cast<double>(histogram.quantile(share));
}

Funnel funnel_named(std::string_view name) {
  const auto* const found = std::find_if(kFunnel.begin(), kFunnel.end(),
                                         [&](Funnel step) { return name_of(step) == name; });
  ensure(found != kFunnel.end(), "a metric names an unknown funnel step; see scenario/metrics.cpp");
  return *found;
}

Outcome outcome_named(std::string_view name) {
  const auto* const found = std::find_if(kAllOutcomes.begin(), kAllOutcomes.end(),
                                         [&](Outcome outcome) { return name_of(outcome) == name; });
  ensure(found != kAllOutcomes.end(),
         "a metric names an unknown outcome; see scenario/metrics.cpp");
  return *found;
}

double sold(std::string_view what, const scenario::Scenario& scenario,
            const measure::Books& books) {
  if (what == "skus") return static_cast<double>(books.skus_sold());
  const std::string_view first = next_part(what);
  if (first == "top1") return books.top_share(1);
  if (first == "top10") return books.top_share(10);
  if (first == "top100") return books.top_share(100);
  return books.top_share(scenario.catalogue.skus / 100);
}

double fairness(std::string_view what, const measure::RunRecord& record) {
  const Fairness measured = fairness_of(record);
  if (what == "bots.share") return measured.bots_share;
  if (what == "top1pct.share") return measured.top1pct_share;
  return what == "first_tenth.share" ? measured.tenths.front().dispatched_share
                                     : measured.tenths.back().dispatched_share;
}

double clients(std::string_view what, const scenario::Scenario& scenario,
               const measure::RunRecord& record) {
  const Clients all = clients_of(scenario, record);
  if (what == "amplification") return all.amplification;
  return what == "goodput.rate" ? all.goodput_per_s : all.served_share;
}

double backlog_most(const measure::RunRecord& record) {
  const std::vector<std::int64_t> backlog =
      measure::backlog_of(record.delivery.paid().by_day(), record.fulfilment.handed.by_day());
  return backlog.empty() ? 0
                         : static_cast<double>(*std::max_element(backlog.begin(), backlog.end()));
}

const measure::PromiseCounts& promise_named(std::string_view name,
                                            const measure::RunRecord& record) {
  return name == "domestic" ? record.delivery.domestic() : record.delivery.overseas();
}

}  // namespace

double peak_rate(Funnel step, const measure::RunRecord& record) {
  return record.series.peak_per_s(step);
}

double mean_rate(Funnel step, const scenario::Scenario& scenario,
                 const measure::RunRecord& record) {
  // Who is served after the traffic has ended makes no rate higher.
  const Duration span = std::min(record.traffic_end.time_since_epoch(), scenario.duration);
  return ratio(record.series.count_until(step, Instant(span)), seconds_of(span));
}

double machine_rate(Funnel step, const measure::RunRecord& record) {
  return ratio(static_cast<double>(funnel_of(record)[index_of(step)]), seconds_of(record.wall));
}

double value_of(const scenario::Metric& metric, const scenario::Scenario& scenario,
                const measure::RunRecord& record, const Audit& audit) {
  std::string_view rest = metric.name;
  const std::string_view subject = next_part(rest);
  const auto offered = static_cast<double>(record.books.arrivals().count);
  if (subject == "latency") {
    const Funnel step = funnel_named(next_part(rest));
    return statistic(record.latency[index_of(step)], rest);
  }
  if (subject == "outcome") {
    const auto count =
        static_cast<double>(record.books.outcomes(outcome_named(next_part(rest))).count);
    return rest == "count" ? count : ratio(count, offered);
  }
  if (subject == "audit") {
    return static_cast<double>(rest == "violations" ? audit.violations : audit.undersold_units);
  }
  if (subject == "generator") {
    next_part(rest);  // "lag"
    return statistic(record.generator_lag, rest);
  }
  if (subject == "payments") {
    return static_cast<double>(rest == "repeated" ? record.payments.repeated
                                                  : record.payments.refunds);
  }
  if (subject == "faults") return longest_recovery_ns(scenario, record);
  if (subject == "promise") {
    const measure::PromiseCounts& counts = promise_named(next_part(rest), record);
    return ratio(static_cast<double>(counts.kept), static_cast<double>(counts.parcels));
  }
  if (subject == "first_parcel") {
    const measure::PromiseCounts& counts = promise_named(rest, record);
    return counts.parcels == 0 ? 0 : static_cast<double>(nanoseconds_of(counts.first));
  }
  if (subject == "logistics") return static_cast<double>(record.fulfilment.cost().fen) / 100;
  if (subject == "backlog") return backlog_most(record);
  if (subject == "sold") return sold(rest, scenario, record.books);
  if (subject == "fairness") return fairness(rest, record);
  if (subject == "door") return ratio(offered + static_cast<double>(record.door.polls), offered);
  if (subject == "clients") return clients(rest, scenario, record);
  if (subject == "published") {
    return rest == "off_most" ? published_off_most(scenario, record, audit)
                              : static_cast<double>(published_missed(scenario, record, audit));
  }
  const Funnel step = funnel_named(subject);
  const auto count = static_cast<double>(funnel_of(record)[index_of(step)]);
  if (rest == "count") return count;
  if (rest == "share") return ratio(count, offered);
  if (rest == "rate.peak") return peak_rate(step, record);
  if (rest == "rate.mean") return mean_rate(step, scenario, record);
  return machine_rate(step, record);
}

}  // namespace double11::report
