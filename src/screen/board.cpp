#include <double11/core/units.hpp>
#include <double11/screen/board.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "screen/metrics_text.hpp"

namespace double11::screen {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of_runtime(measure::Runtime runtime) {
  constexpr std::array<std::string_view, 3> kNames{"pace_max", "pace_real", "virtual_time"};
  return kNames.at(static_cast<std::size_t>(runtime));
}

template <typename Names>
Json names_of(const Names& all) {
  Json names = Json::array();
  for (const auto one : all) names.push_back(name_of(one));
  return names;
}

Json target_of(const scenario::Target& target) {
  if (target.rate_per_s <= 0) return {};
  return {{"rate_per_s", target.rate_per_s}, {"of", name_of(target.of)}};
}

Json faults_of(const scenario::Scenario& scenario) {
  Json faults = Json::array();
  for (const scenario::Fault& fault : scenario.faults) {
    faults.push_back({{"of", fault.of},
                      {"at_ns", fault.at.count()},
                      {"duration_ns", fault.duration.count()},
                      {"factor", fault.factor}});
  }
  return faults;
}

// The most orders a second that Double 11 has published.
Json record_rate(const scenario::Scenario& scenario) {
  if (scenario.simulate.applied_scale != 1) return {};  // a part of a sale breaks none
  return {{"per_s", 583'000},
          {"what", "Double 11 2020: 583,000 orders created per second"},
          {"source",
           "https://www.alibabacloud.com/blog/"
           "recap-of-the-2020-double-11-global-shopping-festival_596959"}};
}

}  // namespace

Board::Board(const scenario::Scenario& scenario, measure::Runtime runtime, std::int64_t workers,
             std::string command)
    : scenario_(scenario), ticker_(scenario, runtime, workers) {
  Json regions = Json::array();
  for (const auto& region : scenario.traffic.regions) regions.push_back(region.name);
  const Json about = {{"name", scenario.name},
                      {"title", scenario.title},
                      {"command", std::move(command)},
                      {"runtime", name_of_runtime(runtime)},
                      {"duration_ns", scenario.duration.count()},
                      {"workers", workers},
                      {"target", target_of(scenario.target)},
                      {"thresholds", scenario.thresholds},
                      {"record", record_rate(scenario)},
                      {"faults", faults_of(scenario)},
                      {"regions", std::move(regions)},
                      {"stages", names_of(kAllStages)},
                      {"steps", names_of(kFunnel)},
                      {"outcomes", names_of(kAllOutcomes)}};
  about_ = about.dump();
  about_.pop_back();  // what is still to come: the history
}

void Board::show(const measure::Snapshot& snapshot, bool paused) {
  const std::scoped_lock lock(mutex_);
  const Tick tick = ticker_.next(snapshot);
  snapshot_ = snapshot;
  tick_ = json_of(tick, paused);
  if (ticks_++ % keep_every_ == 0) history_.push_back(tick_);
  if (history_.size() == kHistory) {
    for (std::size_t i = 1; i < kHistory / 2; ++i) history_[i] = std::move(history_[2 * i]);
    history_.resize(kHistory / 2);
    keep_every_ *= 2;
  }
  ++version_;
}

void Board::conclude(const std::string& result) {
  const Json document = Json::parse(result);
  Json end;
  for (const char* const part : {"verdict", "bottleneck", "audit", "funnel", "outcomes"}) {
    end[part] = document.at(part);
  }
  for (const char* const figure : {"p50", "p99"}) {
    end["latency_ns"]["dispatched"][figure] = document.at("latency_ns").at("dispatched").at(figure);
  }
  const std::scoped_lock lock(mutex_);
  end["tick"] = tick_.empty() ? Json() : Json::parse(tick_);
  end_ = end.dump();
  result_ = result;
  status_ = document.at("verdict").at("status").get<std::string>();
  violations_ = document.at("audit").at("violations").get<std::int64_t>();
  ++version_;
}

std::uint64_t Board::version() const {
  const std::scoped_lock lock(mutex_);
  return version_;
}

std::string Board::hello(std::uint64_t& version) const {
  const std::scoped_lock lock(mutex_);
  // One less where it has ended: that is told next.
  version = end_.empty() ? version_ : version_ - 1;
  std::string text = about_ + ",\"history\":[";
  for (std::size_t i = 0; i < history_.size(); ++i) text += (i == 0 ? "" : ",") + history_[i];
  return text + "]}";
}

std::string Board::tick() const {
  const std::scoped_lock lock(mutex_);
  return tick_;
}

std::string Board::end() const {
  const std::scoped_lock lock(mutex_);
  return end_;
}

std::string Board::result() const {
  const std::scoped_lock lock(mutex_);
  if (!result_.empty()) return result_;
  return "{\"status\":\"RUNNING\",\"tick\":" + (tick_.empty() ? "null" : tick_) + "}\n";
}

std::string Board::metrics() const {
  const std::scoped_lock lock(mutex_);
  return metrics_text(scenario_, snapshot_, {status_, violations_});
}

std::string Board::json_of(const Tick& tick, bool paused) const {
  const auto in_ns = [](const std::optional<Duration>& one) {
    return one ? Json(one->count()) : Json();
  };
  return Json{{"at_ns", nanoseconds_of(tick.scenario_now)},
              {"wall_ns", tick.wall.count()},
              {"progress", tick.progress},
              {"speed", tick.speed},
              {"paused", paused},
              {"funnel", tick.funnel},
              {"outcomes", tick.outcomes},
              {"turnover_fen", tick.turnover.fen},
              {"regions", tick.dispatched_by_region},
              {"rate_per_s", judged_per_s(tick, ticker_.runtime())},
              {"p50_ns", in_ns(tick.p50)},
              {"p99_ns", in_ns(tick.p99)},
              {"busy", tick.busy_share},
              {"queue", tick.queue},
              {"in_flight", tick.in_flight},
              {"servers_busy", tick.servers_busy},
              {"servers", tick.servers},
              {"faults", tick.faults},
              {"broken", tick.broken}}
      .dump();
}

}  // namespace double11::screen
