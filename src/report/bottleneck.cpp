#include <double11/core/units.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/metrics.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// Room that a suggested setting leaves above what is wanted; and how much more a stage gets that
// is large enough already.
constexpr double kRoom = 1.1;
constexpr double kMore = 1.5;

// Mean time of a payment at the channel in seconds, nobody giving up.
double payment_seconds(const Scenario& scenario) {
  return stages::PaymentLaws(scenario).mean_latency() * 1e-9;
}

// What trying again adds, when only declines fail: payments per order, and seconds in between.
struct Tries {
  double payments = 0;
  double pauses_s = 0;
};

Tries tries_of(const Scenario& scenario) {
  const scenario::Payment& payment = scenario.payment;
  const stages::RetryDelay delay(payment.retry_delay, payment.retry_backoff, 0);
  Tries tries;
  double reached = 1;
  for (std::int64_t attempt = 0; attempt < payment.attempts; ++attempt) {
    if (attempt > 0) {
      tries.pauses_s += reached * seconds_of(delay(static_cast<std::uint64_t>(attempt), 0)) *
                        (1 - 0.5 * payment.retry_jitter);
    }
    tries.payments += reached;
    reached *= payment.decline_probability;
  }
  return tries;
}

// How long an order needs a server, in seconds: for all its payments, and the part that falls to it
// of a server that takes several orders at once.
double server_seconds(const Scenario& scenario) {
  return payment_seconds(scenario) * tries_of(scenario).payments /
         static_cast<double>(scenario.payment.batch_most);
}

std::string in_words(double seconds) {
  return short_duration(Duration(std::llround(seconds * 1e9)));
}

double mean_between(const RunRecord& record, Funnel from, Funnel to) {
  const auto& first = record.latency[index_of(from)];
  const auto& second = record.latency[index_of(to)];
  if (second.count() == 0) return 0;
  return std::max(0.0, second.mean() - first.mean()) * 1e-9;
}

// Mean seconds in flight without the queue in front of payment, which is payment's own doing.
double flight_seconds(const Scenario& scenario, const RunRecord& record) {
  const Tries tries = tries_of(scenario);
  return mean_between(record, Funnel::admitted, Funnel::reserved) +
         payment_seconds(scenario) * tries.payments + tries.pauses_s +
         mean_between(record, Funnel::paid, Funnel::dispatched);
}

// Orders per second that the stage's workers carry while they do nothing else.
double machine_limit(const measure::StageLoad& load) {
  return load.busy.count() > 0 ? static_cast<double>(load.orders) / seconds_of(load.busy) *
                                     static_cast<double>(load.workers)
                               : 0;
}

// "KEY=VALUE" in two digits, rounded up: what is needed, or more than now when that is enough;
// never more than the key allows.
std::string suggestion(std::string_view name, double needed, std::int64_t present) {
  const scenario::Key& key = *scenario::find_key(name);
  const auto now = static_cast<double>(present);
  const double value = std::min(needed > now ? needed : now * kMore, key.most);
  const double digits =
      std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(value, 1.0))) - 1));
  const double rounded = std::min(std::ceil(value / digits) * digits, key.most);
  return fmt::format("{}={}", name, text_of_count(static_cast<std::int64_t>(rounded)));
}

// One possible answer to "what gives way first?".
struct Candidate {
  std::string blamed;
  double carries_per_s;
  double needed_per_s;  // what reached it, or the target where the target measures it
  std::string reason;
  std::string setting;

  // How many times what is needed it carries.
  [[nodiscard]] double room() const {
    return needed_per_s > 0 ? carries_per_s / needed_per_s
                            : std::numeric_limits<double>::infinity();
  }
};

// What would reach payment if admission let everything in: a full queue hides its own cause.
double payment_demand(const Scenario& scenario, const RunRecord& record) {
  const auto counts = funnel_of(record);
  const auto admitted = static_cast<double>(counts[index_of(Funnel::admitted)]);
  const auto reserved = static_cast<double>(counts[index_of(Funnel::reserved)]);
  const double share = admitted > 0 ? reserved / admitted : 1.0;
  return std::max(peak_rate(Funnel::reserved, scenario, record),
                  peak_rate(Funnel::offered, scenario, record) * share);
}

// So many payment servers, or what a calendar would have to say instead.
std::string servers_suggestion(const Scenario& scenario, double needed) {
  const scenario::Payment& payment = scenario.payment;
  const auto clock = stages::WorkClock::of_payment(scenario);
  const Instant end(scenario.duration);
  const double speed = clock.work_s(Instant{}, end) / seconds_of(scenario.duration);
  const double at_speed = speed > 0 ? needed / speed : needed;
  if (payment.calendar.empty()) return suggestion("payment.servers", at_speed, payment.servers);
  const std::int64_t present = std::llround(stages::mean_servers(scenario, stages::WorkClock()));
  const std::string setting = suggestion("payment.servers", at_speed, present);
  const std::string count = setting.substr(setting.find('=') + 1);
  return fmt::format(R"(payment.calendar=[{{"at":"0s","servers":"{}"}}])", count);
}

Candidate payment_candidate(const Scenario& scenario, const StageLimit& limit, double wanted) {
  const double service = server_seconds(scenario);
  const double needed = std::max(limit.demand_per_s, wanted);
  const double servers = stages::mean_servers(scenario, stages::WorkClock::of_payment(scenario));
  const bool steady = servers == static_cast<double>(scenario.payment.servers);
  const bool single = scenario.payment.attempts == 1 && scenario.payment.batch_most == 1;
  return {std::string(name_of(Stage::payment)), limit.modelled_per_s, needed,
          fmt::format("{}{} servers / {} per {} carry {} (Little's law), needed {}",
                      steady ? "" : "on average ", grouped(std::llround(servers)),
                      in_words(service), single ? "payment" : "order",
                      short_rate(limit.modelled_per_s), short_rate(needed)),
          servers_suggestion(scenario, needed * kRoom * service)};
}

Candidate admission_candidate(const Scenario& scenario, const RunRecord& record,
                              const StageLimit& limit, double wanted) {
  const double flight = flight_seconds(scenario, record);
  const double needed = std::max(limit.demand_per_s, wanted);
  return {std::string(name_of(Stage::admission)), limit.modelled_per_s, needed,
          fmt::format("{} credits / {} in flight carry {} (Little's law), needed {}",
                      grouped(scenario.admission.in_flight_limit), in_words(flight),
                      short_rate(limit.modelled_per_s), short_rate(needed)),
          suggestion("admission.in_flight_limit", needed * kRoom * flight,
                     scenario.admission.in_flight_limit)};
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
    needed = std::max(wanted, peak_rate(Funnel::offered, scenario, record));
  }
  return {std::string(name_of(stage)), carries, needed,
          fmt::format("{} worker{} of this machine carry {}, and of the stages {} costs them most; "
                      "more workers need more cores",
                      record.workers, record.workers == 1 ? "" : "s", short_rate(carries),
                      name_of(stage)),
          suggestion("run.workers",
                     static_cast<double>(record.workers) * needed / std::max(carries, 1e-9),
                     record.workers)};
}

Candidate traffic_candidate(const Scenario& scenario, double wanted) {
  const bool jumps = scenario.traffic.arrivals == scenario::Arrivals::mmpp;
  const double peak = traffic::RateCurve(scenario.traffic).peak_per_s(Instant(scenario.duration)) *
                      (jumps ? scenario.traffic.mmpp.high_factor : 1.0);
  const double scale = peak > 0 ? scenario.traffic.scale * wanted / peak * kRoom : 1.0;
  return {"traffic", peak, wanted,
          fmt::format("the curve never offers more than {}{}", short_rate(peak),
                      jumps ? ", even while the rate is high" : ""),
          fmt::format("traffic.scale={:.3g}", std::clamp(scale, 1e-9, 1e6))};
}

Candidate stock_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto sold_out = static_cast<double>(record.books.outcomes(Outcome::sold_out).count);
  const auto offered = static_cast<double>(record.books.arrivals().count);
  const bool hot = scenario.catalogue.hot_skus > 0;
  const std::int64_t stock = hot ? scenario.catalogue.hot_stock : scenario.catalogue.stock;
  const double times = sold_out < offered ? offered / (offered - sold_out) : 2.0;
  return {std::string(name_of(Stage::inventory)), 0, 0,
          fmt::format("{:.3g}% of the orders found a line sold out", sold_out / offered * 100),
          suggestion(hot ? "catalogue.hot.stock" : "catalogue.stock",
                     static_cast<double>(stock) * times * kRoom, stock)};
}

// With every stage large enough, what most orders were lost to.
std::optional<Candidate> loss_candidate(const Scenario& scenario, const RunRecord& record) {
  const auto count = [&](Outcome outcome) { return record.books.outcomes(outcome).count; };
  const auto offered = static_cast<double>(record.books.arrivals().count);
  const std::int64_t late = count(Outcome::expired) + count(Outcome::refunded);
  const std::int64_t declined = count(Outcome::declined);
  const std::int64_t sold_out = count(Outcome::sold_out);
  const std::int64_t abandoned = count(Outcome::abandoned);
  const std::int64_t most = std::max({late, declined, sold_out, abandoned});
  // Below one order in fifty no loss explains a missed check.
  if (static_cast<double>(most) < 0.02 * offered) return std::nullopt;
  if (most == sold_out) return stock_candidate(scenario, record);
  const std::string payment(name_of(Stage::payment));
  if (most == abandoned) {
    return Candidate{
        payment, 0, 0,
        fmt::format("{:.3g}% of the orders lost patience in its queue",
                    static_cast<double>(abandoned) / offered * 100),
        servers_suggestion(scenario, static_cast<double>(scenario.payment.servers) * kMore)};
  }
  if (most == declined) {
    return Candidate{payment, 0, 0,
                     fmt::format("{:.3g}% of the orders were declined",
                                 static_cast<double>(declined) / offered * 100),
                     fmt::format("payment.decline_probability={:.3g}",
                                 scenario.payment.decline_probability / 2)};
  }
  const bool by_timeout = scenario.payment.timeout <= scenario.inventory.reservation_ttl;
  const Duration bound = by_timeout ? scenario.payment.timeout : scenario.inventory.reservation_ttl;
  return Candidate{
      payment, 0, 0,
      fmt::format("{:.3g}% of the payments took longer than {}",
                  static_cast<double>(late) / offered * 100, text_of_duration(bound)),
      fmt::format("{}={}", by_timeout ? "payment.timeout" : "inventory.reservation_ttl",
                  text_of_duration(bound * 4))};
}

// With every stage large enough and few losses: the payment channel's own time.
Candidate latency_candidate(const Scenario& scenario) {
  using enum scenario::Distribution;
  const scenario::RandomDuration& latency = scenario.payment.latency;
  const Duration mean(std::llround(payment_seconds(scenario) * 1e9));
  std::string setting = fmt::format("payment.latency.mean={}", text_of_duration(mean / 2));
  if (latency.distribution == lognormal) {
    const Duration p99 = std::max(latency.p50 + Duration(1'000'000), latency.p99 / 2);
    setting = fmt::format("payment.latency.p99={}", text_of_duration(p99));
  } else if (latency.distribution == uniform || latency.distribution == empirical) {
    setting = fmt::format(R"(payment.latency={{"distribution":"constant","mean":"{}"}})",
                          text_of_duration(mean / 2));
  }
  return {std::string(name_of(Stage::payment)), 0, 0,
          fmt::format("its servers are enough, but the channel itself takes {} on average",
                      in_words(payment_seconds(scenario))),
          setting};
}

std::vector<StageLimit> find_limits(const Scenario& scenario, const RunRecord& record) {
  const double credits = static_cast<double>(scenario.admission.in_flight_limit) /
                         std::max(1e-9, flight_seconds(scenario, record));
  const double servers = stages::mean_servers(scenario, stages::WorkClock::of_payment(scenario)) /
                         std::max(1e-9, server_seconds(scenario));
  const auto machine = [&](Stage stage) { return machine_limit(record.stages[index_of(stage)]); };
  return {
      {Stage::admission, peak_rate(Funnel::offered, scenario, record), credits,
       machine(Stage::admission)},
      {Stage::inventory, peak_rate(Funnel::admitted, scenario, record), 0,
       machine(Stage::inventory)},
      {Stage::payment, payment_demand(scenario, record), servers, machine(Stage::payment)},
      {Stage::logistics, peak_rate(Funnel::paid, scenario, record), 0, machine(Stage::logistics)}};
}

}  // namespace

Bottleneck find_bottleneck(const Scenario& scenario, const RunRecord& record, double wanted_per_s,
                           const Missed& missed) {
  Bottleneck result;
  result.limits = find_limits(scenario, record);
  // At pace max the target is a rate of the machine; credits and servers work in scenario time.
  const double modelled_wanted = record.runtime == measure::Runtime::pace_max ? 0 : wanted_per_s;
  std::vector<Candidate> candidates{
      payment_candidate(scenario, result.limits[index_of(Stage::payment)], modelled_wanted),
      admission_candidate(scenario, record, result.limits[index_of(Stage::admission)],
                          modelled_wanted)};
  // In virtual time the machine holds nothing up.
  if (record.runtime != measure::Runtime::virtual_time) {
    candidates.push_back(machine_candidate(scenario, record, wanted_per_s));
  }
  Candidate blamed =
      *std::min_element(candidates.begin(), candidates.end(),
                        [](const Candidate& a, const Candidate& b) { return a.room() < b.room(); });
  const auto arrivals = record.books.arrivals().count;
  const Candidate traffic = traffic_candidate(scenario, modelled_wanted);
  if (arrivals == 0) {
    blamed = traffic_candidate(scenario, wanted_per_s);
  } else if (blamed.room() >= 1.0) {
    // No stage is too small. Then the traffic never asked, orders were lost, or payment is slow.
    const auto sold_out = record.books.outcomes(Outcome::sold_out).count;
    const auto loss = missed.any ? loss_candidate(scenario, record) : std::nullopt;
    if (traffic.room() < 1.0) {
      blamed = traffic;
    } else if (missed.latency) {
      blamed = latency_candidate(scenario);
    } else if (loss) {
      blamed = *loss;
    } else if (sold_out * 10 > arrivals) {
      blamed = stock_candidate(scenario, record);
    }
  } else if (traffic.room() < 1.0) {
    blamed.reason += fmt::format("; and {} ({})", traffic.reason, traffic.setting);
  }
  result.blamed = blamed.blamed;
  result.carries_per_s = blamed.carries_per_s;
  result.reason = blamed.reason;
  result.setting = blamed.setting;
  return result;
}

}  // namespace double11::report
