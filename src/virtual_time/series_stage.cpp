#include "virtual_time/series_stage.hpp"

#include <algorithm>
#include <array>

#include "core/wide_loop.hpp"

namespace double11::virtual_time {

SeriesStage::SeriesStage(const NetworkModel& model, const NetworkOptions& options,
                         std::uint32_t index, std::uint64_t replication, std::int64_t interval_ns)
    : options_(options),
      index_(index),
      station_(model.stations[index]),
      seed_(model.seed_of(replication, index, 0)),
      end_ns_(model.end_ns),
      fails_(station_.config->failure_probability > 0 || station_.config->timeout.count() > 0),
      fails_below_(threshold_of(station_.config->failure_probability)),
      keeps_(model.stations.size() > 1),
      pool_(static_cast<std::uint64_t>(station_.config->servers), station_.service.mean()),
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
         model.end_ns < ServerPool::latest(static_cast<std::uint64_t>(config.servers));
}

void SeriesStage::serve(const Visits& visits, std::int64_t horizon_ns, VisitList& left) {
  for (std::size_t at = 0; at < visits.size(); at += kGroup) {
    const Visits group = visits.part(at, std::min(kGroup, visits.size() - at));
    draw(group);
    books_.visits_begin(group.arrived_ns);
    if (fails_) {
      serve_with_repeats(group, left);
    } else {
      serve_once(group, left);
    }
  }
  while (!repeats_.empty() && repeats_.top().queued_ns <= horizon_ns) {
    merge({}, 0, horizon_ns);
    pass_on(left);
  }
}

void SeriesStage::draw(const Visits& group) {
  const std::size_t size = group.size();
  if (station_.service.is_constant() && !fails_) {
    std::fill_n(drawn_.begin(), size, station_.service.least());
    return;
  }
  std::array<RandomBlock, kGroup> random;
  for (std::size_t i = 0; i < size; ++i) {
    random[i] = counter_block(Purpose::service, group.job[i], round_of(0));
  }
  randomize(seed_, std::span(random).first(size));
  draw_services(std::span(random).first(size), drawn_);
  if (!fails_) return;
  for (std::size_t i = 0; i < size; ++i) fates_[i] = fate_of(drawn_[i], random[i]);
}

void SeriesStage::draw_services(std::span<const RandomBlock> random, Instants& services) const {
  std::array<std::uint64_t, kGroup> bits;
  for (std::size_t i = 0; i < random.size(); ++i) bits[i] = random[i].wide(0);
  station_.service.draw(std::span(bits).first(random.size()),
                        std::span(services).first(random.size()));
}

// A service fails by chance, or as it is stopped at the timeout.
SeriesStage::Fate SeriesStage::fate_of(std::int64_t& service_ns, const RandomBlock& random) const {
  const std::int64_t timeout = station_.config->timeout.count();
  const bool late = timeout > 0 && service_ns > timeout;
  if (late) service_ns = timeout;
  return {late || random.word[2] < fails_below_, random.word[3]};
}

// What is after the end does not matter, so instants are cut there and keys stay small.
std::int64_t SeriesStage::serve_passes(std::span<const std::int64_t> queued_ns,
                                       std::span<const std::int64_t> service_ns) {
  const std::size_t size = queued_ns.size();
  const std::span<std::int64_t> start = std::span(passes_.start_ns).first(size);
  const std::span<std::int64_t> until = std::span(passes_.until_ns).first(size);
  const std::span<std::int64_t> free = std::span(passes_.free_ns).first(size);
  pool_.serve(queued_ns, service_ns, start, until, free, end_ns_ + 1);
  std::int64_t last = 0;
  wide_loop([&]() __attribute__((always_inline)) {
    std::int64_t group_last = 0;
    for (const std::int64_t each : until) group_last = each > group_last ? each : group_last;
    last = group_last;
  });
  return last;
}

void SeriesStage::serve_once(const Visits& group, VisitList& left) {
  const std::size_t size = group.size();
  const std::span<const std::int64_t> service_ns = std::span(drawn_).first(size);
  const std::int64_t last = serve_passes(group.arrived_ns, service_ns);
  const auto used = [size](const Instants& field) { return std::span(field).first(size); };
  const Passes passes{group.arrived_ns[0],
                      last,
                      group.job,
                      group.born_ns,
                      group.arrived_ns,
                      group.arrived_ns,
                      service_ns,
                      used(passes_.start_ns),
                      used(passes_.until_ns),
                      used(passes_.free_ns)};
  books_.served(passes);
  if (last <= end_ns_) return finish(passes, left);
  for (std::size_t i = 0; i < size; ++i) {
    if (passes.until_ns[i] <= end_ns_) {
      done_.copy_if(true, passes, i);
    } else {
      books_.stays(passes.began_ns[i]);
    }
  }
  finish_done(passes.earliest_ns, last, left);
}

void SeriesStage::serve_with_repeats(const Visits& group, VisitList& left) {
  for (std::size_t at = 0; at < group.size();) {
    at = merge(group, at, -1);
    pass_on(left);
  }
}

// Fills passes_ with visits from number `at` on and the repeats that come between them, and after
// the last visit with repeats up to `horizon_ns`; but only as far as that is known: services among
// them that fail are repeated at their end or later. Returns the first visit that is left.
std::size_t SeriesStage::merge(const Visits& group, std::size_t at, std::int64_t horizon_ns) {
  std::int64_t known_until = INT64_MAX;
  std::size_t size = 0;
  std::int64_t repeat_at = repeats_.empty() ? INT64_MAX : repeats_.top().queued_ns;
  for (; size < kGroup; ++size) {
    const bool is_visit = at < group.size();
    const std::int64_t arrived = is_visit ? group.arrived_ns[at] : horizon_ns;
    if (repeat_at < arrived ||
        (repeat_at == arrived && (!is_visit || repeats_.top().job <= group.job[at]))) {
      if (repeat_at >= known_until) break;
      put(size, repeats_.top());
      repeats_.pop();
      repeat_at = repeats_.empty() ? INT64_MAX : repeats_.top().queued_ns;
    } else {
      if (!is_visit || arrived >= known_until) break;
      put(size, {arrived, group.job[at], group.born_ns[at], arrived, drawn_[at], 0, fates_[at]});
      ++at;
    }
    const std::int64_t again = passes_.queued_ns[size] + passes_.service_ns[size];
    known_until = passing_fates_[size].fails && again < known_until ? again : known_until;
  }
  passes_.size = size;
  return at;
}

void SeriesStage::put(std::size_t at, const Turn& turn) {
  passes_.job[at] = turn.job;
  passes_.born_ns[at] = turn.born_ns;
  passes_.began_ns[at] = turn.began_ns;
  passes_.queued_ns[at] = turn.queued_ns;
  passes_.service_ns[at] = turn.service_ns;
  attempt_[at] = turn.attempt;
  passing_fates_[at] = turn.fate;
}

// Serves passes_ and sends each to where it goes.
void SeriesStage::pass_on(VisitList& left) {
  const auto used = [this](const Instants& field) { return std::span(field).first(passes_.size); };
  const std::int64_t last = serve_passes(used(passes_.queued_ns), used(passes_.service_ns));
  const Passes passes = passes_.all(passes_.queued_ns[0], last);
  books_.served(passes);
  std::array<std::size_t, kGroup> failed;
  std::size_t failures = 0;
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const bool over = passes.until_ns[i] <= end_ns_;
    if (!over) books_.stays(passes.began_ns[i]);
    failed[failures] = i;
    failures += over && passing_fates_[i].fails ? 1U : 0U;
    done_.copy_if(over && !passing_fates_[i].fails, passes, i);
  }
  repeat(std::span(failed).first(failures));
  finish_done(passes.earliest_ns, last, left);
}

// What follows those of passes_ that have failed.
void SeriesStage::repeat(std::span<const std::size_t> failed) {
  const scenario::NetworkStation& config = *station_.config;
  std::array<Turn, kGroup> turns;
  std::array<RandomBlock, kGroup> random;
  std::size_t size = 0;
  for (const std::size_t i : failed) {
    const std::int64_t began = passes_.began_ns[i];
    const std::int64_t until = passes_.until_ns[i];
    const std::uint32_t attempt = attempt_[i] + 1;
    if (config.attempts != 0 && attempt >= config.attempts) {
      books_.failed(began, until);
      continue;
    }
    const std::int64_t again =
        until + station_.retry_delay(attempt, passing_fates_[i].delay_bits).count();
    books_.in_orbit(until, again);
    if (again > end_ns_) {
      books_.stays(began);
      continue;
    }
    turns[size] = {again, passes_.job[i], passes_.born_ns[i], began, 0, attempt, {}};
    random[size++] = counter_block(Purpose::service, passes_.job[i], round_of(attempt));
  }
  randomize(seed_, std::span(random).first(size));
  Instants services;
  draw_services(std::span(random).first(size), services);
  for (std::size_t i = 0; i < size; ++i) {
    turns[i].service_ns = services[i];
    turns[i].fate = fate_of(turns[i].service_ns, random[i]);
    repeats_.push(turns[i]);
  }
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
