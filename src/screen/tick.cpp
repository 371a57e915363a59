#include <double11/scenario/payment_servers.hpp>
#include <double11/screen/tick.hpp>

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace double11::screen {
namespace {

// Counts that may not cross, whichever workers made them: what came later on the way was copied
// before (a step never counts an order that the step before has not counted), so `later` of the
// last snapshot is held against `sooner` of this one.
std::vector<std::string> what_is_broken(const measure::Snapshot& last, const measure::Snapshot& now,
                                        double units_to_sell) {
  std::vector<std::string> broken;
  for (std::size_t step = 1; step < kFunnelSteps; ++step) {
    if (last.funnel[step] > now.funnel[step - 1]) {
      broken.push_back(
          fmt::format("more {} than {}", name_of(kFunnel[step]), name_of(kFunnel[step - 1])));
    }
  }
  if (static_cast<double>(now.units_sold) > units_to_sell)
    broken.emplace_back("more units sold than there were");
  if (last.turnover > now.captured) broken.emplace_back("more dispatched than was paid for");
  if (now.refunded > now.captured) broken.emplace_back("more refunded than was captured");
  return broken;
}

// A real number: the largest catalogues have more than 64 bits of units.
double units_of(const scenario::Catalogue& catalogue) {
  const auto hot = static_cast<double>(catalogue.hot_skus);
  const auto others = static_cast<double>(catalogue.skus - catalogue.hot_skus);
  return hot * static_cast<double>(catalogue.hot_stock) +
         others * static_cast<double>(catalogue.stock);
}

}  // namespace

Ticker::Ticker(const scenario::Scenario& scenario, measure::Runtime runtime, std::int64_t workers)
    : scenario_(scenario), runtime_(runtime), workers_(workers) {}

Tick Ticker::next(const measure::Snapshot& snapshot) {
  Tick tick;
  tick.scenario_now = snapshot.scenario_now;
  tick.wall = snapshot.wall;
  const Duration duration = std::max(scenario_.duration, Duration(1));
  tick.progress = std::clamp(
      seconds_of(snapshot.scenario_now.time_since_epoch()) / seconds_of(duration), 0.0, 1.0);
  tick.funnel = snapshot.funnel;
  tick.outcomes = snapshot.outcomes;
  tick.turnover = snapshot.turnover;
  const auto regions = static_cast<std::ptrdiff_t>(scenario_.traffic.regions.size());
  tick.dispatched_by_region.assign(snapshot.dispatched_by_region.begin(),
                                   snapshot.dispatched_by_region.begin() + regions);

  const double scenario_s = seconds_of(snapshot.scenario_now - before_.scenario_now);
  const double wall_s = seconds_of(snapshot.wall - before_.wall);
  const auto per_s = [](std::int64_t count, double seconds) {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
  };
  // The time after the traffic is not counted: what happened in it cannot be divided by the rest of
  // the stretch.
  const bool rates_hold = tick.progress == 1 && scenario_s < stretch_s_ / 2;
  for (std::size_t step = 0; step < kFunnelSteps; ++step) {
    const std::int64_t count = snapshot.funnel[step] - before_.funnel[step];
    tick.rate_per_s[step] = rates_hold ? rate_per_s_[step] : per_s(count, scenario_s);
    tick.machine_per_s[step] = per_s(count, wall_s);
  }
  rate_per_s_ = tick.rate_per_s;
  if (!rates_hold) stretch_s_ = scenario_s;
  tick.speed = wall_s > 0 ? scenario_s / wall_s : 0;
  if (snapshot.latency.count() > before_.latency.count()) {
    tick.p50 = Duration(snapshot.latency.quantile_since(before_.latency, 0.5));
    tick.p99 = Duration(snapshot.latency.quantile_since(before_.latency, 0.99));
  }
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    const double all_s = wall_s * static_cast<double>(workers_);
    const double busy_s = seconds_of(snapshot.busy[stage] - before_.busy[stage]);
    tick.busy_share[stage] = all_s > 0 ? std::clamp(busy_s / all_s, 0.0, 1.0) : 0;
  }

  tick.queue = snapshot.queue;
  tick.in_flight = std::max<std::int64_t>(snapshot.in_flight(), 0);
  tick.servers_busy = snapshot.servers_busy;
  tick.servers = scenario::servers_at(scenario_.payment, snapshot.scenario_now);
  const Duration now = snapshot.scenario_now.time_since_epoch();
  for (std::size_t i = 0; i < scenario_.faults.size(); ++i) {
    const scenario::Fault& fault = scenario_.faults[i];
    if (fault.at <= now && now < fault.at + fault.duration) tick.faults.push_back(i);
  }
  tick.broken = what_is_broken(before_, snapshot, units_of(scenario_.catalogue));
  before_ = snapshot;
  return tick;
}

}  // namespace double11::screen
