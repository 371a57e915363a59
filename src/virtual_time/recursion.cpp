#include "virtual_time/recursion.hpp"

#include <double11/measure/series.hpp>

#include <algorithm>
#include <array>
#include <span>

#include "virtual_time/arrival_times.hpp"
#include "virtual_time/server_tree.hpp"
#include "virtual_time/station_books.hpp"

namespace double11::virtual_time {
namespace {

/// A job at a station.
struct Visit {
  std::int64_t arrived_ns;
  std::uint64_t job;
  std::int64_t born_ns;
};

bool comes_before(const Visit& a, const Visit& b) {
  return a.arrived_ns != b.arrived_ns ? a.arrived_ns < b.arrived_ns : a.job < b.job;
}

/// Jobs that are handled together; even, as a random block serves two.
constexpr std::size_t kGroup = 256;

class Stage {
 public:
  Stage(const NetworkModel& model, const NetworkOptions& options, std::uint32_t index,
        std::uint64_t replication, std::int64_t interval_ns)
      : model_(model),
        options_(options),
        index_(index),
        station_(model.stations[index]),
        seed_(model.seed_of(replication, index, 0)),
        warm_up_ns_(model.warm_up_ns),
        end_ns_(model.end_ns),
        keeps_(model.stations.size() > 1),
        tree_(static_cast<std::uint64_t>(station_.config->servers)),
        series_(interval_ns, model.end_ns),
        last_arrival_ns_(model.warm_up_ns),
        last_end_ns_(model.warm_up_ns) {
    record_.name = station_.config->name;
    record_.fingerprints.resize(1);
  }

  /// Visits in order; those that end in time are added to `left`, in any order, unless this is the
  /// only station.
  void serve(std::span<const Visit> visits, std::vector<Visit>& left) {
    for (std::size_t at = 0; at < visits.size(); at += kGroup) {
      const auto group = visits.subspan(at, std::min(kGroup, visits.size() - at));
      draw(group);
      recur(group);
      const std::int64_t last = *std::max_element(leave_.begin(), leave_.begin() + count_of(group));
      if (group[0].arrived_ns >= warm_up_ns_ && last <= end_ns_ && !keeps_ &&
          !options_.on_departure) {
        count_whole(group, last);
        continue;
      }
      count(group);
      pass_on(group, left);
    }
  }

  /// `end_ns` is before the planned one when the run was stopped; then visits under way count
  /// beyond it.
  StationRecord take_record(std::int64_t end_ns) {
    busy_between(last_arrival_ns_, std::min(last_free_ns_, end_ns));
    record_.empty_ns += std::max<std::int64_t>(0, end_ns - last_end_ns_);
    record_.present_ns = record_.waiting_ns + record_.busy_ns;
    record_.wait_all = record_.wait_served;
    record_.series = series_.means(end_ns);
    while (!record_.fingerprints.empty() && record_.fingerprints.back() == 0) {
      record_.fingerprints.pop_back();
    }
    return std::move(record_);
  }

 private:
  void draw(std::span<const Visit> group) {
    const std::uint32_t round = index_ << 16U;
    const bool consecutive = index_ == 0;
    std::array<RandomBlock, kGroup> random;
    const std::size_t blocks = consecutive ? (group.size() + 1) / 2 : group.size();
    for (std::size_t i = 0; i < blocks; ++i) {
      const std::uint64_t job = consecutive ? group[0].job + 2 * i : group[i].job;
      random[i] = counter_block(Purpose::service, job / 2, round);
    }
    randomize(seed_, std::span(random).first(blocks));
    for (std::size_t i = 0; i < group.size(); ++i) {
      const RandomBlock& block = random[consecutive ? i / 2 : i];
      service_[i] = station_.service(block.wide(group[i].job % 2));
    }
  }

  // What is after the end does not matter, so instants are cut there and keys stay small.
  void recur(std::span<const Visit> group) {
    const std::int64_t never = end_ns_ + 1;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::int64_t start = std::max(group[i].arrived_ns, tree_.first_free());
      const std::int64_t until = std::min(start + service_[i], never);
      tree_.occupy_first(until);
      start_[i] = start;
      leave_[i] = until;
      free_[i] = tree_.first_free();
    }
  }

  [[nodiscard]] Wide clipped(std::int64_t from_ns, std::int64_t to_ns) const {
    const std::int64_t length = std::min(to_ns, end_ns_) - std::max(from_ns, warm_up_ns_);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, length));
  }

  void busy_between(std::int64_t from_ns, std::int64_t to_ns) {
    record_.all_busy_ns += std::max<std::int64_t>(0, to_ns - from_ns);
  }

  void count(std::span<const Visit> group) {
    record_.flow.entered += static_cast<std::int64_t>(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::int64_t arrived = group[i].arrived_ns;
      const std::int64_t from = std::max(arrived, warm_up_ns_);
      // Between two arrivals all servers are busy until the first is free, and nobody is here once
      // the last has left.
      busy_between(last_arrival_ns_, std::min(last_free_ns_, from));
      record_.empty_ns += std::max<std::int64_t>(0, from - last_end_ns_);
      last_arrival_ns_ = from;
      last_free_ns_ = free_[i];
      last_end_ns_ = std::max(last_end_ns_, leave_[i]);
      record_.waiting_ns += clipped(arrived, start_[i]);
      record_.busy_ns += clipped(start_[i], leave_[i]);
      record_.visits_ns += clipped(arrived, leave_[i]);
      record_.services += start_[i] >= warm_up_ns_ && start_[i] <= end_ns_ ? 1 : 0;
      series_.change(arrived, 1);
      if (arrived < warm_up_ns_) continue;
      ++record_.arrivals;
      if (start_[i] > end_ns_) continue;
      record_.wait_served.add(start_[i] - arrived);
      record_.waited += start_[i] > arrived ? 1 : 0;
    }
  }

  [[nodiscard]] static std::ptrdiff_t count_of(std::span<const Visit> group) {
    return static_cast<std::ptrdiff_t>(group.size());
  }

  // What count() and pass_on() do, for jobs that are between warm-up and end with all of their
  // visit, at the last station. Sums of a group fit 64 bits, and stay in registers.
  void count_whole(std::span<const Visit> group, std::int64_t last) {
    const std::size_t size = group.size();
    std::int64_t all_busy = 0;
    std::int64_t empty = 0;
    std::int64_t last_arrival = last_arrival_ns_;
    std::int64_t last_free = last_free_ns_;
    std::int64_t last_end = last_end_ns_;
    std::int64_t waiting = 0;
    std::int64_t busy = 0;
    std::int64_t visits = 0;
    std::int64_t waited = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::int64_t arrived = group[i].arrived_ns;
      all_busy += std::max<std::int64_t>(0, std::min(last_free, arrived) - last_arrival);
      empty += std::max<std::int64_t>(0, arrived - last_end);
      last_arrival = arrived;
      last_free = free_[i];
      last_end = std::max(last_end, leave_[i]);
      waiting += start_[i] - arrived;
      busy += leave_[i] - start_[i];
      visits += leave_[i] - arrived;
      waited += start_[i] > arrived ? 1 : 0;
    }
    last_arrival_ns_ = last_arrival;
    last_free_ns_ = last_free;
    last_end_ns_ = last_end;
    record_.all_busy_ns += all_busy;
    record_.empty_ns += empty;
    record_.waiting_ns += static_cast<std::uint64_t>(waiting);
    record_.busy_ns += static_cast<std::uint64_t>(busy);
    record_.visits_ns += static_cast<std::uint64_t>(visits);
    record_.waited += waited;
    const auto jobs = static_cast<std::int64_t>(size);
    record_.flow.entered += jobs;
    record_.flow.completed += jobs;
    record_.arrivals += jobs;
    record_.services += jobs;
    record_.completions += jobs;
    for (std::size_t i = 0; i < size; ++i) series_.change(group[i].arrived_ns, 1);
    for (std::size_t i = 0; i < size; ++i) series_.change(leave_[i], -1);
    for (std::size_t i = 0; i < size; ++i) {
      record_.wait_served.add(start_[i] - group[i].arrived_ns);
    }
    for (std::size_t i = 0; i < size; ++i) record_.sojourn.add(leave_[i] - group[i].arrived_ns);
    const auto minutes = static_cast<std::size_t>(last / kMinuteNs) + 1;
    if (minutes > record_.fingerprints.size()) record_.fingerprints.resize(minutes);
    std::uint64_t* const prints = record_.fingerprints.data();
    for (std::size_t i = 0; i < size; ++i) {
      prints[leave_[i] / kMinuteNs] += print_of(group[i].job, index_, start_[i], leave_[i]);
    }
  }

  void pass_on(std::span<const Visit> group, std::vector<Visit>& left) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::int64_t leave = leave_[i];
      if (leave > end_ns_) {
        ++record_.flow.inside;
        continue;
      }
      ++record_.flow.completed;
      record_.completions += leave >= warm_up_ns_ ? 1 : 0;
      series_.change(leave, -1);
      const Visit& visit = group[i];
      if (visit.arrived_ns >= warm_up_ns_) record_.sojourn.add(leave - visit.arrived_ns);
      const auto minute = static_cast<std::size_t>(leave / kMinuteNs);
      if (minute >= record_.fingerprints.size()) record_.fingerprints.resize(minute + 1);
      record_.fingerprints[minute] += print_of(visit.job, index_, start_[i], leave);
      if (options_.on_departure) {
        options_.on_departure(
            {visit.job, index_, 0, visit.arrived_ns, start_[i], leave, service_[i]});
      }
      if (keeps_) left.push_back({leave, visit.job, visit.born_ns});
    }
  }

  const NetworkModel& model_;
  const NetworkOptions& options_;
  std::uint32_t index_;
  const StationModel& station_;
  std::uint64_t seed_;
  std::int64_t warm_up_ns_;
  std::int64_t end_ns_;
  bool keeps_;  // what leaves: somebody asks for it
  ServerTree tree_;
  NumberSeries series_;
  StationRecord record_;
  std::int64_t last_arrival_ns_;  // not before the warm-up
  std::int64_t last_free_ns_ = 0;
  std::int64_t last_end_ns_;  // of all services so far, not before the warm-up
  std::array<std::int64_t, kGroup> service_{};
  std::array<std::int64_t, kGroup> start_{};
  std::array<std::int64_t, kGroup> leave_{};
  std::array<std::int64_t, kGroup> free_{};
};

/// Takes those that end by `horizon_ns` out of `left`, in order.
void release(std::vector<Visit>& left, std::int64_t horizon_ns, std::vector<Visit>& into) {
  const auto later = std::partition(
      left.begin(), left.end(), [&](const Visit& visit) { return visit.arrived_ns <= horizon_ns; });
  into.assign(left.begin(), later);
  left.erase(left.begin(), later);
  std::sort(into.begin(), into.end(), comes_before);
}

/// Takes the jobs of a window from stage to stage, as far as their order is certain.
void pass_through(std::vector<Stage>& stages, std::vector<std::vector<Visit>>& left,
                  std::vector<Visit>& visits, std::int64_t horizon_ns) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    stages[i].serve(visits, left[i]);
    if (i + 1 < stages.size()) release(left[i], horizon_ns, visits);
  }
}

/// Counts the jobs that have left the last station.
void finish_jobs(std::vector<Visit>& done, NetworkRecord& record) {
  record.flow.completed += static_cast<std::int64_t>(done.size());
  for (const Visit& visit : done) {
    record.completions += visit.arrived_ns >= record.warm_up.count() ? 1 : 0;
    if (visit.born_ns >= record.warm_up.count()) {
      record.sojourn.add(visit.arrived_ns - visit.born_ns);
    }
  }
  done.clear();
}

bool is_plain(const StationModel& station) {
  const scenario::NetworkStation& config = *station.config;
  const bool bare = config.discipline == scenario::Discipline::fifo && !station.clocked &&
                    config.queue_limit == scenario::NetworkStation{}.queue_limit &&
                    !station.patience.exists() && config.batch_most == 1 &&
                    config.departure_period.count() == 0 && config.tokens.rate_per_s == 0;
  return bare && config.branches == 1 && config.tasks == 1 && config.failure_probability == 0 &&
         config.timeout.count() == 0 && !station.service.is_empirical() &&
         station.service.least() > 0;
}

}  // namespace

bool recursion_applies(const NetworkModel& model) {
  const scenario::Network& network = model.scenario.network;
  const auto fits = [&](const StationModel& station) {
    const auto servers = static_cast<std::uint64_t>(station.config->servers);
    return is_plain(station) && model.end_ns < ServerTree::latest(servers);
  };
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
  std::vector<Stage> stages;
  for (std::uint32_t i = 0; i < model.stations.size(); ++i) {
    stages.emplace_back(model, options, i, replication, record.series_interval.count());
  }
  ArrivalTimes arrivals(model, model.seed_of(replication));
  std::uint64_t next_job = 0;
  std::vector<std::vector<Visit>> left(stages.size());
  std::vector<Visit> visits;
  std::size_t window = 16 * kGroup;
  for (bool more = true; more;) {
    visits.clear();
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
    pass_through(stages, left, visits, horizon_ns);
    // A window at least as long as what waits to be released, so that each is looked at twice.
    for (const auto& waiting : left) window = std::max(window, waiting.size() / kGroup * kGroup);
    finish_jobs(left.back(), record);
    if (options.on_progress && more) options.on_progress(Duration(horizon_ns));
    if (more && options.stop && options.stop()) {
      record.stopped = true;
      record.end = Duration(std::max(horizon_ns, model.warm_up_ns + 1));
      more = false;
      visits.clear();
      pass_through(stages, left, visits, INT64_MAX);
      finish_jobs(left.back(), record);
    }
  }
  record.flow.entered = static_cast<std::int64_t>(next_job);
  for (Stage& stage : stages) {
    record.stations.push_back(stage.take_record(record.end.count()));
    record.flow.inside += record.stations.back().flow.inside;
    record.events += static_cast<std::uint64_t>(record.stations.back().flow.entered +
                                                record.stations.back().flow.completed);
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
