#include <double11/core/units.hpp>
#include <double11/report/clients.hpp>
#include <double11/traffic/live_shows.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <algorithm>

#include <fmt/format.h>

#include "report/figures.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

constexpr double kStormAmplification = 1.5;
// Below it more orders are lost than declined payments and ordinary sold-out items explain.
constexpr double kServedEnough = 0.8;
constexpr double kBudgetShare = 0.2;
constexpr double kLastPart = 0.25;

// Orders dispatched per first click that curve and shows plan in the last part of the traffic.
double served_at_the_end(const Scenario& scenario, const RunRecord& record) {
  const Duration duration = record.traffic_end.time_since_epoch();
  const Instant from(
      Duration(static_cast<std::int64_t>(static_cast<double>(duration.count()) * (1 - kLastPart))));
  const traffic::RateCurve curve(scenario.traffic);
  const traffic::LiveShows shows(scenario.traffic);
  const double planned = curve.expected_until(record.traffic_end) - curve.expected_until(from) +
                         shows.expected_in(from, record.traffic_end);
  const double dispatched = record.series.count_until(Funnel::dispatched, record.traffic_end) -
                            record.series.count_until(Funnel::dispatched, from);
  return ratio(dispatched, planned);
}

// First what keeps retries from feeding the overload, then what protects the stages, then fewer.
// Of requests a budget lets retries through while nothing succeeds; of successes it does not.
std::string way_out(const RetryPolicy& policy, const Scenario& scenario) {
  if (policy.budget_share > kBudgetShare || !policy.of_successes) {
    return fmt::format(R"(traffic.retry.budget={{"share":{:g},"least":"0/s","of":"successes"}})",
                       kBudgetShare);
  }
  if (!policy.has_control) {
    const bool expires = scenario.traffic.retry.timeout > scenario.admission.expiry_margin;
    return fmt::format("admission.control={}", expires ? "drop_expired" : "adaptive_lifo");
  }
  return fmt::format("traffic.retry.attempts={}", std::max<std::int64_t>(1, policy.attempts / 2));
}

}  // namespace

Clients clients_of(const Scenario& scenario, const RunRecord& record) {
  const measure::ClientCounts& counts = record.clients;
  Clients result;
  if (counts.first_clicks == 0) return result;
  const auto first = static_cast<double>(counts.first_clicks);
  const double span_s =
      seconds_of(std::min(record.traffic_end.time_since_epoch(), scenario.duration));
  result.any_further_clicks = counts.clicks() > counts.first_clicks;
  result.attempts_per_order = static_cast<double>(counts.first_clicks + counts.retries) / first;
  result.amplification = static_cast<double>(counts.clicks()) / first;
  result.offered_per_s = ratio(static_cast<double>(counts.clicks()), span_s);
  result.first_clicks_per_s = ratio(first, span_s);
  result.goodput_per_s = ratio(static_cast<double>(counts.goodput), span_s);
  result.served_share = static_cast<double>(counts.served) / first;
  return result;
}

namespace {

// Share of the orders that came through, or were told that there is nothing left: neither is lost
// to an overload.
double answered_share(const Scenario& scenario, const RunRecord& record) {
  const auto& after = scenario.traffic.retry.after;
  const bool try_again =
      std::find(after.begin(), after.end(), scenario::RetryAfter::sold_out) != after.end();
  const std::int64_t told = try_again ? 0 : record.books.outcomes(Outcome::sold_out).count;
  return ratio(static_cast<double>(record.clients.served + told),
               static_cast<double>(record.clients.first_clicks));
}

}  // namespace

RetryPolicy retry_policy_of(const Scenario& scenario) {
  const scenario::Retry& retry = scenario.traffic.retry;
  return {retry.attempts, retry.budget.share,
          retry.budget.of == scenario::RetryBudget::Of::successes,
          scenario.admission.control != scenario::OverloadControl::none};
}

std::optional<RetryStorm> find_retry_storm(const RetryPolicy& policy, const Scenario& scenario,
                                           const RunRecord& record) {
  const Clients clients = clients_of(scenario, record);
  if (policy.attempts <= 1 || clients.amplification <= kStormAmplification ||
      answered_share(scenario, record) >= kServedEnough) {
    return std::nullopt;
  }
  RetryStorm storm;
  storm.reason = fmt::format(
      "retry storm: {:.3g} clicks per order make {} of {}, and {:.3g}% of the orders are served",
      clients.amplification, short_rate(clients.offered_per_s),
      short_rate(clients.first_clicks_per_s), clients.served_share * 100);
  storm.setting = way_out(policy, scenario);
  // What a file of orders or a source planned for that time nobody counted.
  if (is_from_outside(scenario.traffic)) return storm;
  const double at_the_end = served_at_the_end(scenario, record);
  storm.reason +=
      at_the_end < kServedEnough
          ? fmt::format("; it lasts: {:.3g}% in the last quarter of the traffic", at_the_end * 100)
          : "; it was over in the last quarter of the traffic";
  return storm;
}

}  // namespace double11::report
