#include <double11/core/units.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/metrics.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// Room that a suggested setting leaves above what is wanted; and how much more a stage gets that
// is large enough already.
constexpr double kRoom = 1.1;
constexpr double kMore = 1.5;

// Mean service time of a payment in seconds: measured, or the scenario's when nothing was paid.
double payment_seconds(const Scenario& scenario, const RunRecord& record) {
  const auto services = static_cast<double>(record.payments.paid + record.payments.declined +
                                            record.payments.given_up);
  if (services > 0 && record.payment_busy.count() > 0) {
    return seconds_of(record.payment_busy) / services;
  }
  return stages::service_time(scenario.payment.latency).mean() * 1e-9;
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
         payment_seconds(scenario, record) + mean_between(record, Funnel::paid, Funnel::dispatched);
}

// Orders per second that the stage's workers carry while they do nothing else.
double machine_limit(const measure::StageLoad& load) {
  return load.busy.count() > 0 ? static_cast<double>(load.orders) / seconds_of(load.busy) *
                                     static_cast<double>(load.workers)
                               : 0;
}

// "KEY=VALUE" in two digits, rounded up: what is needed, or more than now when that is enough.
std::string suggestion(std::string_view key, double needed, std::int64_t present) {
  const auto now = static_cast<double>(present);
  const double value = needed > now ? needed : now * kMore;
  const double digits = std::pow(10.0, std::floor(std::log10(std::max(value, 1.0))) - 1);
  const auto rounded = static_cast<std::int64_t>(std::ceil(value / digits) * digits);
  return fmt::format("{}={}", key, text_of_count(rounded));
}

struct Candidate {
  std::string blamed;
  double carries_per_s;
  double demand_per_s;
  std::string reason;
  std::string setting;
};

std::vector<Candidate> modelled_candidates(const Scenario& scenario, const RunRecord& record,
                                           const std::vector<StageLimit>& limits, double wanted) {
  const StageLimit& admission = limits[index_of(Stage::admission)];
  const StageLimit& payment = limits[index_of(Stage::payment)];
  const double flight = flight_seconds(scenario, record);
  const double service = payment_seconds(scenario, record);
  const double admission_wanted = std::max(wanted, admission.demand_per_s) * kRoom;
  const double payment_wanted = std::max(wanted, payment.demand_per_s) * kRoom;
  const auto duration = [](double seconds) {
    return short_duration(Duration(std::llround(seconds * 1e9)));
  };
  return {
      {std::string(name_of(Stage::payment)), payment.modelled_per_s, payment.demand_per_s,
       fmt::format("{} servers / {} per payment carry {} (Little's law)",
                   grouped(scenario.payment.servers), duration(service),
                   short_rate(payment.modelled_per_s)),
       suggestion("payment.servers", payment_wanted * service, scenario.payment.servers)},
      {std::string(name_of(Stage::admission)), admission.modelled_per_s, admission.demand_per_s,
       fmt::format("{} credits / {} in flight carry {} (Little's law)",
                   grouped(scenario.admission.in_flight_limit), duration(flight),
                   short_rate(admission.modelled_per_s)),
       suggestion("admission.in_flight_limit", admission_wanted * flight,
                  scenario.admission.in_flight_limit)},
  };
}

// At pace max the machine is the limit by design; at pace real its busy share says how near it is.
Candidate machine_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto* const busiest = std::max_element(
      record.stages.begin(), record.stages.end(), [](const auto& a, const auto& b) {
        return a.busy.count() * std::max<std::int64_t>(b.workers, 1) <
               b.busy.count() * std::max<std::int64_t>(a.workers, 1);
      });
  const auto stage = static_cast<Stage>(busiest - record.stages.begin());
  Duration busy = record.traffic_busy;
  for (const auto& load : record.stages) busy += load.busy;
  const double offered = static_cast<double>(record.books.arrivals().count);
  double carries = machine_rate(Funnel::offered, record);
  if (scenario.run.pace == scenario::Pace::real && busy.count() > 0) {
    carries = offered / seconds_of(busy) * static_cast<double>(record.workers);
  }
  return {
      std::string(name_of(stage)), carries,
      scenario.run.pace == scenario::Pace::real ? peak_rate(Funnel::offered, scenario, record) : 0,
      fmt::format("{} worker{} on this machine carry {}, and {} costs them most", record.workers,
                  record.workers == 1 ? "" : "s", short_rate(carries), name_of(stage)),
      fmt::format("run.workers={}", record.workers + 1)};
}

Candidate traffic_candidate(const Scenario& scenario, double wanted) {
  const double peak = traffic::RateCurve(scenario.traffic).peak_per_s(Instant(scenario.duration));
  return {"traffic", peak, 0, fmt::format("the curve never offers more than {}", short_rate(peak)),
          fmt::format("traffic.scale={:.3g}",
                      peak > 0 ? scenario.traffic.scale * wanted / peak * kRoom : 1.0)};
}

Candidate stock_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto sold_out = static_cast<double>(record.books.outcomes(Outcome::sold_out).count);
  const auto offered =
      static_cast<double>(std::max<std::int64_t>(1, record.books.arrivals().count));
  const bool hot = scenario.catalogue.hot_skus > 0;
  const std::int64_t stock = hot ? scenario.catalogue.hot_stock : scenario.catalogue.stock;
  const double room = sold_out < offered ? offered / (offered - sold_out) : 2.0;
  return {std::string(name_of(Stage::inventory)), 0, 0,
          fmt::format("{:.3g}% of the orders found a line sold out", sold_out / offered * 100),
          suggestion(hot ? "catalogue.hot.stock" : "catalogue.stock",
                     static_cast<double>(std::max<std::int64_t>(stock, 1)) * room * kRoom, stock)};
}

}  // namespace

Bottleneck find_bottleneck(const Scenario& scenario, const RunRecord& record, double wanted_per_s) {
  Bottleneck result;
  constexpr std::array<Funnel, kStages> kDemand{Funnel::offered, Funnel::admitted, Funnel::reserved,
                                                Funnel::paid};
  for (const Stage stage : kAllStages) {
    StageLimit limit{stage, peak_rate(kDemand[index_of(stage)], scenario, record), 0,
                     machine_limit(record.stages[index_of(stage)])};
    if (stage == Stage::admission) {
      limit.modelled_per_s = static_cast<double>(scenario.admission.in_flight_limit) /
                             std::max(1e-9, flight_seconds(scenario, record));
    } else if (stage == Stage::payment) {
      limit.modelled_per_s = static_cast<double>(scenario.payment.servers) /
                             std::max(1e-9, payment_seconds(scenario, record));
    }
    result.limits.push_back(limit);
  }
  auto candidates = modelled_candidates(scenario, record, result.limits, wanted_per_s);
  candidates.push_back(machine_candidate(scenario, record));

  // Room: how many times its demand (or what is wanted) a candidate carries.
  const auto room_of = [&](const Candidate& candidate) {
    const double needed = std::max(candidate.demand_per_s, wanted_per_s);
    return needed > 0 ? candidate.carries_per_s / needed : std::numeric_limits<double>::infinity();
  };
  const auto tightest = std::min_element(
      candidates.begin(), candidates.end(),
      [&](const Candidate& a, const Candidate& b) { return room_of(a) < room_of(b); });
  Candidate blamed = *tightest;
  if (room_of(blamed) >= 1.0) {
    // No stage is too small. Then either the shelves were empty or the traffic never asked.
    const Candidate traffic = traffic_candidate(scenario, wanted_per_s);
    const auto offered = record.books.arrivals().count;
    const auto sold_out = record.books.outcomes(Outcome::sold_out).count;
    if (traffic.carries_per_s < wanted_per_s) {
      blamed = traffic;
    } else if (sold_out > 0 && sold_out * 10 > offered) {
      blamed = stock_candidate(scenario, record);
    }
  }
  result.blamed = blamed.blamed;
  result.carries_per_s = blamed.carries_per_s;
  result.reason = blamed.reason;
  result.setting = blamed.setting;
  return result;
}

}  // namespace double11::report
