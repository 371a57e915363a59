#include "study/measured.hpp"

#include <double11/core/ensure.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

namespace double11::study {

namespace {

using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using virtual_time::Times;

template <typename Records>
const auto& named(const Records& records, const std::string& name) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const auto& record) { return record.name == name; });
  ensure(found != records.end(), "an expectation names a station or class of its scenario");
  return *found;
}

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// What is asked of a duration: "mean", "p99", ...
std::optional<double> time_metric(std::string_view what, const Times& times) {
  if (what == "mean") return times.moments.mean_ns() * 1e-9;
  if (what == "variance") return times.moments.variance_ns2() * 1e-18;
  if (what == "max") return static_cast<double>(times.histogram.max()) * 1e-9;
  const auto quantile = [&](double below) {
    return static_cast<double>(times.histogram.quantile(below)) * 1e-9;
  };
  if (what == "p50") return quantile(0.5);
  if (what == "p90") return quantile(0.9);
  if (what == "p99") return quantile(0.99);
  if (what == "p999") return quantile(0.999);
  return std::nullopt;
}

double number_at(const StationRecord& station, const NetworkRecord& record, double at_s) {
  const Duration at(std::llround(at_s * 1e9));
  const auto probe = std::find(record.probes.begin(), record.probes.end(), at);
  ensure(probe != record.probes.end(), "a number is asked for at a probe of the scenario");
  return static_cast<double>(
      station.probes.at(static_cast<std::size_t>(probe - record.probes.begin())));
}

std::optional<double> count_metric(std::string_view metric, const StationRecord& station,
                                   const NetworkRecord& record) {
  const std::int64_t arrivals = station.arrivals;
  if (metric == "waiting.mean") return record.mean_of(station.waiting_ns);
  if (metric == "in_system.mean") return record.mean_of(station.present_ns);
  if (metric == "busy.mean") return record.mean_of(station.busy_ns);
  if (metric == "orbit.mean") return record.mean_of(station.orbit_ns);
  if (metric == "throughput") {
    return static_cast<double>(station.completions) / record.observed_s();
  }
  if (metric == "all_busy.share") {
    return static_cast<double>(station.all_busy_ns) * 1e-9 / record.observed_s();
  }
  // Who gave up has waited as well.
  if (metric == "wait.share") {
    const std::int64_t gave_up = station.wait_all.moments.count - station.wait_served.moments.count;
    return share(station.waited + gave_up, station.wait_all.moments.count);
  }
  if (metric == "blocked.share") return share(station.blocked, arrivals);
  if (metric == "refused.share") return share(station.no_token, arrivals);
  if (metric == "abandoned.share") return share(station.abandoned, arrivals);
  if (metric == "failed.share") return share(station.failed, arrivals);
  if (metric == "lost.share") return share(station.lost(), arrivals);
  if (metric == "services.mean") return share(station.services, arrivals);
  if (metric == "busy_period.mean") return station.busy_period.mean_ns() * 1e-9;
  if (metric == "busy_period.variance") return station.busy_period.variance_ns2() * 1e-18;
  if (metric == "arrival_gap.scv") return station.arrival_gap.scv();
  if (metric == "lost.count") return static_cast<double>(station.flow.lost);
  return std::nullopt;
}

// Means over the whole network, or sojourns of a class through it.
std::optional<double> network_metric(const Expectation& expectation, std::string_view sojourn,
                                     const NetworkRecord& record) {
  if (!expectation.job_class.empty()) {
    return time_metric(sojourn, named(record.classes, expectation.job_class).sojourn);
  }
  if (!sojourn.empty()) return time_metric(sojourn, record.sojourn);
  if (expectation.metric != "in_system.mean") return std::nullopt;
  double present = 0;
  for (const StationRecord& station : record.stations) {
    present += record.mean_of(station.present_ns);
  }
  return present;
}

}  // namespace

double measured(const Expectation& expectation, const NetworkRecord& record) {
  const std::string_view metric = expectation.metric;
  const auto after = [&](std::string_view prefix) {
    return metric.substr(0, prefix.size()) == prefix ? metric.substr(prefix.size())
                                                     : std::string_view{};
  };
  std::optional<double> value;
  if (expectation.station.empty() || !expectation.job_class.empty()) {
    value = network_metric(expectation, after("sojourn."), record);
  } else {
    const StationRecord& station = named(record.stations, expectation.station);
    value = metric == "in_system.at" ? number_at(station, record, expectation.at_s)
                                     : count_metric(metric, station, record);
    if (!value) value = time_metric(after("wait."), station.wait_all);
    if (!value) value = time_metric(after("sojourn."), station.sojourn);
  }
  ensure(value.has_value(), "an expectation names a metric that validation_cases.hpp lists");
  return *value;
}

namespace {

double reserved_in_second_half(const measure::RunRecord& record,
                               const scenario::Scenario& scenario) {
  const auto& rows = record.series.rows();
  const Duration interval = record.series.interval();
  const auto end = static_cast<std::size_t>(scenario.duration / interval);
  const std::size_t middle = end / 2;
  double orders = 0;
  for (std::size_t row = middle; row < end; ++row) orders += rows[row][index_of(Funnel::reserved)];
  return orders / (static_cast<double>(end - middle) * seconds_of(interval));
}

}  // namespace

double measured(const Expectation& expectation, const measure::RunRecord& record,
                const scenario::Scenario& scenario) {
  const std::string& metric = expectation.metric;
  if (metric == "sold.skus") return static_cast<double>(record.books.skus_sold());
  if (metric == "sold.top1.share") return record.books.top_share(1);
  if (metric == "sold.top10.share") return record.books.top_share(10);
  if (metric == "sold.top100.share") return record.books.top_share(100);
  if (metric == "reserved.throughput") return reserved_in_second_half(record, scenario);
  ensure(metric == "sold.top1pct.share",
         "an expectation of a sale names a metric that validation_cases.hpp lists");
  return record.books.top_share(scenario.catalogue.skus / 100);
}

}  // namespace double11::study
