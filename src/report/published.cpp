#include <double11/report/metrics.hpp>
#include <double11/report/published.hpp>
#include <double11/scenario/published.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "report/chance.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::PublishedPoint;
using scenario::PublishedValue;
using scenario::Scenario;
using Of = PublishedValue::Of;

// The instant whose interval tells the rate at `at`: of the last whole one when the traffic ends
// before that of `at` does.
Instant rate_instant(Instant at, const RunRecord& record) {
  const Duration interval = record.series.interval();
  const Instant whole(record.traffic_end.time_since_epoch() / interval * interval);
  return whole > Instant{} && at >= whole ? whole - interval : at;
}

double here_of(const PublishedPoint& point, const PublishedValue& value, const Scenario& scenario,
               const RunRecord& record, const Audit& audit) {
  const Instant at(point.at);
  const bool whole_run = point.at == Duration(0);
  switch (value.of) {
    case Of::count:
      return whole_run ? static_cast<double>(funnel_of(record)[index_of(value.step)])
                       : record.series.count_until(value.step, at);
    case Of::rate:
      return record.series.rate_at(value.step, rate_instant(at, record));
    case Of::turnover:
      return whole_run ? static_cast<double>(record.books.turnover().fen)
                       : record.books.turnover_over_time()->fen_until(at);
    case Of::metric:
      break;
  }
  return value_of(*value.metric, scenario, record, audit);
}

// How long the orders are counted that a metric of rate divides by that time.
double seconds_behind(std::string_view metric, const Scenario& scenario, const RunRecord& record) {
  const auto ends = [&](std::string_view with) {
    return metric.size() >= with.size() && metric.substr(metric.size() - with.size()) == with;
  };
  if (ends(".peak")) return seconds_of(record.series.interval());
  if (ends(".machine")) return seconds_of(record.wall);
  return seconds_of(std::min(record.traffic_end.time_since_epoch(), scenario.duration));
}

// How many orders the figure consists of; 0 when chance is no matter of counting.
double orders_in(const PublishedPoint& point, const PublishedValue& value, double here,
                 const Scenario& scenario, const RunRecord& record) {
  using scenario::MetricUnit;
  switch (value.of) {
    case Of::count:
      return here;
    case Of::rate:
      return here * seconds_of(record.series.interval());
    case Of::turnover:
      return point.at == Duration(0)
                 ? static_cast<double>(funnel_of(record)[index_of(Funnel::dispatched)])
                 : record.series.count_until(Funnel::dispatched, Instant(point.at));
    case Of::metric:
      break;
  }
  if (value.metric->unit == MetricUnit::count) return here;
  return value.metric->unit == MetricUnit::rate_per_s
             ? here * seconds_behind(value.metric->name, scenario, record)
             : 0;
}

Compared compared_with(const PublishedPoint& point, const Scenario& scenario,
                       const RunRecord& record, const Audit& audit) {
  const PublishedValue value = scenario::published_value(point);
  Compared result;
  result.point = &point;
  result.published = value.value;
  result.published_text = scenario::text_of(value, value.value);
  result.reached = Instant(point.at) <= record.traffic_end;
  if (!result.reached) {
    result.here_text = "-";
    return result;
  }
  result.here = here_of(point, value, scenario, record, audit);
  result.here_text = scenario::text_of(value, result.here);
  result.off = result.here / result.published - 1;
  const double orders = orders_in(point, value, result.here, scenario, record);
  const double chance = orders > 0 ? kDeviations / std::sqrt(orders) : 0;
  result.met = std::abs(result.off) <= point.tolerance + chance;
  return result;
}

}  // namespace

std::vector<Compared> compare_published(const Scenario& scenario, const RunRecord& record,
                                        const Audit& audit) {
  std::vector<Compared> all;
  all.reserve(scenario.published.size());
  for (const PublishedPoint& point : scenario.published) {
    all.push_back(compared_with(point, scenario, record, audit));
  }
  return all;
}

double published_off_most(const Scenario& scenario, const RunRecord& record, const Audit& audit) {
  double most = 0;
  for (const Compared& one : compare_published(scenario, record, audit)) {
    most = std::max(most, std::abs(one.off));
  }
  return most;
}

std::int64_t published_missed(const Scenario& scenario, const RunRecord& record,
                              const Audit& audit) {
  const auto all = compare_published(scenario, record, audit);
  return std::count_if(all.begin(), all.end(), [](const Compared& one) { return !one.met; });
}

}  // namespace double11::report
