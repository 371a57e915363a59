#include <double11/live/pipeline.hpp>

#include <algorithm>
#include <memory>
#include <vector>

#include "live/wiring.hpp"
#include "live/worker.hpp"

namespace double11::live {

struct Pipeline::Parts {
  Parts(const scenario::Scenario& scenario, const PipelineOptions& options)
      : wiring(scenario, options) {
    for (std::uint32_t worker = 0; worker < options.workers; ++worker) {
      workers.push_back(std::make_unique<Worker>(wiring, worker));
    }
  }
  Wiring wiring;
  std::vector<std::unique_ptr<Worker>> workers;
};

Pipeline::Pipeline(const scenario::Scenario& scenario, const PipelineOptions& options)
    : parts_(std::make_unique<Parts>(scenario, options)) {}
Pipeline::~Pipeline() = default;

bool Pipeline::turn(std::uint32_t worker) {
  return parts_->workers[worker]->turn();
}

RunState& Pipeline::state() {
  return parts_->wiring.state;
}

measure::Snapshot Pipeline::snapshot() const {
  measure::Snapshot sum;
  measure::Snapshot own;
  for (const auto& worker : parts_->workers) {
    worker->look(own);
    sum += own;
  }
  return sum;
}

measure::RunRecord Pipeline::record() const {
  const Wiring& wiring = parts_->wiring;
  measure::RunRecord record(wiring.scenario);
  record.runtime =
      wiring.options.clock != nullptr ? measure::Runtime::pace_real : measure::Runtime::pace_max;
  for (const auto& worker : parts_->workers) worker->add_to(record);
  // Nobody was stopped: the traffic ran its course.
  if (record.traffic_end == Instant{}) record.traffic_end = Instant(wiring.scenario.duration);
  record.traffic_end = std::min(record.traffic_end, Instant(wiring.scenario.duration));
  record.reservations = wiring.inventory->counts();
  const auto skus = static_cast<std::size_t>(wiring.scenario.catalogue.skus);
  record.available.resize(skus);
  record.refused.resize(skus);
  for (std::size_t i = 0; i < skus; ++i) {
    const SkuId sku{static_cast<std::uint32_t>(i)};
    record.available[i] = static_cast<std::int32_t>(wiring.inventory->available(sku));
    record.refused[i] = wiring.inventory->refused(sku);
  }
  record.in_flight_most =
      has_door(wiring.scenario) ? record.door.in_flight_most : wiring.in_flight.most_taken();
  record.workers = wiring.options.workers;
  return record;
}

}  // namespace double11::live
