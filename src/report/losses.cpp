#include "report/losses.hpp"

#include <double11/core/units.hpp>
#include <double11/report/faults.hpp>
#include <double11/scenario/faults.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "report/channel_limits.hpp"
#include "report/door_limits.hpp"
#include "report/suggestion.hpp"

namespace double11::report {

using measure::RunRecord;
using scenario::Scenario;

Candidate stock_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto sold_out = static_cast<double>(record.books.outcomes(Outcome::sold_out).count);
  const auto offered = static_cast<double>(record.books.arrivals().count);
  const bool hot = scenario.catalogue.hot_skus > 0;
  const std::int64_t stock = hot ? scenario.catalogue.hot_stock : scenario.catalogue.stock;
  const double times = sold_out < offered ? offered / (offered - sold_out) : 2.0;
  return {std::string(name_of(Stage::inventory)), 0, 0,
          fmt::format("{:.3g}% of the orders found a line sold out", sold_out / offered * 100),
          suggestion(scenario, hot ? "catalogue.hot.stock" : "catalogue.stock",
                     static_cast<double>(stock) * times * kRoom, stock)};
}

namespace {

std::string more_servers(const Scenario& scenario, const RunRecord& record) {
  if (has_channels(scenario)) return more_channel_servers(scenario, record);
  return servers_suggestion(scenario, static_cast<double>(scenario.payment.servers) * kMore);
}

std::string fewer_declines(const Scenario& scenario, const RunRecord& record) {
  if (has_channels(scenario)) return fewer_channel_declines(scenario, record);
  return fmt::format("payment.decline_probability={:.3g}",
                     scenario.payment.decline_probability / 2);
}

// Orders that reached the step before but not this one, of those that came in [from, to).
double lost_between(Funnel step, Instant from, Instant to, const RunRecord& record) {
  const Funnel before = kFunnel[index_of(step) - 1];
  const auto came = [&](Funnel one) {
    return record.series.count_until(one, to) - record.series.count_until(one, from);
  };
  return came(before) - came(step);
}

}  // namespace

std::optional<Candidate> loss_candidate(double least_share, const Scenario& scenario,
                                        const RunRecord& record) {
  const auto count = [&](Outcome outcome) { return record.books.outcomes(outcome).count; };
  const auto offered = static_cast<double>(record.books.arrivals().count);
  const std::int64_t late = count(Outcome::expired) + count(Outcome::refunded);
  const std::int64_t declined = count(Outcome::declined);
  const std::int64_t sold_out = count(Outcome::sold_out);
  const std::int64_t abandoned = count(Outcome::abandoned);
  const std::int64_t refused = record.payments.refused;
  const std::optional<DoorLoss> door = most_lost_at_door(scenario, record);
  const std::int64_t at_door = door ? door->clicks : 0;
  const std::int64_t most = std::max({late, declined, sold_out, abandoned, refused, at_door});
  if (most == 0 || static_cast<double>(most) < least_share * offered) return std::nullopt;
  if (most == at_door) return door->blamed;
  if (most == sold_out) return stock_candidate(scenario, record);
  const std::string payment(name_of(Stage::payment));
  if (most == abandoned || most == refused) {
    return Candidate{
        payment, 0, 0,
        fmt::format("{:.3g}% of the orders {}", static_cast<double>(most) / offered * 100,
                    most == refused ? "found its queue full" : "lost patience in its queue"),
        more_servers(scenario, record)};
  }
  if (most == declined) {
    return Candidate{payment, 0, 0,
                     fmt::format("{:.3g}% of the orders were declined",
                                 static_cast<double>(declined) / offered * 100),
                     fewer_declines(scenario, record)};
  }
  auto [key, bound] = has_channels(scenario)
                          ? latest_channel(scenario, record)
                          : std::pair(std::string("payment.timeout"), scenario.payment.timeout);
  if (bound > scenario.inventory.reservation_ttl) {
    key = "inventory.reservation_ttl";
    bound = scenario.inventory.reservation_ttl;
  }
  return Candidate{payment, 0, 0,
                   fmt::format("{:.3g}% of the orders were not paid within {}",
                               static_cast<double>(late) / offered * 100, text_of_duration(bound)),
                   longer(key, bound)};
}

std::optional<Candidate> fault_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto counts = funnel_of(record);
  const auto offered = static_cast<double>(counts[index_of(Funnel::offered)]);
  std::optional<Candidate> worst;
  double most = kFewLost * offered;
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const scenario::Fault& fault = scenario.faults[i];
    const std::string group(scenario::fault_group(fault.of));
    // What waits at the door or in a warehouse is late, but not lost.
    if (fault.factor >= 1 || (group != "payment" && group != "inventory")) continue;
    const Funnel held_up = *step_of(fault.of);
    const std::size_t step = index_of(held_up);
    const auto lost = static_cast<double>(counts[step - 1] - counts[step]);
    const Instant from(fault.at);
    const Duration rest = scenario.duration - std::min(fault.at, scenario.duration);
    const Duration lasts = std::min(fault.duration, rest);
    const double meanwhile = std::min(lost, lost_between(held_up, from, from + lasts, record));
    if (meanwhile <= most || meanwhile < lost / 2) continue;
    most = meanwhile;
    worst = Candidate{group, 0, 0,
                      fmt::format("{:.3g}% of the orders were lost while {} was {} from {} on",
                                  meanwhile / offered * 100, fault.of,
                                  fault.factor > 0 ? "slow" : "down", text_of_duration(fault.at)),
                      halved(fmt::format("faults[{}].duration", i), lasts)};
  }
  return worst;
}

}  // namespace double11::report
