#pragma once
// A carrier: each day it takes parcels from when it opens until the cut-off, or until the day's
// capacity is used up; what is ready later goes the next day. Days are booked as parcels are given
// to it, in any order. One thread at a time.

#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace double11::stages {

class CarrierDays {
 public:
  /// When a parcel leaves, and why then.
  struct Handover {
    Instant leaves;
    std::int64_t day = 0;        ///< of the carrier, to book
    bool after_cut_off = false;  ///< it was ready too late for its day
    bool over_capacity = false;  ///< a day was full
  };

  /// `starts_at`: time of day at the start of the scenario. `faults`: factors of the capacity by
  /// time, the last above 0; while one is 0 no parcel leaves.
  CarrierDays(const scenario::Carrier& carrier, Duration starts_at,
              const std::vector<WorkClock::Step>& faults);

  /// For a parcel that is ready then. Asking changes nothing that shows.
  Handover handover(Instant ready) {
    if (!faults_.empty()) [[unlikely]] {
      return handover_between_faults(ready);
    }
    const std::int64_t clock_ns = nanoseconds_of(ready) + starts_at_ns_;
    const std::int64_t today = clock_ns / kDayNs;
    const bool late = clock_ns - today * kDayNs > cut_off_ns_;
    const std::int64_t day = today + (late ? 1 : 0);
    const std::int64_t free_day = first_with_room(day);
    return {std::max(ready, Instant(Duration(opens_ns(free_day)))), free_day, late,
            free_day != day};
  }

  /// What handover() says of parcels that are ready one after the other, until the day is full.
  struct Stretch {
    Instant until;          ///< as for `ready` up to then; before `ready`: for none
    Instant opens;          ///< they leave then, or when they are ready
    Handover of_the_first;  ///< of the parcel that is ready then
  };
  Stretch stretch_from(Instant ready);

  /// Takes the place of that parcel. True when it was the last of its day.
  bool book(const Handover& handover);

 private:
  struct Day {
    std::int64_t room;
    std::int64_t next;  // no day between has room
  };

  static constexpr std::int64_t kDayNs = Duration(std::chrono::hours(24)).count();

  [[nodiscard]] std::int64_t opens_ns(std::int64_t day) const {
    return day * kDayNs - starts_at_ns_ + opens_ns_;
  }
  [[nodiscard]] std::int64_t capacity_of(std::int64_t day) const;
  [[nodiscard]] std::int64_t past_outage(std::int64_t at_ns) const;
  Handover handover_between_faults(Instant ready);
  std::int64_t first_with_room(std::int64_t day) {
    if (parcels_per_day_ == 0) return day;
    if (day < std::ssize(days_)) [[likely]] {
      const Day& asked = days_[static_cast<std::size_t>(day)];
      if (asked.room > 0) return day;
      // That of a full day was found before, and it is full itself only once.
      if (asked.next < std::ssize(days_) && days_[static_cast<std::size_t>(asked.next)].room > 0) {
        return asked.next;
      }
    }
    return look_for_room(day);
  }
  std::int64_t look_for_room(std::int64_t day);

  std::int64_t starts_at_ns_;
  std::int64_t opens_ns_;
  std::int64_t cut_off_ns_;
  std::int64_t parcels_per_day_;
  std::vector<WorkClock::Step> faults_;
  WorkClock clock_;
  std::vector<Day> days_;  // those that were asked for, when there is a capacity
};

/// The one place where the clock of a carrier comes from: its hours, its capacity, its faults.
CarrierDays carrier_days(const scenario::Scenario& scenario, std::size_t carrier);

}  // namespace double11::stages
