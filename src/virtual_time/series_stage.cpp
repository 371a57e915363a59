#include "virtual_time/series_stage.hpp"

#include <algorithm>
#include <array>

namespace double11::virtual_time {

SeriesStage::SeriesStage(const NetworkModel& model, const NetworkOptions& options,
                         std::uint32_t index, std::uint64_t replication, std::int64_t interval_ns)
    : options_(options),
      index_(index),
      station_(model.stations[index]),
      seed_(model.seed_of(replication, index, 0)),
      end_ns_(model.end_ns),
      fails_(station_.config->failure_probability > 0 || station_.config->timeout.count() > 0),
      keeps_(model.stations.size() > 1),
      tree_(static_cast<std::uint64_t>(station_.config->servers)),
      row_(!fails_ && ServerRow::fits(station_.config->servers)
               ? std::optional<ServerRow>(station_.config->servers)
               : std::nullopt),
      books_(station_.config->name, index, model.warm_up_ns, model.end_ns, interval_ns) {}

bool SeriesStage::knows(const NetworkModel& model, const StationModel& station) {
  const scenario::NetworkStation& config = *station.config;
  const bool plain = config.discipline == scenario::Discipline::fifo && !station.clocked &&
                     config.queue_limit == scenario::NetworkStation{}.queue_limit &&
                     !station.patience.exists() && config.batch_most == 1 &&
                     config.departure_period.count() == 0 && config.tokens.rate_per_s == 0;
  // A service that takes no time would let one event of an instant cause another.
  return plain && config.branches == 1 && config.tasks == 1 && !station.service.is_empirical() &&
         station.service.least() > 0 &&
         model.end_ns < ServerTree::latest(static_cast<std::uint64_t>(config.servers));
}

void SeriesStage::serve(const Visits& visits, std::int64_t horizon_ns, VisitList& left) {
  for (std::size_t at = 0; at < visits.size(); at += kGroup) {
    const Visits group = visits.part(at, std::min(kGroup, visits.size() - at));
    draw_services(group);
    if (fails_) {
      serve_in_turns(group, left);
    } else {
      serve_once(group, left);
    }
  }
  if (!fails_) return;
  serve_repeats(horizon_ns, UINT64_MAX, left);
  flush(left);
}

void SeriesStage::draw_services(const Visits& group) {
  // At the first station one block serves two jobs that follow each other.
  const bool consecutive = index_ == 0;
  std::array<RandomBlock, kGroup> random;
  const std::size_t blocks = consecutive ? (group.size() + 1) / 2 : group.size();
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::uint64_t job = consecutive ? group.job[0] + 2 * i : group.job[i];
    random[i] = counter_block(Purpose::service, job / 2, round_of(0));
  }
  randomize(seed_, std::span(random).first(blocks));
  std::array<std::uint64_t, kGroup> bits;
  for (std::size_t i = 0; i < group.size(); ++i) {
    bits[i] = consecutive ? random[i / 2].wide(i % 2) : random[i].wide(group.job[i] % 2);
  }
  station_.service.draw(bits, std::span(drawn_).first(group.size()));
}

bool SeriesStage::times_out(std::int64_t& service_ns) const {
  const std::int64_t timeout = station_.config->timeout.count();
  if (timeout == 0 || service_ns <= timeout) return false;
  service_ns = timeout;
  return true;
}

void SeriesStage::draw_failures(const Visits& group) {
  const std::uint64_t below = threshold_of(station_.config->failure_probability);
  std::array<RandomBlock, kGroup> random;
  for (std::size_t i = 0; i < group.size(); ++i) {
    random[i] = counter_block(Purpose::failure, group.job[i], round_of(0));
  }
  randomize(seed_, std::span(random).first(group.size()));
  for (std::size_t i = 0; i < group.size(); ++i) {
    const bool late = times_out(drawn_[i]);
    failing_[i] = late || random[i].word[0] < below;
  }
}

void SeriesStage::serve_once(const Visits& group, VisitList& left) {
  const std::size_t size = group.size();
  const auto used = [size](const Instants& field) { return std::span(field).first(size); };
  const std::int64_t last = row_ ? serve_row(group) : serve_tree(group);
  const Passes passes{group.arrived_ns[0],
                      last,
                      group.job,
                      group.born_ns,
                      group.arrived_ns,
                      group.arrived_ns,
                      used(drawn_),
                      used(passes_.start_ns),
                      used(passes_.until_ns),
                      used(passes_.free_ns)};
  books_.visits_begin(group.arrived_ns);
  books_.served(passes);
  if (last <= end_ns_) return finish(passes, left);
  for (std::size_t i = 0; i < size; ++i) {
    if (passes.until_ns[i] <= end_ns_) {
      done_.copy(passes, i);
    } else {
      books_.stays(passes.began_ns[i]);
    }
  }
  finish_done(passes.earliest_ns, last, left);
}

// Both tell when the last one ends. What is after the end does not matter, so instants are cut
// there and keys stay small.
std::int64_t SeriesStage::serve_row(const Visits& group) {
  const std::size_t size = group.size();
  row_->serve(group.arrived_ns, std::span(drawn_).first(size),
              std::span(passes_.start_ns).first(size), std::span(passes_.until_ns).first(size),
              std::span(passes_.free_ns).first(size), end_ns_ + 1);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < size; ++i) {
    last = std::max(last, passes_.until_ns[i]);
  }
  return last;
}

std::int64_t SeriesStage::serve_tree(const Visits& group) {
  std::int64_t last = 0;
  std::int64_t free = tree_.first_free();
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::int64_t start = std::max(group.arrived_ns[i], free);
    const std::int64_t until = std::min(start + drawn_[i], end_ns_ + 1);
    free = tree_.occupy_first(until);
    passes_.start_ns[i] = start;
    passes_.until_ns[i] = until;
    passes_.free_ns[i] = free;
    last = std::max(last, until);
  }
  return last;
}

void SeriesStage::serve_in_turns(const Visits& group, VisitList& left) {
  draw_failures(group);
  books_.visits_begin(group.arrived_ns);
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::int64_t arrived = group.arrived_ns[i];
    serve_repeats(arrived, group.job[i], left);
    take({arrived, group.job[i], group.born_ns[i], arrived, drawn_[i], 0, failing_[i]}, left);
  }
}

// Those that come before a job at an instant.
void SeriesStage::serve_repeats(std::int64_t before_ns, std::uint64_t before_job, VisitList& left) {
  while (!repeats_.empty()) {
    const Turn turn = repeats_.top();
    if (turn.queued_ns > before_ns || (turn.queued_ns == before_ns && turn.job > before_job)) {
      return;
    }
    repeats_.pop();
    take(turn, left);
  }
}

void SeriesStage::take(const Turn& turn, VisitList& left) {
  if (passes_.size == kGroup) flush(left);
  const std::int64_t start = std::max(turn.queued_ns, tree_.first_free());
  const std::int64_t until = std::min(start + turn.service_ns, end_ns_ + 1);
  const std::size_t i = passes_.size++;
  passes_.job[i] = turn.job;
  passes_.born_ns[i] = turn.born_ns;
  passes_.began_ns[i] = turn.began_ns;
  passes_.queued_ns[i] = turn.queued_ns;
  passes_.service_ns[i] = turn.service_ns;
  passes_.start_ns[i] = start;
  passes_.until_ns[i] = until;
  passes_.free_ns[i] = tree_.occupy_first(until);
  latest_ns_ = std::max(latest_ns_, until);
  if (until > end_ns_) return books_.stays(turn.began_ns);
  if (turn.fails) return repeat(turn, until);
  const std::size_t done = done_.size++;
  done_.job[done] = turn.job;
  done_.born_ns[done] = turn.born_ns;
  done_.began_ns[done] = turn.began_ns;
  done_.service_ns[done] = turn.service_ns;
  done_.start_ns[done] = start;
  done_.until_ns[done] = until;
}

void SeriesStage::repeat(const Turn& turn, std::int64_t failed_ns) {
  const scenario::NetworkStation& config = *station_.config;
  const std::uint32_t attempt = turn.attempt + 1;
  if (config.attempts != 0 && attempt >= config.attempts) {
    return books_.failed(turn.began_ns, failed_ns);
  }
  const std::int64_t again = failed_ns + config.retry_delay.count();
  books_.in_orbit(failed_ns, again);
  if (again > end_ns_) return books_.stays(turn.began_ns);
  const std::uint32_t round = round_of(attempt);
  std::int64_t service = station_.service(
      random_block(seed_, Purpose::service, turn.job / 2, round).wide(turn.job % 2));
  const bool fails =
      times_out(service) || random_block(seed_, Purpose::failure, turn.job, round).word[0] <
                                threshold_of(config.failure_probability);
  repeats_.push({again, turn.job, turn.born_ns, turn.began_ns, service, attempt, fails});
}

void SeriesStage::flush(VisitList& left) {
  if (passes_.size == 0) return;
  const std::int64_t earliest = passes_.queued_ns[0];
  books_.served(passes_.all(earliest, latest_ns_));
  finish_done(earliest, latest_ns_, left);
  passes_.size = 0;
  latest_ns_ = 0;
}

// Those of the passes that have completed a visit in time.
void SeriesStage::finish_done(std::int64_t earliest_ns, std::int64_t latest_ns, VisitList& left) {
  finish(done_.all(earliest_ns, std::min(latest_ns, end_ns_)), left);
  done_.size = 0;
}

void SeriesStage::finish(const Passes& done, VisitList& left) {
  books_.completed(done);
  if (options_.on_departure) {
    for (std::size_t i = 0; i < done.size(); ++i) {
      options_.on_departure({done.job[i], index_, 0, done.began_ns[i], done.start_ns[i],
                             done.until_ns[i], done.service_ns[i]});
    }
  }
  if (keeps_) left.append({done.until_ns, done.job, done.born_ns});
}

}  // namespace double11::virtual_time
