#include <double11/stages/picking_clock.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
namespace {

using scenario::Shift;

constexpr std::int64_t kDayNs = Duration(std::chrono::hours(24)).count();
constexpr std::int64_t kLatestNs = nanoseconds_of(PickingClock::kLatest);
constexpr auto kUsual = static_cast<std::uint64_t>(WorkClock::kUsual);

bool is_on(const Shift& shift, Duration time_of_day) {
  return shift.from < shift.to ? time_of_day >= shift.from && time_of_day < shift.to
                               : time_of_day >= shift.from || time_of_day < shift.to;
}

double rate_of(const Shift& shift) {
  return static_cast<double>(shift.people.posts) * shift.people.rate_per_s +
         static_cast<double>(shift.robots.posts) * shift.robots.rate_per_s;
}

// The day of a warehouse, counted from the time of day at which the scenario starts.
std::vector<PickingClock::DayStep> day_of(const scenario::Logistics& logistics,
                                          const scenario::Warehouse& warehouse) {
  std::vector<Duration> changes{Duration(0)};
  bool has_shift = false;
  for (const Shift& shift : logistics.shifts) {
    if (!works_at(shift, warehouse.name)) continue;
    has_shift = true;
    for (const Duration at : {shift.from, shift.to}) {
      changes.emplace_back((at - logistics.starts_at + Duration(kDayNs)).count() % kDayNs);
    }
  }
  if (!has_shift) return {{Duration(0), warehouse.capacity_per_s}};
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  std::vector<PickingClock::DayStep> day;
  for (const Duration at : changes) {
    const Duration time_of_day((at + logistics.starts_at).count() % kDayNs);
    double rate = 0;
    for (const Shift& shift : logistics.shifts) {
      if (works_at(shift, warehouse.name) && is_on(shift, time_of_day)) rate += rate_of(shift);
    }
    day.push_back({at, std::min(rate, warehouse.capacity_per_s)});
  }
  return day;
}

// Time that a shift was on from the midnight before the scenario until `ns` after it.
std::int64_t on_until(const Shift& shift, std::int64_t ns) {
  const std::int64_t from = shift.from.count();
  const std::int64_t to = shift.to.count();
  const auto of_day = [&](std::int64_t until) {
    return from < to ? std::clamp<std::int64_t>(until - from, 0, to - from)
                     : std::min(until, to) + std::max<std::int64_t>(0, until - from);
  };
  return ns / kDayNs * of_day(kDayNs) + of_day(ns % kDayNs);
}

}  // namespace

PickingClock::PickingClock(const std::vector<DayStep>& day,
                           const std::vector<WorkClock::Step>& faults) {
  double highest = 0;
  for (const DayStep& step : day) highest = std::max(highest, step.rate_per_s);
  // The highest rate of a day is the usual speed, so a parcel is what it picks in 1 / rate.
  pick_work_ = std::max<Wide>(1, static_cast<Wide>(1e9 / highest * static_cast<double>(kUsual)));
  const auto speed_of = [&](const DayStep& step, std::uint64_t factor) -> std::uint64_t {
    if (step.rate_per_s <= 0 || factor == 0) return 0;
    const auto usual = static_cast<std::uint64_t>(
        std::llround(step.rate_per_s / highest * static_cast<double>(kUsual)));
    return std::max<std::uint64_t>(1, usual * factor / kUsual);
  };
  // Whole days until the last fault is over, and one more that repeats.
  const std::int64_t last_ns = faults.empty() ? 0 : nanoseconds_of(faults.back().at);
  const std::int64_t days = (last_ns + kDayNs - 1) / kDayNs + 1;
  cycle_begin_ns_ = (days - 1) * kDayNs;
  std::uint64_t factor = kUsual;
  auto fault = faults.begin();
  for (std::int64_t begin_ns = 0; begin_ns < days * kDayNs; begin_ns += kDayNs) {
    for (std::size_t i = 0; i < day.size(); ++i) {
      std::int64_t at_ns = begin_ns + day[i].at.count();
      const std::int64_t end_ns = begin_ns + (i + 1 < day.size() ? day[i + 1].at.count() : kDayNs);
      while (at_ns < end_ns) {
        for (; fault != faults.end() && nanoseconds_of(fault->at) <= at_ns; ++fault) {
          factor = static_cast<std::uint64_t>(fault->speed);
        }
        const std::int64_t until_ns =
            fault == faults.end() ? end_ns : std::min(end_ns, nanoseconds_of(fault->at));
        add_row(at_ns, until_ns, speed_of(day[i], factor));
        at_ns = until_ns;
      }
    }
  }
  cycle_work_ = total_work_ - row_at(cycle_begin_ns_).before;
}

void PickingClock::add_row(std::int64_t begin_ns, std::int64_t end_ns, std::uint64_t speed) {
  const Wide pick_ns = speed == 0 ? Wide{kLatestNs} : (pick_work_ + speed - 1) / speed;
  rows_.push_back({begin_ns, end_ns, speed,
                   static_cast<std::int64_t>(std::min(pick_ns, Wide{kLatestNs})), total_work_});
  total_work_ += Wide{speed} * static_cast<std::uint64_t>(end_ns - begin_ns);
}

const PickingClock::Row& PickingClock::row_at(std::int64_t at_ns) const {
  return *std::prev(
      std::upper_bound(rows_.begin(), rows_.end(), at_ns,
                       [](std::int64_t at, const Row& row) { return at < row.begin_ns; }));
}

Instant PickingClock::finish(Instant at) const {
  const std::int64_t at_ns = nanoseconds_of(at);
  if (at_ns >= kLatestNs) return kLatest;
  const std::int64_t shift_ns =
      at_ns < cycle_begin_ns_ ? 0 : (at_ns - cycle_begin_ns_) / kDayNs * kDayNs;
  const Row& row = row_at(at_ns - shift_ns);
  // Most picks begin and end while nothing changes.
  if (at_ns - shift_ns + row.pick_ns <= row.end_ns) return Instant(Duration(at_ns + row.pick_ns));
  return finish_later(at_ns, shift_ns, row);
}

PickingClock::Steady PickingClock::steady_at(Instant at) const {
  const std::int64_t at_ns = nanoseconds_of(at);
  if (at_ns >= kLatestNs) return {};
  const std::int64_t shift_ns =
      at_ns < cycle_begin_ns_ ? 0 : (at_ns - cycle_begin_ns_) / kDayNs * kDayNs;
  const Row& row = row_at(at_ns - shift_ns);
  if (row.pick_ns > row.end_ns - row.begin_ns) return {};
  return {Instant(Duration(row.begin_ns + shift_ns)),
          Instant(Duration(row.end_ns - row.pick_ns + shift_ns)), Duration(row.pick_ns)};
}

Instant PickingClock::finish_later(std::int64_t at_ns, std::int64_t shift_ns,
                                   const Row& row) const {
  Wide target = row.before +
                Wide{row.speed} * static_cast<std::uint64_t>(at_ns - shift_ns - row.begin_ns) +
                pick_work_;
  Wide days = 0;
  if (target > total_work_) {
    days = (target - total_work_ + cycle_work_ - 1) / cycle_work_;
    target -= days * cycle_work_;
  }
  // The last row before which less than that has been done; it works, or it would not be the last.
  const Row& last = *std::prev(std::lower_bound(
      rows_.begin(), rows_.end(), target,
      [](const Row& candidate, Wide wanted) { return candidate.before < wanted; }));
  const Wide end_ns = static_cast<Wide>(last.begin_ns + shift_ns) + days * Wide{kDayNs} +
                      (target - last.before + last.speed - 1) / last.speed;
  return Instant(Duration(static_cast<std::int64_t>(std::min(end_ns, Wide{kLatestNs}))));
}

PickingClock picking_clock(const scenario::Scenario& scenario, std::size_t warehouse) {
  const scenario::Warehouse& house = scenario.logistics.warehouses[warehouse];
  return PickingClock(day_of(scenario.logistics, house),
                      WorkClock::of_faults(scenario, "logistics." + house.name).steps());
}

MoneyFen labour_cost(const scenario::Scenario& scenario, std::size_t warehouse, Instant end) {
  constexpr std::int64_t kPaidHourNs = Duration(std::chrono::hours(1)).count();
  // Far above any real wage bill, and far below what an integer holds when warehouses add up.
  constexpr Wide kMostFen = 10'000'000'000'000'000;
  const std::int64_t starts_ns = scenario.logistics.starts_at.count();
  Wide fen = 0;
  for (const Shift& shift : scenario.logistics.shifts) {
    if (!works_at(shift, scenario.logistics.warehouses[warehouse].name)) continue;
    const std::int64_t on_ns =
        on_until(shift, nanoseconds_of(end) + starts_ns) - on_until(shift, starts_ns);
    const std::int64_t per_hour = shift.people.posts * shift.people.cost_per_hour.fen +
                                  shift.robots.posts * shift.robots.cost_per_hour.fen;
    fen += Wide{static_cast<std::uint64_t>(per_hour)} * static_cast<std::uint64_t>(on_ns) /
           kPaidHourNs;
  }
  return {static_cast<std::int64_t>(std::min(fen, kMostFen))};
}

}  // namespace double11::stages
