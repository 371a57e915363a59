#include "virtual_time/recursion.hpp"

#include <double11/measure/series.hpp>

#include <algorithm>
#include <span>
#include <vector>

#include "virtual_time/arrival_times.hpp"
#include "virtual_time/passes.hpp"
#include "virtual_time/series_stage.hpp"
#include "virtual_time/visit_order.hpp"

namespace double11::virtual_time {
namespace {

/// Takes the jobs of a window from stage to stage, as far as their order is certain.
class Line {
 public:
  explicit Line(std::vector<SeriesStage>& stages) : stages_(stages), left_(stages.size()) {}

  /// All `visits` that come to the first station by `horizon_ns`, in order; they are used up.
  void pass(std::vector<Visit>& visits, std::int64_t horizon_ns) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      stages_[i].serve(visits, horizon_ns, left_[i]);
      if (i + 1 < stages_.size()) order_.release(left_[i], horizon_ns, visits);
    }
    visits.clear();
  }
  /// Those that have left the last station.
  [[nodiscard]] std::vector<Visit>& done() { return left_.back(); }
  /// Most that wait between two stations for the next window.
  [[nodiscard]] std::size_t waiting() const {
    std::size_t most = 0;
    for (const auto& left : left_) most = std::max(most, left.size());
    return most;
  }

 private:
  std::vector<SeriesStage>& stages_;
  std::vector<std::vector<Visit>> left_;
  VisitOrder order_;
};

/// Counts the jobs that have left the last station.
void finish_jobs(std::vector<Visit>& done, NetworkRecord& record) {
  const std::int64_t warm_up_ns = record.warm_up.count();
  record.flow.completed += static_cast<std::int64_t>(done.size());
  Instants sojourns;
  std::size_t counted = 0;
  for (const Visit& visit : done) {
    sojourns[counted] = visit.arrived_ns - visit.born_ns;
    counted += visit.arrived_ns >= warm_up_ns ? 1 : 0;
    if (counted < sojourns.size()) continue;
    record.completions += static_cast<std::int64_t>(counted);
    record.sojourn.add_all(sojourns);
    counted = 0;
  }
  record.completions += static_cast<std::int64_t>(counted);
  record.sojourn.add_all(std::span(sojourns).first(counted));
  done.clear();
}

}  // namespace

bool recursion_applies(const NetworkModel& model) {
  const scenario::Network& network = model.scenario.network;
  const auto fits = [&](const StationModel& station) { return SeriesStage::knows(model, station); };
  return network.population == 0 && network.trace.empty() && network.arrivals_batch == 1 &&
         network.routes.empty() && network.calendar.empty() && network.probes.empty() &&
         network.classes.size() == 1 && network.classes[0].service_factor == 1 &&
         std::all_of(model.stations.begin(), model.stations.end(), fits);
}

NetworkRecord run_recursion(const NetworkModel& model, std::uint64_t replication,
                            const NetworkOptions& options) {
  NetworkRecord record;
  record.warm_up = Duration(model.warm_up_ns);
  record.end = Duration(model.end_ns);
  record.series_interval = measure::Series::interval_for(record.end);
  std::vector<SeriesStage> stages;
  for (std::uint32_t i = 0; i < model.stations.size(); ++i) {
    stages.emplace_back(model, options, i, replication, record.series_interval.count());
  }
  ArrivalTimes arrivals(model, model.seed_of(replication));
  std::uint64_t next_job = 0;
  Line line(stages);
  std::vector<Visit> visits;
  std::size_t window = 16 * kGroup;
  for (bool more = true; more;) {
    // No arrival comes after this window's jobs before this instant, so no departure either.
    std::int64_t horizon_ns = INT64_MAX;
    while (visits.size() < window) {
      const std::int64_t at = arrivals.next();
      more = at <= model.end_ns;
      if (!more) break;
      visits.push_back({at, next_job++, at});
      horizon_ns = at;
    }
    if (!more) horizon_ns = INT64_MAX;
    line.pass(visits, horizon_ns);
    finish_jobs(line.done(), record);
    // A window at least as long as what waits to be released, so that each is looked at twice.
    window = std::max(window, line.waiting() / kGroup * kGroup);
    if (options.on_progress && more) options.on_progress(Duration(horizon_ns));
    if (more && options.stop && options.stop()) {
      record.stopped = true;
      record.end = Duration(std::max(horizon_ns, model.warm_up_ns + 1));
      more = false;
      line.pass(visits, INT64_MAX);
      finish_jobs(line.done(), record);
    }
  }
  record.flow.entered = static_cast<std::int64_t>(next_job);
  for (SeriesStage& stage : stages) {
    record.stations.push_back(stage.take_record(record.end.count()));
    const StationRecord& made = record.stations.back();
    record.flow.inside += made.flow.inside;
    record.flow.lost += made.flow.lost;
    record.events += static_cast<std::uint64_t>(made.flow.entered + made.flow.completed +
                                                made.flow.lost + made.retries);
  }
  if (stages.size() == 1) {
    const StationRecord& only = record.stations[0];
    record.flow.completed = only.flow.completed;
    record.completions = only.completions;
    record.sojourn = only.sojourn;
  }
  record.classes.push_back({model.scenario.network.classes[0].name, record.flow, record.sojourn});
  return record;
}

}  // namespace double11::virtual_time
