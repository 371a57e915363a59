#pragma once
// Placement: which worker owns which shard of which stage. The only thing that tells a staged
// pipeline from a thread-per-core one.
//
//   sharded            staged, 2 workers        staged, 4 workers
//   w0: A I P L        w0: A I                  w0: A    w1: I
//   w1: A I P L        w1:     P L              w2: P    w3: L
//
// With more workers, staged gives the spare ones to inventory, admission, payment, logistics in
// turn (what a stage costs, the dearest first).

#include <double11/core/outcome.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace double11::live {

class Placement {
 public:
  /// For 1 to 256 workers. Payment gets no more shards than it has full chunks of servers, and one
  /// where its queue cannot be divided: with several channels, batches, another discipline than
  /// fifo, a calendar, or less room to wait than servers. Admission gets one where there is a door
  /// (stages/door.hpp), inventory where stock is in rows of a database, logistics over days, too.
  Placement(const scenario::Scenario& scenario, std::uint32_t workers);

  [[nodiscard]] std::uint32_t workers() const { return workers_; }
  /// Workers of a stage; their positions are its shard numbers.
  [[nodiscard]] const std::vector<std::uint32_t>& workers_of(Stage stage) const {
    return of_stage_[index_of(stage)];
  }
  [[nodiscard]] std::uint32_t shards(Stage stage) const {
    return static_cast<std::uint32_t>(workers_of(stage).size());
  }
  /// The shard of `stage` that `worker` owns, or -1.
  [[nodiscard]] int shard_of(Stage stage, std::uint32_t worker) const {
    return shard_of_worker_[index_of(stage)][worker];
  }

 private:
  std::uint32_t workers_;
  std::array<std::vector<std::uint32_t>, kStages> of_stage_;
  std::array<std::vector<int>, kStages> shard_of_worker_;
};

}  // namespace double11::live
