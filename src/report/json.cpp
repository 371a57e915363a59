// The result for programs. Fields are described in docs/result.md.
#include <double11/core/units.hpp>
#include <double11/report/clients.hpp>
#include <double11/report/fairness.hpp>
#include <double11/report/faults.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/published.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/metrics.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/json_logistics.hpp"
#include "report/json_sold.hpp"
#include "report/json_timeline.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

Json histogram_json(const measure::Histogram& histogram) {
  Json cells = Json::array();
  for (std::size_t cell = 0; cell < measure::Histogram::kCells; ++cell) {
    if (histogram.cells()[cell] != 0) {
      cells.push_back({measure::Histogram::upper_edge(cell), histogram.cells()[cell]});
    }
  }
  return {{"count", histogram.count()},      {"mean", histogram.mean()},
          {"p50", histogram.quantile(0.5)},  {"p90", histogram.quantile(0.9)},
          {"p99", histogram.quantile(0.99)}, {"p99.9", histogram.quantile(0.999)},
          {"max", histogram.max()},          {"cells", std::move(cells)}};
}

Json verdict_json(const Result& result) {
  Json checks = Json::array();
  for (const Check& check : result.verdict.checks) {
    checks.push_back({{"expression", check.expression},
                      {"measured", check.value},
                      {"measured_text", check.measured},
                      {"holds", check.holds}});
  }
  return {{"status", name_of(result.verdict.status)},
          {"exit_code", exit_code_of(result.verdict.status)},
          {"checks", std::move(checks)},
          {"doubts", result.verdict.doubts}};
}

Json bottleneck_json(const Bottleneck& bottleneck) {
  return {{"blamed", bottleneck.blamed},
          {"carries_per_s", bottleneck.carries_per_s},
          {"reason", bottleneck.reason},
          {"setting", bottleneck.setting}};
}

Json funnel_json(const Result& result) {
  Json funnel;
  const auto counts = funnel_of(result.record);
  for (const Funnel step : kFunnel) {
    funnel[std::string(double11::name_of(step))] = {
        {"count", counts[index_of(step)]},
        {"rate_peak_per_s", peak_rate(step, result.record)},
        {"rate_mean_per_s", mean_rate(step, result.scenario, result.record)},
        {"rate_machine_per_s", machine_rate(step, result.record)}};
  }
  return funnel;
}

Json outcomes_json(const measure::Books& books) {
  Json outcomes;
  for (const Outcome outcome : kAllOutcomes) {
    outcomes[std::string(double11::name_of(outcome))] = books.outcomes(outcome).count;
  }
  return outcomes;
}

Json latency_json(const measure::RunRecord& record) {
  Json latency;
  for (const Funnel step : kFunnel) {
    if (step == Funnel::offered) continue;
    latency[std::string(double11::name_of(step))] = histogram_json(record.latency[index_of(step)]);
  }
  return latency;
}

// Empty when all buyers are alike.
Json segments_json(const Result& result) {
  Json list = Json::array();
  const auto& segments = result.record.books.by_segment();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    Json outcomes;
    for (const Outcome outcome : kAllOutcomes) {
      outcomes[std::string(double11::name_of(outcome))] = segments[i].outcomes[index_of(outcome)];
    }
    list.push_back({{"name", result.scenario.traffic.segments[i].name},
                    {"offered", segments[i].arrivals},
                    {"outcomes", std::move(outcomes)},
                    {"dispatched_latency_ns", histogram_json(segments[i].latency)}});
  }
  return list;
}

// What is said of a fault that cannot be judged is null.
Json faults_json(const Result& result) {
  Json list = Json::array();
  const std::vector<Recovery> all = recoveries(result.scenario, result.record);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const scenario::Fault& fault = result.scenario.faults[i];
    const Recovery& recovery = all[i];
    const auto judged = [&](const auto& value) { return recovery.step ? Json(value) : Json(); };
    list.push_back({{"of", fault.of},
                    {"at_ns", fault.at.count()},
                    {"duration_ns", fault.duration.count()},
                    {"factor", fault.factor},
                    {"step", recovery.step ? Json(double11::name_of(*recovery.step)) : Json()},
                    {"before_per_s", judged(recovery.before_per_s)},
                    {"worst_per_s", judged(recovery.worst_per_s)},
                    {"backlog_most", judged(recovery.backlog_most)},
                    {"recovered", judged(recovery.recovered)},
                    {"recovery_ns", judged(recovery.after.count())}});
  }
  return list;
}

// By name; empty without reasons.
Json reasons_json(const scenario::Payment& payment, const std::vector<std::int64_t>& counts) {
  Json reasons = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) reasons[payment.reasons[i].name] = counts[i];
  return reasons;
}

// Empty with a single channel.
Json channels_json(const Result& result) {
  const scenario::Payment& payment = result.scenario.payment;
  Json list = Json::array();
  for (std::size_t i = 0; i < result.record.payments.channels.size(); ++i) {
    const measure::ChannelCounts& counts = result.record.payments.channels[i];
    list.push_back({{"name", payment.channels[i].name},
                    {"started", counts.started},
                    {"paid", counts.paid},
                    {"declined", counts.declined},
                    {"reasons", reasons_json(payment, counts.reasons)},
                    {"timed_out", counts.timed_out},
                    {"refunds", counts.refunds},
                    {"refused", counts.refused},
                    {"left_queue", counts.left},
                    {"avoided", counts.avoided},
                    {"breaker_opened", counts.opened},
                    {"queue_most", counts.queue_most},
                    {"servers", payment.channels[i].servers},
                    {"busy_ns", counts.busy.count()}});
  }
  return list;
}

Json payments_json(const Result& result) {
  const measure::PaymentCounts& counts = result.record.payments;
  return {{"paid", counts.paid},
          {"declined", counts.declined},
          {"given_up", counts.given_up},
          {"abandoned", counts.abandoned},
          {"refused", counts.refused},
          {"repeated", counts.repeated},
          {"superseded", counts.superseded},
          {"refunds", counts.refunds},
          {"unrouted", counts.unrouted},
          {"reasons", reasons_json(result.scenario.payment, counts.reasons)},
          {"channels", channels_json(result)}};
}

Json series_json(const measure::Series& series) {
  Json columns;
  std::size_t last = series.rows().size();
  while (last > 0 && series.rows()[last - 1] == measure::Series::Row{}) --last;
  for (const Funnel step : kFunnel) {
    Json column = Json::array();
    for (std::size_t row = 0; row < last; ++row)
      column.push_back(series.rows()[row][index_of(step)]);
    columns[std::string(double11::name_of(step))] = std::move(column);
  }
  return {{"interval_ns", series.interval().count()}, {"counts", std::move(columns)}};
}

Json stages_json(const Result& result) {
  Json stages;
  for (const StageLimit& limit : result.bottleneck.limits) {
    const auto& load = result.record.stages[index_of(limit.stage)];
    stages[std::string(double11::name_of(limit.stage))] = {
        {"workers", load.workers},
        {"busy_ns", load.busy.count()},
        {"orders", load.orders},
        {"batches", load.batches},
        {"queue_most", load.queue_most},
        {"demand_per_s", limit.demand_per_s},
        {"modelled_limit_per_s", limit.modelled_per_s},
        {"machine_limit_per_s", limit.machine_per_s}};
  }
  return stages;
}

// Empty without a door.
Json door_json(const Result& result) {
  if (!has_door(result.scenario)) return Json::object();
  const measure::DoorCounts& door = result.record.door;
  return {{"duplicates", door.duplicates},
          {"bots_caught", door.bots_caught},
          {"false_alarms", door.false_alarms},
          {"over_buyer_rate", door.over_buyer_rate},
          {"over_buyer_units", door.over_buyer_units},
          {"told_sold_out", door.told_sold_out},
          {"over_rate", door.over_rate},
          {"room_full", door.room_full},
          {"over_limit", door.over_limit},
          {"dropped", door.dropped},
          {"expired", door.expired},
          {"polls", door.polls},
          {"room_most", door.room_most},
          {"queue_most", door.queue_most},
          {"in_flight_most", door.in_flight_most}};
}

// Empty without a door, too.
Json clients_json(const Result& result) {
  const measure::ClientCounts& counts = result.record.clients;
  if (counts.first_clicks == 0) return Json::object();
  const Clients clients = clients_of(result.scenario, result.record);
  return {{"first_clicks", counts.first_clicks},
          {"second_clicks", counts.second_clicks},
          {"retries", counts.retries},
          {"given_up", counts.given_up},
          {"answered_late", counts.answered_late},
          {"timed_out", counts.timed_out},
          {"over_budget", counts.over_budget},
          {"served", counts.served},
          {"goodput", counts.goodput},
          {"attempts_per_order", clients.attempts_per_order},
          {"amplification", clients.amplification},
          {"offered_per_s", clients.offered_per_s},
          {"goodput_per_s", clients.goodput_per_s},
          {"served_share", clients.served_share}};
}

// Empty unless measured.
Json fairness_json(const measure::RunRecord& record) {
  const Fairness fairness = fairness_of(record);
  if (!fairness.measured) return Json::object();
  Json tenths = Json::array();
  for (const TenthFairness& tenth : fairness.tenths) {
    tenths.push_back({{"offered", tenth.arrivals},
                      {"dispatched_share", tenth.dispatched_share},
                      {"latency_mean_s", tenth.mean_latency_s}});
  }
  return {{"buyers", fairness.buyers},
          {"units_most", fairness.units_most},
          {"bots_offered_share", fairness.bots_offered_share},
          {"bots_share", fairness.bots_share},
          {"top1pct_share", fairness.top1pct_share},
          {"by_arrival", std::move(tenths)}};
}

Json published_json(const Result& result) {
  Json points = Json::array();
  for (const Compared& one : compare_published(result.scenario, result.record, result.audit)) {
    points.push_back({{"at_ns", one.point->at.count()},
                      {"what", one.point->what},
                      {"published", one.published},
                      {"here", one.reached ? Json(one.here) : Json()},
                      {"off", one.reached ? Json(one.off) : Json()},
                      {"tolerance", one.point->tolerance},
                      {"met", one.met},
                      {"source", one.point->source}});
  }
  return points;
}

std::string_view name_of(measure::Runtime runtime) {
  switch (runtime) {
    case measure::Runtime::pace_max:
      return "pace_max";
    case measure::Runtime::pace_real:
      return "pace_real";
    case measure::Runtime::virtual_time:
      break;
  }
  return "virtual_time";
}

// By stage, one text per minute.
Json fingerprints_json(const measure::Fingerprints& fingerprints) {
  Json stages;
  for (const Stage stage : kAllStages) {
    Json minutes = Json::array();
    for (const auto& row : fingerprints.rows()) {
      minutes.push_back(fmt::format("{:016x}", row[index_of(stage)]));
    }
    stages[std::string(double11::name_of(stage))] = std::move(minutes);
  }
  return stages;
}

Json audit_json(const Audit& audit) {
  Json laws = Json::array();
  for (const Law& law : audit.laws) {
    laws.push_back({{"name", law.name},
                    {"measured", law.measured},
                    {"violations", law.violations},
                    {"offender", law.offender}});
  }
  return {{"violations", audit.violations},
          {"undersold_units", audit.undersold_units},
          {"undersold_skus", audit.undersold_skus},
          {"laws", std::move(laws)}};
}

}  // namespace

std::string json(const Result& result, const std::string& again) {
  const measure::RunRecord& record = result.record;
  Json document;
  document["schema_version"] = 1;
  document["program"] = "double11";
  document["version"] = result.machine.version;
  document["scenario_digest"] = scenario::digest_of(result.scenario);
  document["seed"] = result.scenario.seed;
  document["order_stream"] = fmt::format("{:016x}", record.books.stream_print());
  document["verdict"] = verdict_json(result);
  document["bottleneck"] = bottleneck_json(result.bottleneck);
  document["funnel"] = funnel_json(result);
  document["outcomes"] = outcomes_json(record.books);
  document["segments"] = segments_json(result);
  document["faults"] = faults_json(result);
  document["payments"] = payments_json(result);
  document["door"] = door_json(result);
  document["clients"] = clients_json(result);
  document["fairness"] = fairness_json(record);
  document["published"] = published_json(result);
  document["audit"] = audit_json(result.audit);
  document["latency_ns"] = latency_json(record);
  document["generator_lag_ns"] = histogram_json(record.generator_lag);
  document["delivery_s"] = histogram_json(record.delivery.time_s());
  document["series"] = series_json(record.series);
  document["latency_over_time"] = latency_over_time_json(record.latency_series);
  // A run of a moment has none that says anything.
  if (record.timeline.looks().size() > 1) document["timeline"] = timeline_json(result);
  document["stages"] = stages_json(result);
  document["money_fen"] = {{"captured", record.payments.captured.fen},
                           {"refunded", record.payments.refunded.fen},
                           {"turnover", record.books.turnover().fen}};
  document["units_sold"] = record.books.units_sold();
  document["sold"] = sold_json(result);
  document["hot"] = hot_json(result);
  document["dispatched_by_region"] = regions_json(result);
  document["parcels_by_warehouse"] = record.parcels.by_warehouse;
  document["logistics"] = logistics_json(result);
  if (record.runtime == measure::Runtime::virtual_time) {
    document["fingerprint"] = fmt::format("{:016x}", record.fingerprints.total());
    document["fingerprints"] = fingerprints_json(record.fingerprints);
  }
  document["run"] = {{"runtime", name_of(record.runtime)},
                     {"workers", record.workers},
                     {"scale", result.scenario.simulate.applied_scale},
                     {"wall_ns", record.wall.count()},
                     {"scenario_end_ns", nanoseconds_of(record.scenario_end)},
                     {"traffic_busy_ns", record.traffic_busy.count()},
                     {"payment_busy_ns", record.payment_busy.count()},
                     {"in_flight_most", record.in_flight_most},
                     {"still_in_flight", record.still_in_flight},
                     {"interrupted", record.interrupted},
                     {"steered", record.steered}};
  document["machine"] = {{"cpu", result.machine.cpu},
                         {"cores", result.machine.cores},
                         {"load_1min", result.machine.load_1min},
                         {"compiler", result.machine.compiler},
                         {"build", result.machine.build}};
  document["scenario"] = Json::parse(scenario::to_json(result.scenario));
  if (!again.empty()) {
    document["command"] = again;
    document["text"] = text(result, again, false);
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
