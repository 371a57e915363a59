#pragma once
// One station of a series, without events: jobs in order of arrival take the server that is free
// first, and those whose service failed come again, in order among the others.

#include <double11/virtual_time/simulate_network.hpp>

#include <array>
#include <cstdint>
#include <queue>
#include <span>
#include <vector>

#include "virtual_time/network_model.hpp"
#include "virtual_time/pass_books.hpp"
#include "virtual_time/passes.hpp"
#include "virtual_time/server_pool.hpp"
#include "virtual_time/visits.hpp"

namespace double11::virtual_time {

class SeriesStage {
 public:
  SeriesStage(const NetworkModel& model, const NetworkOptions& options, std::uint32_t index,
              std::uint64_t replication, std::int64_t interval_ns);

  /// Whether a station is of the kind that this class knows.
  [[nodiscard]] static bool knows(const NetworkModel& model, const StationModel& station);

  /// Visits in order, and all that will ever come by `horizon_ns` but are not yet told;
  /// those that end in time are added to `left`, in any order, unless this is the only station.
  void serve(const Visits& visits, std::int64_t horizon_ns, VisitList& left);

  /// Repeats of services, from the very start.
  [[nodiscard]] std::uint64_t repeats() const { return books_.repeats(); }
  StationRecord take_record(std::int64_t end_ns) { return books_.take_record(end_ns); }

 private:
  /// What becomes of a service.
  struct Fate {
    bool fails;
    std::uint32_t delay_bits;  ///< random
  };
  /// A service to come.
  struct Turn {
    std::int64_t queued_ns;
    std::uint64_t job;
    std::int64_t born_ns;
    std::int64_t began_ns;
    std::int64_t service_ns;
    std::uint32_t attempt;  ///< from 0
    Fate fate;
  };
  struct Later {
    bool operator()(const Turn& a, const Turn& b) const {
      return a.queued_ns != b.queued_ns ? a.queued_ns > b.queued_ns : a.job > b.job;
    }
  };

  void draw(const Visits& group);
  void draw_services(std::span<const RandomBlock> random, Instants& services) const;
  [[nodiscard]] Fate fate_of(std::int64_t& service_ns, const RandomBlock& random) const;
  [[nodiscard]] std::uint32_t round_of(std::uint32_t attempt) const {
    return (index_ << 16U) + attempt;
  }

  /// Tells when the last of those in passes_ ends.
  std::int64_t serve_passes(std::span<const std::int64_t> queued_ns,
                            std::span<const std::int64_t> service_ns);
  // Without failures.
  void serve_once(const Visits& group, VisitList& left);
  // With failures.
  void serve_with_repeats(const Visits& group, VisitList& left);
  std::size_t merge(const Visits& group, std::size_t at, std::int64_t horizon_ns);
  void put(std::size_t at, const Turn& turn);
  void pass_on(VisitList& left);
  void repeat(std::span<const std::size_t> failed);

  void finish_done(std::int64_t earliest_ns, std::int64_t latest_ns, VisitList& left);
  void finish(const Passes& done, VisitList& left);

  const NetworkOptions& options_;
  std::uint32_t index_;
  const StationModel& station_;
  std::uint64_t seed_;
  std::int64_t end_ns_;
  bool fails_;                 // services may fail
  std::uint64_t fails_below_;  // of 32 random bits
  bool keeps_;                 // what leaves: somebody asks for it
  ServerPool pool_;
  PassBooks books_;
  std::priority_queue<Turn, std::vector<Turn>, Later> repeats_;
  // Of the visits of a group, in their order.
  Instants drawn_{};
  std::array<Fate, kGroup> fates_{};
  // Services of a group, visits and repeats, and those of them that complete a visit.
  PassArrays passes_{};
  std::array<std::uint32_t, kGroup> attempt_{};
  std::array<Fate, kGroup> passing_fates_{};
  PassArrays done_{};
};

}  // namespace double11::virtual_time
