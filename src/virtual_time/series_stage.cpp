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

void SeriesStage::serve(std::span<const Visit> visits, std::int64_t horizon_ns,
                        std::vector<Visit>& left) {
  for (std::size_t at = 0; at < visits.size(); at += kGroup) {
    const auto group = visits.subspan(at, std::min(kGroup, visits.size() - at));
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

void SeriesStage::draw_services(std::span<const Visit> group) {
  // At the first station one block serves two jobs that follow each other.
  const bool consecutive = index_ == 0;
  std::array<RandomBlock, kGroup> random;
  const std::size_t blocks = consecutive ? (group.size() + 1) / 2 : group.size();
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::uint64_t job = consecutive ? group[0].job + 2 * i : group[i].job;
    random[i] = counter_block(Purpose::service, job / 2, round_of(0));
  }
  randomize(seed_, std::span(random).first(blocks));
  std::array<std::uint64_t, kGroup> bits;
  for (std::size_t i = 0; i < group.size(); ++i) {
    bits[i] = consecutive ? random[i / 2].wide(i % 2) : random[i].wide(group[i].job % 2);
  }
  station_.service.draw(bits, std::span(drawn_).first(group.size()));
}

bool SeriesStage::times_out(std::int64_t& service_ns) const {
  const std::int64_t timeout = station_.config->timeout.count();
  if (timeout == 0 || service_ns <= timeout) return false;
  service_ns = timeout;
  return true;
}

void SeriesStage::draw_failures(std::span<const Visit> group) {
  const std::uint64_t below = threshold_of(station_.config->failure_probability);
  std::array<RandomBlock, kGroup> random;
  for (std::size_t i = 0; i < group.size(); ++i) {
    random[i] = counter_block(Purpose::failure, group[i].job, round_of(0));
  }
  randomize(seed_, std::span(random).first(group.size()));
  for (std::size_t i = 0; i < group.size(); ++i) {
    const bool late = times_out(drawn_[i]);
    failing_[i] = late || random[i].word[0] < below;
  }
}

void SeriesStage::serve_once(std::span<const Visit> group, std::vector<Visit>& left) {
  passes_.size = group.size();
  for (std::size_t i = 0; i < group.size(); ++i) {
    passes_.queued_ns[i] = group[i].arrived_ns;
    passes_.job[i] = group[i].job;
    passes_.born_ns[i] = group[i].born_ns;
  }
  passes_.began_ns = passes_.queued_ns;
  passes_.service_ns = drawn_;
  const std::int64_t last = row_ ? serve_row() : serve_tree();
  passes_.earliest_ns = passes_.queued_ns[0];
  passes_.latest_ns = last;
  books_.visits_begin(passes_.filled(passes_.began_ns));
  books_.served(passes_);
  if (last <= end_ns_) return finish(passes_, left);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (passes_.until_ns[i] <= end_ns_) {
      done_.copy(passes_, i);
    } else {
      books_.stays(passes_.began_ns[i]);
    }
  }
  finish_done(left);
}

// Both tell when the last one ends. What is after the end does not matter, so instants are cut
// there and keys stay small.
std::int64_t SeriesStage::serve_row() {
  const std::size_t size = passes_.size;
  row_->serve(passes_.filled(passes_.queued_ns), passes_.filled(passes_.service_ns),
              std::span(passes_.start_ns).first(size), std::span(passes_.until_ns).first(size),
              std::span(passes_.free_ns).first(size), end_ns_ + 1);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < size; ++i) {
    last = std::max(last, passes_.until_ns[i]);
  }
  return last;
}

std::int64_t SeriesStage::serve_tree() {
  std::int64_t last = 0;
  std::int64_t free = tree_.first_free();
  for (std::size_t i = 0; i < passes_.size; ++i) {
    const std::int64_t start = std::max(passes_.queued_ns[i], free);
    const std::int64_t until = std::min(start + passes_.service_ns[i], end_ns_ + 1);
    free = tree_.occupy_first(until);
    passes_.start_ns[i] = start;
    passes_.until_ns[i] = until;
    passes_.free_ns[i] = free;
    last = std::max(last, until);
  }
  return last;
}

void SeriesStage::serve_in_turns(std::span<const Visit> group, std::vector<Visit>& left) {
  draw_failures(group);
  Instants began;
  for (std::size_t i = 0; i < group.size(); ++i) began[i] = group[i].arrived_ns;
  books_.visits_begin(std::span(began).first(group.size()));
  for (std::size_t i = 0; i < group.size(); ++i) {
    const Visit& visit = group[i];
    serve_repeats(visit.arrived_ns, visit.job, left);
    take({visit.arrived_ns, visit.job, visit.born_ns, visit.arrived_ns, drawn_[i], 0, failing_[i]},
         left);
  }
}

// Those that come before a job at an instant.
void SeriesStage::serve_repeats(std::int64_t before_ns, std::uint64_t before_job,
                                std::vector<Visit>& left) {
  while (!repeats_.empty()) {
    const Turn turn = repeats_.top();
    if (turn.queued_ns > before_ns || (turn.queued_ns == before_ns && turn.job > before_job)) {
      return;
    }
    repeats_.pop();
    take(turn, left);
  }
}

void SeriesStage::take(const Turn& turn, std::vector<Visit>& left) {
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
  passes_.latest_ns = std::max(passes_.latest_ns, until);
  if (until > end_ns_) return books_.stays(turn.began_ns);
  if (turn.fails) return repeat(turn, until);
  done_.copy(passes_, i);
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

void SeriesStage::flush(std::vector<Visit>& left) {
  if (passes_.size == 0) return;
  passes_.earliest_ns = passes_.queued_ns[0];
  books_.served(passes_);
  finish_done(left);
  passes_.size = 0;
  passes_.latest_ns = 0;
}

// Those of the passes that have completed a visit in time.
void SeriesStage::finish_done(std::vector<Visit>& left) {
  done_.earliest_ns = passes_.earliest_ns;
  done_.latest_ns = std::min(passes_.latest_ns, end_ns_);
  finish(done_, left);
  done_.size = 0;
}

void SeriesStage::finish(const Passes& done, std::vector<Visit>& left) {
  books_.completed(done);
  if (options_.on_departure) {
    for (std::size_t i = 0; i < done.size; ++i) {
      options_.on_departure({done.job[i], index_, 0, done.began_ns[i], done.start_ns[i],
                             done.until_ns[i], done.service_ns[i]});
    }
  }
  if (!keeps_) return;
  std::array<Visit, kGroup> visits;
  for (std::size_t i = 0; i < done.size; ++i) {
    visits[i] = {done.until_ns[i], done.job[i], done.born_ns[i]};
  }
  left.insert(left.end(), visits.begin(), visits.begin() + static_cast<std::ptrdiff_t>(done.size));
}

}  // namespace double11::virtual_time
