#pragma once
// One station of a series, without events: jobs in order of arrival take the server that is free
// first, and those whose service failed come again, in order among the others.

#include <double11/virtual_time/simulate_network.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <queue>
#include <span>
#include <vector>

#include "virtual_time/network_model.hpp"
#include "virtual_time/pass_books.hpp"
#include "virtual_time/passes.hpp"
#include "virtual_time/server_row.hpp"
#include "virtual_time/server_tree.hpp"
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

  StationRecord take_record(std::int64_t end_ns) { return books_.take_record(end_ns); }

 private:
  /// A service to come or at hand.
  struct Turn {
    std::int64_t queued_ns;
    std::uint64_t job;
    std::int64_t born_ns;
    std::int64_t began_ns;
    std::int64_t service_ns;
    std::uint32_t attempt;  ///< from 0
    bool fails;
  };
  struct Later {
    bool operator()(const Turn& a, const Turn& b) const {
      return a.queued_ns != b.queued_ns ? a.queued_ns > b.queued_ns : a.job > b.job;
    }
  };

  void draw_services(const Visits& group);
  void draw_failures(const Visits& group);
  [[nodiscard]] bool times_out(std::int64_t& service_ns) const;
  [[nodiscard]] std::uint32_t round_of(std::uint32_t attempt) const {
    return (index_ << 16U) + attempt;
  }

  // Without failures.
  void serve_once(const Visits& group, VisitList& left);
  std::int64_t serve_row(const Visits& group);
  std::int64_t serve_tree(const Visits& group);
  // With failures.
  void serve_in_turns(const Visits& group, VisitList& left);
  void serve_repeats(std::int64_t before_ns, std::uint64_t before_job, VisitList& left);
  void take(const Turn& turn, VisitList& left);
  void repeat(const Turn& turn, std::int64_t failed_ns);
  void flush(VisitList& left);

  void finish_done(std::int64_t earliest_ns, std::int64_t latest_ns, VisitList& left);
  void finish(const Passes& done, VisitList& left);

  const NetworkOptions& options_;
  std::uint32_t index_;
  const StationModel& station_;
  std::uint64_t seed_;
  std::int64_t end_ns_;
  bool fails_;  // services may fail
  bool keeps_;  // what leaves: somebody asks for it
  ServerTree tree_;
  std::optional<ServerRow> row_;  // instead of the tree, where it is quicker
  PassBooks books_;
  std::priority_queue<Turn, std::vector<Turn>, Later> repeats_;
  std::array<bool, kGroup> failing_{};
  Instants drawn_{};
  PassArrays passes_{};         // services of a group
  PassArrays done_{};           // those of them that complete a visit
  std::int64_t latest_ns_ = 0;  // end of the passes
};

}  // namespace double11::virtual_time
