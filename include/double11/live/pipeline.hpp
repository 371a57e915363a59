#pragma once
// The live pipeline: stages, inboxes and workers of one run, wired by the placement, without
// threads. run.hpp puts a thread behind each worker; a test can turn the workers itself, in any
// order, and so drive the same code under a schedule of its own.
//
//        slices                     inbox               inbox               inbox
//   traffic ---> admission ---> [inventory] ---> [payment] ---> [logistics] ---> outcome
//                 credits        shelf shards     servers, wheel    warehouses
//                    ^                ^               |                |
//                    |                +--- release ---+                |
//                    +------------------- credit ----------------------+

#include <double11/core/order.hpp>
#include <double11/core/steering.hpp>
#include <double11/live/canary.hpp>
#include <double11/live/clock.hpp>
#include <double11/live/run_state.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace double11::live {

struct PipelineOptions {
  /// 1 to 256.
  std::uint32_t workers = 1;
  /// Time at pace real; must outlive the pipeline. Not used at pace max, where scenario time
  /// follows the arrivals.
  const Clock* clock = nullptr;
  Canary canary = Canary::none;
  /// Most orders that a turn takes from each of its sources: an inbox, the queue at the door, the
  /// arrivals. 1 to kBatch; less than that is for tests, which so get batches of one.
  std::size_t batch = kBatch;
  /// At pace max, how fast scenario time may pass; may be null, must outlive the pipeline.
  const Steering* steering = nullptr;
};

class Pipeline {
 public:
  /// `scenario` comes from the loader and must outlive the pipeline. Allocates shelves and books.
  Pipeline(const scenario::Scenario& scenario, const PipelineOptions& options);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// One turn of a worker: receive, wake holds, let arrivals in, send. True when there was work.
  /// Each worker is turned by one thread at a time; different workers on any threads.
  bool turn(std::uint32_t worker);

  /// Stop requests and the end of the run; any thread.
  [[nodiscard]] RunState& state();

  /// Totals at the end, for those who looked on; after state().over(), as record().
  [[nodiscard]] measure::Snapshot snapshot() const;

  /// Everything that was measured; after state().over(), when no worker turns any more.
  [[nodiscard]] measure::RunRecord record() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace double11::live
