#pragma once
// The stage to blame: which stage gives way first, with a number from Little's law (L = lambda W,
// Little 1961) and the setting that would move it.
//
//   admission   carries in_flight_limit / W, W the mean time from admission to the outcome without
//               the wait for a payment server
//   inventory   carries what the database row of the hottest SKU does, where there are rows
//   payment     carries servers / S, S the mean of the scenario's service time; where a latency is
//               missed also while it is slow
//   the door    lets through what its rate limit and waiting room say, where a target was missed
//   the machine carries, stage by stage, orders per second of busy time of its workers

#include <double11/core/outcome.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <string>
#include <vector>

namespace double11::report {

/// What one stage can carry.
struct StageLimit {
  Stage stage = Stage::admission;
  double demand_per_s = 0;    ///< highest rate that reached the stage in scenario time
  double modelled_per_s = 0;  ///< what its credits or servers carry; 0: not limited in the model
  double machine_per_s = 0;   ///< what its workers carry on this machine; 0: not measurable
};

struct Bottleneck {
  std::string blamed;        ///< name of a stage, or "traffic"
  double carries_per_s = 0;  ///< its limit
  std::string reason;        ///< one sentence with the numbers
  std::string setting;       ///< "payment.servers=41k": the --set that would move it
  std::vector<StageLimit> limits;
};

/// Which checks were missed; with all stages large enough, the cause lies elsewhere.
struct Missed {
  bool any = false;
  bool latency = false;  ///< one of them is about latency
  bool parcels = false;  ///< one of them is about when parcels arrive
  bool target = false;   ///< one of them is the target
};

/// `wanted_per_s`: the target, or 0 to name the stage with the least room above its demand.
Bottleneck find_bottleneck(const scenario::Scenario& scenario, const measure::RunRecord& record,
                           double wanted_per_s, const Missed& missed = {});

}  // namespace double11::report
