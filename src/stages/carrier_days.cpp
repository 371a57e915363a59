#include <double11/stages/carrier_days.hpp>
#include <double11/stages/picking_clock.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
namespace {

// From here on nobody counts how full a day is.
constexpr std::int64_t kLastDay = PickingClock::kLatest.time_since_epoch() / std::chrono::hours(24);

}  // namespace

CarrierDays::CarrierDays(const scenario::Carrier& carrier, Duration starts_at,
                         const std::vector<WorkClock::Step>& faults)
    : starts_at_ns_(starts_at.count()),
      opens_ns_(carrier.opens.count()),
      cut_off_ns_(carrier.cut_off.count()),
      parcels_per_day_(carrier.parcels_per_day),
      faults_(faults),
      clock_(faults) {}

// As much of it as faults leave on average over the hours of the day.
std::int64_t CarrierDays::capacity_of(std::int64_t day) const {
  if (faults_.empty()) return parcels_per_day_;
  const std::int64_t from = std::max<std::int64_t>(0, opens_ns(day));
  const std::int64_t to = day * kDayNs - starts_at_ns_ + cut_off_ns_;
  if (to <= from) return 0;
  const double share = clock_.work_s(Instant(Duration(from)), Instant(Duration(to))) /
                       seconds_of(Duration(to - from));
  // A factor may enlarge it up to a thousandfold.
  return std::llround(static_cast<double>(parcels_per_day_) * std::min(share, 1000.0));
}

// The first instant from this one on at which there is no outage.
std::int64_t CarrierDays::past_outage(std::int64_t at_ns) const {
  auto step = std::upper_bound(
      faults_.begin(), faults_.end(), at_ns,
      [](std::int64_t at, const WorkClock::Step& one) { return at < nanoseconds_of(one.at); });
  if (step == faults_.begin() || std::prev(step)->speed > 0) return at_ns;
  while (step != faults_.end() && step->speed == 0) ++step;
  return step == faults_.end() ? at_ns : nanoseconds_of(step->at);
}

std::int64_t CarrierDays::look_for_room(std::int64_t day) {
  for (std::int64_t at = day;;) {
    if (at >= kLastDay) return at;
    while (std::ssize(days_) <= at) {
      const std::int64_t next = std::ssize(days_);
      days_.push_back({capacity_of(next), next + 1});
    }
    Day& here = days_[static_cast<std::size_t>(at)];
    if (here.room > 0) {
      // Whoever asks for this day again goes straight there.
      if (at != day) days_[static_cast<std::size_t>(day)].next = at;
      return at;
    }
    at = here.next;
  }
}

CarrierDays::Handover CarrierDays::handover_between_faults(Instant ready) {
  Handover result;
  std::int64_t at_ns = nanoseconds_of(ready);
  // After an outage it may be too late for the day, and the next day may begin with one.
  for (;;) {
    at_ns = past_outage(at_ns);
    std::int64_t day = (at_ns + starts_at_ns_) / kDayNs;
    if ((at_ns + starts_at_ns_) % kDayNs > cut_off_ns_) {
      result.after_cut_off = true;
      ++day;
    }
    const std::int64_t free_day = first_with_room(day);
    result.over_capacity = result.over_capacity || free_day != day;
    const std::int64_t leaves_ns = std::max(at_ns, opens_ns(free_day));
    if (past_outage(leaves_ns) == leaves_ns) {
      result.leaves = Instant(Duration(leaves_ns));
      result.day = free_day;
      return result;
    }
    at_ns = leaves_ns;
  }
}

CarrierDays::Stretch CarrierDays::stretch_from(Instant ready) {
  const Handover first = handover(ready);
  if (!faults_.empty()) return {ready - Duration(1), ready, first};
  const std::int64_t clock_ns = nanoseconds_of(ready) + starts_at_ns_;
  const std::int64_t today_ns = clock_ns / kDayNs * kDayNs;
  const bool late = clock_ns - today_ns > cut_off_ns_;
  const std::int64_t until_ns = today_ns + (late ? kDayNs - 1 : std::min(cut_off_ns_, kDayNs - 1));
  return {Instant(Duration(until_ns - starts_at_ns_)), Instant(Duration(opens_ns(first.day))),
          first};
}

bool CarrierDays::book(const Handover& handover) {
  if (parcels_per_day_ == 0 || handover.day >= kLastDay) return false;
  return --days_[static_cast<std::size_t>(handover.day)].room == 0;
}

CarrierDays carrier_days(const scenario::Scenario& scenario, std::size_t carrier) {
  const scenario::Carrier& one = scenario.logistics.carriers[carrier];
  return CarrierDays(one, scenario.logistics.starts_at,
                     WorkClock::of_faults(scenario, "carrier." + one.name).steps());
}

}  // namespace double11::stages
