#include "virtual_time/recursion.hpp"

#include <double11/measure/series.hpp>

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "virtual_time/passes.hpp"
#include "virtual_time/series_stage.hpp"
#include "virtual_time/visit_order.hpp"

namespace double11::virtual_time {
namespace {

/// Takes the jobs of a window from stage to stage, as far as their order is certain.
class Line {
 public:
  explicit Line(std::vector<SeriesStage>& stages) : stages_(stages), left_(stages.size()) {}

  /// All `visits` that come to the first station by `horizon_ns`, in order.
  void pass(const Visits& visits, std::int64_t horizon_ns) {
    stages_[0].serve(visits, horizon_ns, left_[0]);
    for (std::size_t i = 1; i < stages_.size(); ++i) {
      order_.release(left_[i - 1], horizon_ns, coming_);
      stages_[i].serve(coming_.all(), horizon_ns, left_[i]);
    }
  }
  /// Those that have left the last station.
  [[nodiscard]] VisitList& done() { return left_.back(); }
  /// Most that wait between two stations for the next window.
  [[nodiscard]] std::size_t waiting() const {
    std::size_t most = 0;
    for (const auto& left : left_) most = std::max(most, left.size());
    return most;
  }

 private:
  std::vector<SeriesStage>& stages_;
  std::vector<VisitList> left_;  // by station
  VisitList coming_;
  VisitOrder order_;
};

/// The next jobs that come from outside.
class Window {
 public:
  explicit Window(std::int64_t end_ns) : end_ns_(end_ns) {}

  /// So many groups, or fewer and false when no more come by the end.
  bool fill(traffic::ArrivalTimes& arrivals, std::size_t groups) {
    arrived_ns_.clear();
    bool more = true;
    for (std::size_t i = 0; i < groups && more; ++i) {
      arrived_ns_.resize(arrived_ns_.size() + kGroup);
      arrivals.fill(std::span(arrived_ns_).last(kGroup));
      more = arrived_ns_.back() <= end_ns_;
    }
    if (!more) {
      const auto end = std::upper_bound(arrived_ns_.begin(), arrived_ns_.end(), end_ns_);
      arrived_ns_.erase(end, arrived_ns_.end());
    }
    job_.resize(arrived_ns_.size());
    std::iota(job_.begin(), job_.end(), next_job_);
    next_job_ += job_.size();
    return more;
  }
  [[nodiscard]] Visits visits() const { return {arrived_ns_, job_, arrived_ns_}; }
  /// So far.
  [[nodiscard]] std::int64_t jobs() const { return static_cast<std::int64_t>(next_job_); }

 private:
  std::int64_t end_ns_;
  std::uint64_t next_job_ = 0;
  std::vector<std::int64_t> arrived_ns_;
  std::vector<std::uint64_t> job_;
};

/// Counts the jobs that have left the last station.
void finish_jobs(VisitList& left, NetworkRecord& record) {
  const Visits done = left.all();
  const std::int64_t warm_up_ns = record.warm_up.count();
  record.flow.completed += static_cast<std::int64_t>(done.size());
  Instants sojourns;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < done.size(); ++i) {
    sojourns[counted] = done.arrived_ns[i] - done.born_ns[i];
    counted += done.arrived_ns[i] >= warm_up_ns ? 1U : 0U;
    if (counted < sojourns.size()) continue;
    record.completions += static_cast<std::int64_t>(counted);
    record.sojourn.add_all(sojourns);
    counted = 0;
  }
  record.completions += static_cast<std::int64_t>(counted);
  record.sojourn.add_all(std::span(sojourns).first(counted));
  left.resize(0);
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
  traffic::ArrivalTimes arrivals(model.arrivals, model.seed_of(replication));
  Line line(stages);
  Window window(model.end_ns);
  std::size_t groups = 16;
  for (bool more = true; more;) {
    more = window.fill(arrivals, groups);
    // No arrival comes after this window's jobs before this instant, so no departure either.
    const std::int64_t horizon_ns = more ? window.visits().arrived_ns.back() : INT64_MAX;
    line.pass(window.visits(), horizon_ns);
    finish_jobs(line.done(), record);
    // A window at least as long as what waits to be released, so that each is looked at twice.
    groups = std::max(groups, line.waiting() / kGroup);
    if (options.on_progress && more) options.on_progress(Duration(horizon_ns));
    if (more && options.stop && options.stop()) {
      record.stopped = true;
      record.end = Duration(horizon_ns);
      more = false;
      line.pass({}, INT64_MAX);
      finish_jobs(line.done(), record);
    }
  }
  record.flow.entered = window.jobs();
  for (SeriesStage& stage : stages) {
    record.events += stage.repeats();
    record.stations.push_back(stage.take_record(record.end.count()));
    const StationRecord& made = record.stations.back();
    record.flow.inside += made.flow.inside;
    record.flow.lost += made.flow.lost;
    record.events +=
        static_cast<std::uint64_t>(made.flow.entered + made.flow.completed + made.flow.lost);
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
