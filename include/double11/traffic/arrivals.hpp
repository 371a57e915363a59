#pragma once
// The planned arrivals. Scenario time is cut into slices; the arrivals of a slice are a pure
// function of (seed, slice), so any worker can make any slice and no state is shared.
//
// Poisson arrivals are drawn as exponential gaps in units of expected arrivals; within one slice
// the rate is taken as constant (a ramp becomes a fine staircase with the exact integral).
// Constant arrivals sit where the integral of the rate passes k + 1/2.
// Arrivals of the other processes follow from one another through all slices (arrival_times.hpp),
// so who makes a slice walks there; a cursor remembers how far. Here, too, the rate is constant
// within a slice.
// A replay takes the arrivals of a slice from a file instead; a cursor remembers where it stands.
// So does a source of one's own (scenario/arrival_source.hpp), which is asked for each slice.

#include <double11/core/order.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/traffic/arrival_times.hpp>
#include <double11/traffic/crowd.hpp>
#include <double11/traffic/live_shows.hpp>
#include <double11/traffic/popularity.hpp>
#include <double11/traffic/rate_curve.hpp>
#include <double11/traffic/replay_walk.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace double11::traffic {

/// How far one maker of slices has walked over the arrivals of one Arrivals object, which must
/// outlive it. Belongs to one thread. It never changes what a slice holds, only what making it
/// costs: nothing beside the slice for Poisson and constant arrivals; for others a few nanoseconds
/// for each arrival and each slice since the one made last, or since the start for an earlier one;
/// of a replay the lines since the one made last, or about a thousand where that is less.
class ArrivalCursor {
 private:
  friend class Arrivals;
  std::optional<UnitArrivals> walk_;  // none before the first slice that needs it
  double next_ = 0;                   // the first arrival that is not behind, in operational time
  std::uint64_t slice_ = 0;           // all slices before it are behind
  double reached_ = 0;                // operational time at the start of that slice
  std::unique_ptr<ReplayWalk> replay_;
  std::vector<Order> planned_;  // by a source, in the slice that is being made
  LiveShows::Share shows_;      // of the slice that is being made
};

class Arrivals {
 public:
  /// Keeps a reference: `scenario` must outlive this object.
  explicit Arrivals(const scenario::Scenario& scenario);
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  /// Number of slices; slice s covers [s, s+1) times scenario::kSlice, cut at the duration.
  [[nodiscard]] std::uint64_t slices() const { return slices_; }

  /// Start of a slice; for s = slices() the end of the traffic.
  [[nodiscard]] Instant start_of(std::uint64_t slice) const;

  /// Appends the arrivals of `slice` in the order of their planned times, with step admit.
  /// Pure; any thread, each with a cursor of its own. Allocates only when `into` has to grow, or
  /// what the cursor keeps. Throws SourceError, and what the source throws.
  void make(std::uint64_t slice, ArrivalCursor& cursor, std::vector<Order>& into) const {
    make(slice, slice + 1, cursor, into);
  }
  /// The same for the slices from `slice` to before `end`, one after the other; quicker than one by
  /// one where few orders come in each.
  void make(std::uint64_t slice, std::uint64_t end, ArrivalCursor& cursor,
            std::vector<Order>& into) const;

  /// Expected orders of all slices; of a replay, those of the whole file; of a source, what it
  /// says.
  [[nodiscard]] double expected() const;
  /// Of `count` slices from `slice` on, cut at the end. Nothing is expected of a replay or a source
  /// but in expected().
  [[nodiscard]] double expected_in(std::uint64_t slice, std::uint64_t count) const;
  /// Whether expected_in() tells what comes.
  [[nodiscard]] bool can_expect() const { return !scenario::is_from_outside(scenario_.traffic); }

  [[nodiscard]] const RateCurve& curve() const { return law_.curve; }

 private:
  struct Gaps;

  void plan_from_source(std::uint64_t slice, ArrivalCursor& cursor, std::vector<Order>& into) const;
  void plan(std::uint64_t slice, double expected, ArrivalCursor& cursor,
            std::vector<Order>& into) const;
  void plan_poisson(std::uint64_t slice, double expected, std::vector<Order>& into) const;
  void plan_poisson(std::uint64_t slice, std::uint64_t end, std::vector<Order>& into) const;
  [[nodiscard]] Gaps gaps_of(std::uint64_t slice, double expected) const;
  static void count_gaps(const Gaps& gaps, std::span<RandomBlock> blocks);
  static bool walk(Gaps& gaps, std::span<const std::int64_t> units, std::vector<Order>& into);
  void draw_gaps(std::span<RandomBlock> blocks, std::span<std::int64_t> units) const;
  void walk_to_end(Gaps& gaps, std::size_t blocks, std::vector<Order>& into) const;
  void plan_constant(std::uint64_t slice, std::vector<Order>& into) const;
  void plan_walk(std::uint64_t slice, ArrivalCursor& cursor, std::vector<Order>& into) const;
  void fill_all(std::span<Order> orders, const LiveShows::Share& shows) const;
  void fill(std::span<Order> orders, const LiveShows::Share& shows) const;
  void fill_lines(std::span<Order> orders) const;

  const scenario::Scenario& scenario_;
  ArrivalLaw law_;
  LiveShows shows_;
  Popularity popularity_;
  Crowd crowd_;
  AliasTable regions_;
  AliasTable basket_;
  QuantileTable unit_exponential_;
  std::uint64_t seed_;
  std::uint64_t slices_;
};

/// A number that depends on everything the traffic decides about the order. Sums of it over all
/// arrivals identify the order stream whatever the order of execution.
std::uint64_t fingerprint_of(const Order& order);

}  // namespace double11::traffic
