#include <double11/core/cores.hpp>
#include <double11/core/units.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/clients.hpp>
#include <double11/report/metrics.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>
#include <double11/traffic/live_shows.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/candidate.hpp"
#include "report/channel_limits.hpp"
#include "report/door_limits.hpp"
#include "report/figures.hpp"
#include "report/losses.hpp"
#include "report/parcel_limits.hpp"
#include "report/row_limit.hpp"
#include "report/slow_payments.hpp"
#include "report/suggestion.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// Mean time of a payment at the channel in seconds, nobody giving up.
double channel_seconds(const Scenario& scenario, const RunRecord& record) {
  if (has_channels(scenario)) return channels_seconds(scenario, record);
  return stages::mean_latency_ns(scenario.payment) * 1e-9;
}

// How long a payment holds a server: the shop gives up at the timeout or with the reservation.
double payment_seconds(const Scenario& scenario, const RunRecord& record) {
  if (has_channels(scenario)) return channel_payments_seconds(scenario, record);
  return std::min({channel_seconds(scenario, record), seconds_of(scenario.payment.timeout),
                   seconds_of(scenario.inventory.reservation_ttl)});
}

// Seconds between the payments of an order; a reservation does not live to see more.
double pause_seconds(const Scenario& scenario, const RunRecord& record) {
  const scenario::Payment& payment = scenario.payment;
  const stages::RetryDelay delay(payment.retry_delay, payment.retry_backoff, 0);
  // How often a payment is followed by another one.
  const double again = 1 - 1 / payments_per_order(record);
  double pauses_s = 0;
  double reached = 1;
  for (std::int64_t attempt = 1; attempt < payment.attempts; ++attempt) {
    reached *= again;
    pauses_s += reached * seconds_of(delay(static_cast<std::uint64_t>(attempt), 0)) *
                (1 - 0.5 * payment.retry_jitter);
  }
  return std::min(pauses_s, seconds_of(scenario.inventory.reservation_ttl));
}

// How long an order needs a server, in seconds: for all its payments, and the part that falls to it
// of a server that takes several orders at once, as many as may wait.
double server_seconds(const Scenario& scenario, const RunRecord& record) {
  const std::int64_t together =
      std::clamp<std::int64_t>(scenario.payment.queue_limit, 1, scenario.payment.batch_most);
  return payment_seconds(scenario, record) * payments_per_order(record) /
         static_cast<double>(together);
}

double mean_between(const RunRecord& record, Funnel from, Funnel to) {
  const auto& first = record.latency[index_of(from)];
  const auto& second = record.latency[index_of(to)];
  if (second.count() == 0) return 0;
  return std::max(0.0, second.mean() - first.mean()) * 1e-9;
}

// Mean seconds in flight without the queue in front of payment, which is payment's own doing.
double flight_seconds(const Scenario& scenario, const RunRecord& record) {
  return mean_between(record, Funnel::admitted, Funnel::reserved) +
         payment_seconds(scenario, record) * payments_per_order(record) +
         pause_seconds(scenario, record) + mean_between(record, Funnel::paid, Funnel::dispatched);
}

// Orders per second that the stage's workers carry while they do nothing else.
double machine_limit(const measure::StageLoad& load) {
  return load.busy.count() > 0 ? static_cast<double>(load.orders) / seconds_of(load.busy) *
                                     static_cast<double>(load.workers)
                               : 0;
}

// What would reach payment if there were credits for all: a full queue hides its own cause. What
// the door turns away by its rules never asks for one.
double payment_demand(const Scenario& scenario, const RunRecord& record) {
  const auto counts = funnel_of(record);
  const auto admitted = static_cast<double>(counts[index_of(Funnel::admitted)]);
  const auto reserved = static_cast<double>(counts[index_of(Funnel::reserved)]);
  const double share = admitted > 0 ? reserved / admitted : 1.0;
  return std::max(peak_rate(Funnel::reserved, record),
                  behind_door_per_s(peak_rate(Funnel::offered, record), scenario, record) * share);
}

Candidate payment_candidate(const Scenario& scenario, const RunRecord& record,
                            const StageLimit& limit, double wanted) {
  const double needed = std::max(limit.demand_per_s, wanted);
  if (has_channels(scenario)) {
    const ChannelBlame channel = blame_channel(scenario, record, needed);
    return {std::string(name_of(Stage::payment)), limit.modelled_per_s, needed, channel.reason,
            channel.setting};
  }
  const double service = server_seconds(scenario, record);
  const double servers = stages::mean_servers(scenario, stages::WorkClock::of_payment(scenario));
  const bool steady = servers == static_cast<double>(scenario.payment.servers);
  const bool single = scenario.payment.attempts == 1 && scenario.payment.batch_most == 1;
  return {std::string(name_of(Stage::payment)), limit.modelled_per_s, needed,
          fmt::format("{} / {} per {} carry {} (Little's law), needed {}",
                      servers_in_words(servers, steady), in_words(service),
                      single ? "payment" : "order", short_rate(limit.modelled_per_s),
                      short_rate(needed)),
          servers_suggestion(scenario, needed * kRoom * service)};
}

Candidate admission_candidate(const Scenario& scenario, const RunRecord& record,
                              const StageLimit& limit, double wanted) {
  const double flight = flight_seconds(scenario, record);
  const double asks = std::max(behind_door_per_s(limit.demand_per_s, scenario, record),
                               peak_rate(Funnel::admitted, record));
  // Those that are told at once that all is sold out make room for one another, many in a moment.
  const double needed = std::max(std::min(asks, room_rate_per_s(scenario)), wanted);
  return {std::string(name_of(Stage::admission)), limit.modelled_per_s, needed,
          fmt::format("{} credits / {} in flight carry {} (Little's law), needed {}",
                      grouped(scenario.admission.in_flight_limit), in_words(flight),
                      short_rate(limit.modelled_per_s), short_rate(needed)),
          suggestion(scenario, "admission.in_flight_limit", needed * kRoom * flight,
                     scenario.admission.in_flight_limit)};
}

std::int64_t cores() {
  return static_cast<std::int64_t>(usable_cores());
}

// More workers as long as there are cores for them, else as much as the machine carries.
std::string machine_suggestion(const Scenario& scenario, const RunRecord& record, double carries,
                               double needed) {
  constexpr double kWithRoom = 0.9;
  if (record.workers < cores()) {
    const double workers = static_cast<double>(record.workers) * needed / std::max(carries, 1e-9);
    const auto wanted = static_cast<std::int64_t>(std::ceil(std::min(workers, 1e6)));
    return fmt::format("run.workers={}", std::clamp(wanted, record.workers + 1, cores()));
  }
  if (record.runtime == measure::Runtime::pace_max) {
    return rate_suggestion(scenario, "target.rate", kWithRoom * carries);
  }
  const double part = std::clamp(kWithRoom * carries / std::max(needed, 1e-9), 1e-6, 1.0);
  return fmt::format("simulate.scale={:.2g}", part * scenario.simulate.applied_scale);
}

// At pace max the machine is the limit by design, and the target measures it; at pace real its busy
// share says how much it would carry.
Candidate machine_candidate(const Scenario& scenario, const RunRecord& record, double wanted) {
  const auto share_of = [](const measure::StageLoad& load) {
    return seconds_of(load.busy) / static_cast<double>(std::max<std::int64_t>(load.workers, 1));
  };
  const auto* const busiest =
      std::max_element(record.stages.begin(), record.stages.end(),
                       [&](const auto& a, const auto& b) { return share_of(a) < share_of(b); });
  const auto stage = static_cast<Stage>(busiest - record.stages.begin());
  double carries = machine_rate(Funnel::offered, record);
  double needed = wanted;
  if (record.runtime == measure::Runtime::pace_real) {
    Duration busy = record.traffic_busy;
    for (const auto& load : record.stages) busy += load.busy;
    const auto offered = static_cast<double>(record.books.arrivals().count);
    carries = offered / std::max(1e-9, seconds_of(busy)) * static_cast<double>(record.workers);
    needed = std::max(wanted, peak_rate(Funnel::offered, record));
  }
  return {std::string(name_of(stage)), carries, needed,
          fmt::format("{} worker{} of this machine carry {}, and of the stages {} costs them most; "
                      "{}",
                      record.workers, record.workers == 1 ? "" : "s", short_rate(carries),
                      name_of(stage),
                      record.workers < cores()
                          ? "it has cores without a worker"
                          : "it has no more cores, so it takes a faster one, or less to do"),
          machine_suggestion(scenario, record, carries, needed)};
}

Candidate traffic_candidate(const Scenario& scenario, const RunRecord& record, double wanted) {
  const Instant end(scenario.duration);
  const double curve = traffic::RateCurve(scenario.traffic).peak_per_s(end) +
                       traffic::LiveShows(scenario.traffic).peak_per_s(end);
  // Where the rate jumps up and down the curve is only its mean; orders from outside do not follow
  // it.
  const bool jumps =
      scenario.traffic.arrivals == scenario::Arrivals::mmpp || is_from_outside(scenario.traffic);
  const double peak = jumps ? peak_rate(Funnel::offered, record) : curve;
  const double present = scenario.traffic.scale / scenario.simulate.applied_scale;
  const double scale = peak > 0 ? present * wanted / peak * kRoom : 1.0;
  return {"traffic", peak, wanted,
          fmt::format("{} never offers more than {}", jumps ? "the traffic" : "the curve",
                      short_rate(peak)),
          is_from_outside(scenario.traffic)
              ? "target.rate=" + text_of_rate(std::floor(peak))
              : fmt::format("traffic.scale={:.3g}", std::clamp(scale, 1e-9, 1e6))};
}

// With every stage large enough and few losses: the pauses between payments, or the channel's own
// time.
Candidate latency_candidate(const Scenario& scenario, const RunRecord& record) {
  using enum scenario::Distribution;
  const std::string payment(name_of(Stage::payment));
  const double pauses_s = pause_seconds(scenario, record);
  if (pauses_s > channel_seconds(scenario, record)) {
    return {payment, 0, 0,
            fmt::format("its servers are enough, but trying again takes {} on average",
                        in_words(pauses_s)),
            halved("payment.retry_delay", scenario.payment.retry_delay)};
  }
  std::string path = "payment.latency";
  std::string what = "the channel itself";
  scenario::RandomDuration latency = scenario.payment.latency;
  double seconds = channel_seconds(scenario, record);
  if (has_channels(scenario)) {
    const std::size_t slowest = busiest_channel(record);
    path = path_of_channel(slowest) + ".latency";
    what = "channel " + scenario.payment.channels[slowest].name + " itself";
    latency = scenario.payment.channels[slowest].latency;
    seconds = stages::mean_latency_ns(scenario.payment.channels[slowest]) * 1e-9;
  }
  std::string setting = halved(path + ".mean", Duration(std::llround(seconds * 1e9)));
  if (latency.distribution == lognormal) {
    setting = latency.p99 > 2 * latency.p50 ? halved(path + ".p99", latency.p99)
                                            : halved(path + ".p50", latency.p50);
  } else if (latency.distribution == uniform || latency.distribution == empirical) {
    const std::string half = setting.substr(setting.find('=') + 1);
    setting = fmt::format(R"({}={{"distribution":"constant","mean":"{}"}})", path, half);
  }
  return {payment, 0, 0,
          fmt::format("its servers are enough, but {} takes {} on average{}", what,
                      in_words(seconds), slow_words(scenario, record)),
          setting};
}

Candidate row_candidate(const Scenario& scenario, const RunRecord& record, const StageLimit& limit,
                        double wanted) {
  const double needed = std::max(limit.demand_per_s, wanted);
  return {std::string(name_of(Stage::inventory)), limit.modelled_per_s, needed,
          row_reason(record, limit, needed), row_setting(scenario)};
}

std::vector<StageLimit> find_limits(const Scenario& scenario, const RunRecord& record) {
  const double credits = static_cast<double>(scenario.admission.in_flight_limit) /
                         std::max(1e-9, flight_seconds(scenario, record));
  const double servers =
      has_channels(scenario)
          ? channels_carry_per_s(scenario, record)
          : stages::mean_servers(scenario, stages::WorkClock::of_payment(scenario)) /
                std::max(1e-9, server_seconds(scenario, record));
  const auto machine = [&](Stage stage) { return machine_limit(record.stages[index_of(stage)]); };
  return {
      {Stage::admission, peak_rate(Funnel::offered, record), credits, machine(Stage::admission)},
      {Stage::inventory, peak_rate(Funnel::admitted, record), row_limit(scenario, record),
       machine(Stage::inventory)},
      {Stage::payment, payment_demand(scenario, record), servers, machine(Stage::payment)},
      {Stage::logistics, peak_rate(Funnel::paid, record), 0, machine(Stage::logistics)}};
}

// No stage is too small, and the traffic asked for enough: parcels came late, payment is slow, or
// orders were lost.
std::optional<Candidate> not_a_stage(const Scenario& scenario, const RunRecord& record,
                                     const Missed& missed) {
  if (missed.parcels) return parcel_candidate(scenario, record);
  if (missed.latency) {
    const double offered = peak_rate(Funnel::offered, record);
    auto room = waiting_room_wait(offered, scenario, record);
    if (room) return room;
    const auto slow = slow_candidate(scenario, record);
    return slow ? slow : latency_candidate(scenario, record);
  }
  if (missed.target) return loss_candidate(0, scenario, record);
  if (missed.any) {
    if (auto loss = loss_candidate(kFewLost, scenario, record)) return loss;
  }
  // So many that the sale is about it, whatever was asked of it.
  constexpr double kManyLost = 0.1;
  const auto sold_out = static_cast<double>(record.books.outcomes(Outcome::sold_out).count);
  if (sold_out > kManyLost * static_cast<double>(record.books.arrivals().count))
    return stock_candidate(scenario, record);
  return std::nullopt;
}

}  // namespace

Bottleneck find_bottleneck(const Scenario& scenario, const RunRecord& record, double wanted_per_s,
                           const Missed& missed) {
  Bottleneck result;
  result.limits = find_limits(scenario, record);
  // At pace max the target is a rate of the machine; credits and servers work in scenario time.
  const double modelled_wanted = record.runtime == measure::Runtime::pace_max ? 0 : wanted_per_s;
  std::vector<Candidate> candidates{
      payment_candidate(scenario, record, result.limits[index_of(Stage::payment)], modelled_wanted),
      admission_candidate(scenario, record, result.limits[index_of(Stage::admission)],
                          modelled_wanted)};
  if (const StageLimit& rows = result.limits[index_of(Stage::inventory)]; rows.modelled_per_s > 0) {
    // First, as credits that all wait for a row seem to be as short as the row is.
    candidates.insert(candidates.begin(), row_candidate(scenario, record, rows, modelled_wanted));
  }
  // In virtual time the machine holds nothing up.
  if (record.runtime != measure::Runtime::virtual_time) {
    candidates.push_back(machine_candidate(scenario, record, wanted_per_s));
  }
  const double offered = peak_rate(Funnel::offered, record);
  // What the door turns away on purpose is no answer while nothing is missed.
  if (missed.any && modelled_wanted > 0) {
    for (const Candidate& rule : door_candidates(offered, modelled_wanted, scenario, record))
      candidates.push_back(rule);
  }
  Candidate blamed =
      *std::min_element(candidates.begin(), candidates.end(),
                        [](const Candidate& a, const Candidate& b) { return a.room() < b.room(); });
  const auto arrivals = record.books.arrivals().count;
  const Candidate traffic = traffic_candidate(scenario, record, modelled_wanted);
  const auto fault = fault_candidate(scenario, record);
  // Servers may be short on average, too, but more of them for that do not help when it matters.
  auto slow = missed.latency && only_while_slow(scenario, record) ? slow_candidate(scenario, record)
                                                                  : std::nullopt;
  // Orders lost while nothing is paid say more than the queue.
  if (slow && fault && slow->carries_per_s == 0) slow.reset();
  if (arrivals == 0) {
    blamed = traffic_candidate(scenario, record, wanted_per_s);
  } else if (slow && traffic.room() >= 1.0 &&
             (blamed.room() >= 1.0 || blamed.blamed == slow->blamed)) {
    blamed = *slow;
  } else if (fault && (blamed.room() >= 1.0 || blamed.blamed == fault->blamed)) {
    blamed = *fault;
  } else if (blamed.room() >= 1.0) {
    if (traffic.room() < 1.0) {
      blamed = traffic;
    } else if (const auto other = not_a_stage(scenario, record, missed)) {
      blamed = *other;
    }
  } else if (traffic.room() < 1.0) {
    blamed.reason += fmt::format("; and {} ({})", traffic.reason, traffic.setting);
  }
  if (const auto storm = find_retry_storm(retry_policy_of(scenario), scenario, record)) {
    blamed = {"traffic", clients_of(scenario, record).goodput_per_s, 0, storm->reason,
              storm->setting};
  }
  result.blamed = blamed.blamed;
  result.carries_per_s = blamed.carries_per_s;
  result.reason = blamed.reason;
  result.setting = blamed.setting;
  return result;
}

}  // namespace double11::report
