#pragma once
// Keeps the record of one station from groups of services, in any number of passes over them.
// The same numbers as StationBooks, which follows the clock.

#include <double11/virtual_time/network_record.hpp>

#include <cstdint>
#include <span>
#include <string>

#include "virtual_time/passes.hpp"
#include "virtual_time/station_books.hpp"

namespace double11::virtual_time {

class PassBooks {
 public:
  /// For the station that is number `index` of the network. The simulation is planned to end at
  /// `end_ns`; instants beyond are told, and count as just not in time.
  PassBooks(const std::string& name, std::uint32_t index, std::int64_t warm_up_ns,
            std::int64_t end_ns, std::int64_t interval_ns);

  /// Visits, in order of their begin.
  void visits_begin(std::span<const std::int64_t> began_ns);
  /// Services, in the order in which they were given to servers. Groups follow each other in order.
  void served(const Passes& passes);
  /// Visits that are over in time.
  void completed(const Passes& passes);
  void failed(std::int64_t began_ns, std::int64_t at_ns);
  /// A job that is still here at the end.
  void stays(std::int64_t began_ns);
  /// Repeats of services in time, from the very start.
  [[nodiscard]] std::uint64_t repeats() const { return repeats_; }
  /// From a failed service, in time, until its repeat.
  void in_orbit(std::int64_t from_ns, std::int64_t to_ns);

  /// `end_ns` is before the planned one when the run was stopped; then visits under way count
  /// beyond it.
  StationRecord take_record(std::int64_t end_ns);

 private:
  template <bool kWhole>
  void count_gaps(const Passes& passes);
  void count_empty(const Passes& passes);
  std::int64_t count_busy_periods(const Passes& passes, std::size_t at, std::size_t end,
                                  std::int64_t last_ns);
  void end_busy_period(std::int64_t at_ns);
  void count_whole_services(const Passes& passes);
  void count_cut_services(const Passes& passes);
  void count_whole_visits(const Passes& passes);
  void count_cut_visits(const Passes& passes);
  void count_prints(const Passes& passes);
  [[nodiscard]] std::int64_t clipped(std::int64_t from_ns, std::int64_t to_ns) const;

  StationRecord record_;
  std::uint32_t index_;
  std::int64_t warm_up_ns_;
  std::int64_t end_ns_;
  NumberSeries series_;
  std::uint64_t repeats_ = 0;
  std::int64_t last_arrival_ns_ = -1;
  std::int64_t busy_since_ns_ = -1;
  // Of all services so far; queued_ns not before the warm-up.
  std::int64_t last_queued_ns_;
  std::int64_t last_free_ns_ = 0;
  std::int64_t last_until_ns_ = 0;
};

}  // namespace double11::virtual_time
