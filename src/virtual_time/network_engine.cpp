// The clock, and jobs between stations.
#include "virtual_time/network_engine.hpp"

#include <double11/measure/series.hpp>

#include <algorithm>

namespace double11::virtual_time {
namespace {

// Ties of users who think, apart from those of jobs.
constexpr std::uint64_t kUserTie = std::uint64_t{1} << 62U;

constexpr unsigned kTokenBits = 32;

Wide token_time(double rate_per_s) {
  return static_cast<Wide>(1e9 / rate_per_s * 4294967296.0);
}

}  // namespace

NetworkEngine::NetworkEngine(const NetworkModel& model, std::uint64_t replication,
                             const NetworkOptions& options)
    : model_(model),
      network_(model.scenario.network),
      options_(options),
      replication_(replication),
      seed_(model.seed_of(replication)),
      arrivals_(model.arrivals, seed_),
      token_full_at_(model.stations.size(), 0) {
  record_.warm_up = Duration(model.warm_up_ns);
  record_.series_interval = measure::Series::interval_for(Duration(model.end_ns));
  record_.probes = network_.probes;
  for (std::uint32_t i = 0; i < model.stations.size(); ++i) {
    const StationModel& station = model.stations[i];
    first_node_.push_back(static_cast<std::uint32_t>(nodes_.size()));
    StationBooks& books =
        books_.emplace_back(model.warm_up_ns, record_.series_interval.count(), model.end_ns);
    books.record.name = station.config->name;
    books.servers = station.config->servers * station.config->branches;
    for (std::uint32_t branch = 0; branch < station.config->branches; ++branch) {
      Node node;
      node.model = &station;
      node.station = i;
      node.seed = model.seed_of(replication, i, branch);
      node.servers = station.config->servers;
      node.queue.resize(model.level_count);
      node.active.resize(model.level_count);
      nodes_.push_back(std::move(node));
      set_speed(static_cast<std::uint32_t>(nodes_.size() - 1));
    }
  }
  for (const auto& job_class : network_.classes) {
    record_.classes.emplace_back().name = job_class.name;
  }
}

NetworkRecord NetworkEngine::run() {
  prepare();
  while (!calendar_.empty() && calendar_.front().at_ns <= model_.end_ns) {
    const Event event = calendar_.front();
    calendar_.pop();
    now_ns_ = event.at_ns;
    happen(event);
    ++events_;
    if (events_ % (1U << 16U) == 0 && !keep_going(now_ns_)) {
      record_.stopped = true;
      break;
    }
  }
  const std::int64_t end_ns = record_.stopped ? now_ns_ : model_.end_ns;
  close_books(end_ns);
  return take_record(end_ns);
}

bool NetworkEngine::keep_going(std::int64_t now_ns) {
  if (options_.on_progress) options_.on_progress(Duration(now_ns));
  return !options_.stop || !options_.stop();
}

void NetworkEngine::prepare() {
  // At one instant they happen in the order in which they are listed.
  for (std::uint32_t i = 0; i < network_.calendar.size(); ++i) {
    calendar_.push({network_.calendar[i].at.count(), 0, capacity_step, i});
  }
  for (std::uint32_t i = 0; i < network_.slowdowns.size(); ++i) {
    const scenario::Slowdown& window = network_.slowdowns[i];
    calendar_.push({window.at.count(), 0, speed_change, 2 * i + 1});
    calendar_.push({(window.at + window.duration).count(), 0, speed_change, 2 * i});
  }
  for (std::uint32_t i = 0; i < network_.probes.size(); ++i) {
    calendar_.push({network_.probes[i].count(), UINT64_MAX, probe, i});
  }
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].model->config->breakdown.up.count() > 0) toggle(i);
  }
  for (auto& books : books_) books.record.probes.resize(network_.probes.size());
  cycles_.resize(static_cast<std::size_t>(network_.population), 0);
  for (std::uint32_t user = 0; user < cycles_.size(); ++user) think(user);
  if (!cycles_.empty()) return;
  const std::int64_t first =
      network_.trace.empty() ? arrivals_.next() : network_.trace[0].at.count();
  if (first != traffic::ArrivalTimes::kNone) calendar_.push({first, 1, arrival, 0});
}

void NetworkEngine::happen(const Event& event) {
  const auto stations_named = [&](const std::string& name, auto&& change) {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].model->config->name == name) change(i);
    }
  };
  switch (static_cast<What>(event.what)) {
    case arrival:
      return arrive();
    case service_end:
      return finish(event.who);
    case work_due:
      return work_comes_due(event.who);
    case patience_end:
      return patience_ends(event.who);
    case try_again: {
      StationBooks& books = books_[nodes_[tasks_[event.who].node].station];
      books.advance(now_ns_);
      --books.orbit;
      books.record.retries += books.counts(now_ns_) ? 1 : 0;
      return enter_node(event.who);
    }
    case departure:
      return depart(event.who);
    case think_end:
      return enter_station(make_job(event.who), 0);
    case capacity_step: {
      const scenario::CapacityStep& step = network_.calendar[event.who];
      return stations_named(step.station, [&](std::uint32_t i) {
        Node& node = nodes_[i];
        StationBooks& books = books_[node.station];
        books.advance(now_ns_);
        if (node.model->config->discipline == scenario::Discipline::sharing) {
          books.busy +=
              std::min(node.in_service, step.servers) - std::min(node.in_service, node.servers);
        }
        books.servers += step.servers - node.servers;
        node.servers = step.servers;
        set_speed(i);
        feed(i);
      });
    }
    case speed_change: {
      const scenario::Slowdown& window = network_.slowdowns[event.who / 2];
      return stations_named(window.station, [&](std::uint32_t i) {
        nodes_[i].factor = event.who % 2 == 1 ? window.factor : 1;
        set_speed(i);
      });
    }
    case breakdown_toggle:
      nodes_[event.who].up = !nodes_[event.who].up;
      set_speed(event.who);
      return toggle(event.who);
    case probe:
      for (StationBooks& books : books_) books.record.probes[event.who] = books.present;
      return;
  }
}

void NetworkEngine::arrive() {
  const auto& trace = network_.trace;
  for (std::int64_t i = 0; i < network_.arrivals_batch; ++i) enter_station(make_job(0), 0);
  std::int64_t next = traffic::ArrivalTimes::kNone;
  if (trace.empty()) {
    next = arrivals_.next();
  } else if (next_job_ < trace.size()) {
    next = trace[next_job_].at.count();
  }
  if (next != traffic::ArrivalTimes::kNone) calendar_.push({next, next_job_ + 1, arrival, 0});
}

std::uint32_t NetworkEngine::make_job(std::uint32_t user) {
  std::uint32_t index = 0;
  if (free_jobs_.empty()) {
    index = static_cast<std::uint32_t>(jobs_.size());
    jobs_.emplace_back();
  } else {
    index = free_jobs_.back();
    free_jobs_.pop_back();
  }
  Job& job = jobs_[index];
  job = Job{};
  job.id = next_job_++;
  job.born_ns = now_ns_;
  job.user = user;
  if (network_.classes.size() > 1) {
    const RandomBlock random = random_block(seed_, Purpose::job_class, job.id);
    job.job_class = model_.classes.pick(random.wide(0), random.word[2]);
  }
  ++record_.flow.entered;
  ++record_.classes[job.job_class].flow.entered;
  return index;
}

void NetworkEngine::enter_station(std::uint32_t job, std::uint32_t station) {
  jobs_[job].station = station;
  jobs_[job].visit_ns = now_ns_;
  books_[station].visit_begins(now_ns_);
  const scenario::NetworkStation& config = *model_.stations[station].config;
  if (config.tokens.rate_per_s > 0 && !take_token(station)) return lose(job, Loss::no_token);
  jobs_[job].pending = static_cast<std::uint32_t>(config.branches);
  const std::uint32_t first = first_node_[station];
  for (std::uint32_t branch = 0; branch < config.branches; ++branch) {
    enter_node(make_task(job, first + branch));
  }
}

// A bucket that refills all the time, as the instant at which it would be full (Turner's virtual
// scheduling form of the leaky bucket).
bool NetworkEngine::take_token(std::uint32_t station) {
  const scenario::TokenBucket& bucket = model_.stations[station].config->tokens;
  const Wide each = token_time(bucket.rate_per_s);
  const Wide now = Wide{static_cast<std::uint64_t>(now_ns_)} << kTokenBits;
  Wide& full_at = token_full_at_[station];
  const Wide missing = full_at > now ? full_at - now : 0;
  if (missing > each * static_cast<std::uint64_t>(bucket.burst - 1)) return false;
  full_at = now + missing + each;
  return true;
}

void NetworkEngine::visit_completed(std::uint32_t index, const Task& last) {
  const Job job = jobs_[index];
  StationBooks& books = books_[job.station];
  books.visit_ends(job.visit_ns, now_ns_);
  books.visit_completed(job.id, job.station, job.visit_ns, last.started_ns, now_ns_);
  if (options_.on_departure) {
    options_.on_departure({job.id, job.station, job.job_class, job.visit_ns, last.started_ns,
                           now_ns_, last.service_ns});
  }
  const auto& routes = model_.stations[job.station].routes;
  if (!routes.empty()) {
    const std::uint64_t draw =
        routes.front().below == threshold_of(1)
            ? 0
            : random_block(seed_, Purpose::route, job.id, job.visits).word[0];
    jobs_[index].visits = job.visits + 1;
    for (const RouteChoice& choice : routes) {
      if (draw < choice.below) return enter_station(index, choice.to);
    }
  }
  ClassRecord& of_class = record_.classes[job.job_class];
  ++record_.flow.completed;
  ++of_class.flow.completed;
  if (now_ns_ >= model_.warm_up_ns) {
    ++record_.completions;
    record_.sojourn.add(now_ns_ - job.born_ns);
    of_class.sojourn.add(now_ns_ - job.born_ns);
  }
  leave_network(index);
}

void NetworkEngine::lose(std::uint32_t index, Loss loss) {
  const Job& job = jobs_[index];
  StationBooks& books = books_[job.station];
  StationRecord& record = books.record;
  books.visit_ends(job.visit_ns, now_ns_);
  const std::int64_t counted = books.counts(now_ns_) ? 1 : 0;
  Flow* const flows[]{&record.flow, &record_.flow, &record_.classes[job.job_class].flow};
  for (Flow* const flow : flows) ++(loss == Loss::abandoned ? flow->abandoned : flow->lost);
  switch (loss) {
    case Loss::blocked:
      record.blocked += counted;
      break;
    case Loss::no_token:
      record.no_token += counted;
      break;
    case Loss::failed:
      record.failed += counted;
      break;
    case Loss::abandoned:
      record.abandoned += counted;
      break;
  }
  leave_network(index);
}

void NetworkEngine::leave_network(std::uint32_t index) {
  jobs_[index].station = kNil;
  free_jobs_.push_back(index);
  if (!cycles_.empty()) think(jobs_[index].user);
}

void NetworkEngine::think(std::uint32_t user) {
  const auto bits = random_block(seed_, Purpose::think, user, cycles_[user]++).wide(0);
  calendar_.push({now_ns_ + model_.think(bits), kUserTie + user, think_end, user});
}

// Schedules the next failure or repair.
void NetworkEngine::toggle(std::uint32_t index) {
  Node& node = nodes_[index];
  const scenario::Breakdown& breakdown = node.model->config->breakdown;
  const auto bits = random_block(node.seed, Purpose::breakdown, node.toggles++).wide(0);
  const double mean = static_cast<double>((node.up ? breakdown.up : breakdown.down).count());
  const double length =
      static_cast<double>(model_.unit_exponential(bits)) / NetworkModel::kUnit * mean;
  calendar_.push({now_ns_ + 1 + static_cast<std::int64_t>(length), 0, breakdown_toggle, index});
}

void NetworkEngine::close_books(std::int64_t end_ns) {
  for (StationBooks& books : books_) books.advance(end_ns);
  for (const Job& job : jobs_) {
    if (job.station == kNil) continue;
    books_[job.station].add_visit(job.visit_ns, end_ns);
    ++books_[job.station].record.flow.inside;
    ++record_.classes[job.job_class].flow.inside;
    ++record_.flow.inside;
  }
}

NetworkRecord NetworkEngine::take_record(std::int64_t end_ns) {
  record_.end = Duration(end_ns);
  record_.events = events_;
  for (StationBooks& books : books_) {
    books.record.series = books.series().means(end_ns);
    record_.stations.push_back(std::move(books.record));
  }
  return std::move(record_);
}

}  // namespace double11::virtual_time
